import { allBut, type ExportFormat, type Loss } from '../export-format.ts';
import { INCIDENT_FIELDS } from '../fields.ts';
import { StixBundle } from './bundle.ts';
import { STIX_MEDIA_TYPE, type StixProfile } from './publisher.ts';
import { addSources, addStory } from './stories.ts';

/** What both profiles leave out or shorten. */
const SHORTENED: readonly Loss[] = [
  { field: 'firstPublicWarning', why: 'a note: STIX has no date of its own for it' },
  { field: 'disclosed', why: 'a note: STIX has no date of its own for it' },
  { field: 'contained', why: 'a note: STIX has no date of its own for it' },
  { field: 'components', why: 'owners, platforms, other names and bundle identifiers' },
  { field: 'releases', why: 'platforms, ranges, dates of publication and withdrawal; the state is only words of a relationship' },
  { field: 'windows', why: 'a note each: STIX has no exposure without a version' },
  { field: 'repositories', why: 'handles: the address is the name' },
  { field: 'organizations', why: 'roles are words of a relationship; only victims are targets' },
  { field: 'buildSystems', why: 'owners and platforms' },
  { field: 'distributionChannels', why: 'owners, and which of them carried which release' },
  { field: 'accounts', why: 'owners and kinds; in whose hands it was is words of a relationship' },
  { field: 'artifacts', why: 'which release a file belongs to; names that are no file names' },
  { field: 'indicators', why: 'names of repositories, branches and workflows and wallets are notes: STIX has no observables for them' },
  { field: 'attribution', why: 'layer, date, likelihood and the claimant’s word are words of a relationship; denials are notes' },
  { field: 'malware', why: 'as known on a day the strain' },
  { field: 'techniques', why: 'identifiers are ours, not those of ATT&CK; ids of ATT&CK stand in external references' },
  { field: 'seededBy', why: 'which component carried the seed and what it reached' },
  { field: 'path', why: 'a note each: which hop follows which' },
  { field: 'singleReference', why: 'why one reference is enough is a note to curators' },
  { field: 'references', why: 'who relays whom, and archived copies; no hash where no copy was captured' },
  { field: '*', why: 'anchors and places within documents; as known on a day all texts, which are written today' },
];

/** Only core has lost these. */
const CORE_LOSSES: readonly Loss[] = allBut(
  ['status', 'depth', 'ecosystems', 'impacts', 'evidenceLevel'],
  [],
  'it needs an extension, which readers of this profile drop',
);

/** In full the other names of an incident have no place: STIX’s incident has no aliases. */
const FULL_LOSSES: readonly Loss[] = [
  { field: 'aliases', why: 'STIX’s incident has none' },
  { field: 'firstObserved', why: 'a note: STIX’s incident has no date of first activity' },
];

const DIVERGING: readonly Loss[] = [
  { field: 'entryStage', why: 'needs an extension, which readers of this profile drop; why it is unknown is a note' },
  { field: 'sourceArtifactDivergence', why: 'a note: its value needs an extension' },
  { field: 'slsaThreats', why: 'a note each: STIX has no term for them' },
];

function format(profile: StixProfile, id: string, title: string, losses: readonly Loss[]): ExportFormat {
  const order = (field: string) => (field === '*' ? INCIDENT_FIELDS.length : INCIDENT_FIELDS.indexOf(field));
  return {
    id,
    title,
    mediaType: STIX_MEDIA_TYPE,
    extension: 'json',
    asOf: true,
    gathers: true,
    losses: [...SHORTENED, ...losses].sort((left, right) => order(left.field) - order(right.field)),
    *render(selection) {
      const bundle = new StixBundle(selection, profile);
      const chosen = new Set(selection.incidents.map(({ data }) => data.id));
      for (const record of selection.incidents) addStory(bundle, record, chosen);
      if (profile === 'full') addSources(bundle, selection.incidents);
      yield* bundle.pieces();
    },
  };
}

/** STIX 2.1 with everything that it can say: `incident` with the Incident Core extension, our terms and keys in an extension of our own. */
export const stix = format('full', 'stix', 'STIX 2.1, full profile with extensions', FULL_LOSSES);

/** STIX 2.1 with only the objects and ties that OpenCTI and misp-stix take in: an incident is a report and a campaign. */
export const stixCore = format('core', 'stix-core', 'STIX 2.1, core profile for OpenCTI and MISP', [...CORE_LOSSES, ...DIVERGING]);
