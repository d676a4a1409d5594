import { prettyJsonObject } from '../base/canonical-json.ts';
import { cyclonedxHead } from '../base/cyclonedx.ts';
import { parsePurl, purlWithVersion } from '../base/purl.ts';
import { getNode, nodeId } from '../graph/graph.ts';
import { itemsOf } from '../schema/cited.ts';
import { plainText } from '../schema/link-markup.ts';
import { artifactKey, componentKey, componentLabel, componentsByHandle, releaseKey } from '../schema/primitive-keys.ts';
import type { Artifact, Component, Release } from '../schema/primitives.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { releaseState } from '../schema/vocabulary/release-state.ts';
import { badReleases, isBad } from './bad-releases.ts';
import { pageOf } from './csv.ts';
import { evidenceDays } from './evidence-days.ts';
import { allBut, type ExportFormat, isFactsOnly, type Selection } from './export-format.ts';
import { INCIDENT_FIELDS } from './fields.ts';

/** Types of components (CycloneDX 1.6, `component.type`) by our kinds. */
const TYPES: Readonly<Record<Component['kind'], string>> = {
  package: 'library',
  application: 'application',
  library: 'library',
  appliance: 'device',
  firmware: 'firmware',
  'container-image': 'container',
  'ci-action': 'application',
  'editor-extension': 'application',
  'browser-extension': 'application',
  'cdn-script': 'library',
  'os-image': 'operating-system',
  'mobile-application': 'application',
  'development-tool': 'application',
  plugin: 'application',
  service: 'application',
};

/** What each state means in VEX. Malicious code that is there needs no weakness to be used: it is CWE-506, and `exploitable`. */
const STATEMENTS = {
  malicious: { state: 'exploitable', cwes: [506] },
  affected: { state: 'in_triage', cwes: undefined },
} as const;

/** Who keeps the advisories of a prefix. */
const ADVISORY_SOURCES: Readonly<Record<string, string>> = { CVE: 'CVE', GHSA: 'GitHub', MAL: 'OSV', RUSTSEC: 'RustSec', PYSEC: 'PyPA' };

const HASH_NAMES = { md5: 'MD5', sha1: 'SHA-1', sha256: 'SHA-256', sha512: 'SHA-512' } as const;

/** A CycloneDX 1.6 document: the bad releases and files as components, and a VEX statement an incident and state about them. */
export const cyclonedx: ExportFormat = {
  id: 'cyclonedx',
  title: 'CycloneDX 1.6, bad releases with VEX statements',
  mediaType: 'application/vnd.cyclonedx+json;version=1.6',
  extension: 'json',
  asOf: true,
  gathers: true,
  losses: [
    ...allBut(
      INCIDENT_FIELDS,
      ['id', 'title', 'summary', 'components', 'releases', 'artifacts', 'vulnerabilities', 'references'],
      'a BOM speaks of components and what is wrong with them',
    ),
    { field: 'summary', why: 'as known on a day it is left out, as all texts are' },
    { field: 'components', why: 'those without a bad release; other names, bundle identifiers and platforms; namesakes by purl are one' },
    {
      field: 'releases',
      why: 'clean fixes and releases whose state is unknown; texts; as known on a day dates of publication and withdrawal',
    },
    { field: 'artifacts', why: 'clean files; malware and platform; a file that two releases hold stands in each' },
    { field: 'vulnerabilities', why: 'texts: ids are references of the statements' },
    { field: 'references', why: 'publisher, date, kind and what relays what' },
    { field: '*', why: 'citations of single statements and anchors: advisories stand for the whole record' },
  ],
  *render(selection) {
    const { incidents, version } = selection;
    const from: Source = { ...selection, factsOnly: isFactsOnly(selection) };
    const components = new Map<string, object>();
    const statements = incidents.flatMap((record) => statementsOf(from, record, components));
    const newest = incidents
      .map((record) => evidenceDays(record).last)
      .sort()
      .at(-1);
    yield* prettyJsonObject({
      ...cyclonedxHead({
        version,
        timestamp: newest && instant(newest),
        licenses: [{ license: { id: 'CC-BY-4.0' } }],
      }),
      components: each([...components].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, component]) => component)),
      vulnerabilities: each(statements),
    });
  },
};

interface Source extends Selection {
  readonly factsOnly: boolean;
}

function* each<Item>(items: Iterable<Item>): Generator<Item> {
  yield* items;
}

function instant(day: string): string {
  return `${day}T00:00:00Z`;
}

/** Whom a statement bears on: bom-refs, with the range where there is no single version. */
type Affected = Map<string, object>;

/** The statements of an incident, one a state; what they bear on is added to `components` by bom-ref. */
function statementsOf(from: Source, record: IncidentRecord, components: Map<string, object>): object[] {
  const { data } = record;
  const affected = { malicious: new Map(), affected: new Map() } satisfies Record<keyof typeof STATEMENTS, Affected>;
  const refs = new Map<string, string>();
  const addComponent = (component: Component, release: Release, version: string | undefined): string => {
    const ref = version === undefined ? componentKey(component) : releaseKey(component, version, release.platform);
    if (!components.has(ref)) components.set(ref, componentOf(from, component, release, version, ref));
    return ref;
  };
  for (const { component, release, versions } of badReleases(data)) {
    for (const version of versions) {
      const ref = addComponent(component, release, version);
      refs.set(`${release.component} ${version}`, ref);
      affected[release.state].set(ref, { ref, versions: [{ version, status: 'affected' }] });
    }
    if (release.range === undefined) continue;
    const ref = addComponent(component, release, undefined);
    const known = (affected[release.state].get(ref) as { versions: object[] } | undefined)?.versions ?? [];
    affected[release.state].set(ref, { ref, versions: [...known, { range: release.range, status: 'affected' }] });
  }
  const byHandle = componentsByHandle(data);
  for (const artifact of itemsOf(data.artifacts)) {
    if (!isBad(artifact)) continue;
    const component = artifact.component === undefined ? undefined : byHandle.get(artifact.component);
    const holder = refs.get(`${artifact.component} ${artifact.version}`) ?? (component && componentKey(component));
    const ref = holder === undefined ? artifactKey(artifact) : `${holder}#${artifactKey(artifact)}`;
    if (!components.has(ref)) components.set(ref, fileOf(artifact, ref, component && componentLabel(component)));
    affected[artifact.state].set(ref, { ref });
  }
  return (Object.keys(STATEMENTS) as (keyof typeof STATEMENTS)[]).flatMap((state) =>
    affected[state].size > 0 ? statementOf(from, record, state, affected[state]) : [],
  );
}

function statementOf({ site, factsOnly }: Source, record: IncidentRecord, state: keyof typeof STATEMENTS, affected: Affected): object {
  const { data } = record;
  const { first, last } = evidenceDays(record);
  const { state: analysis, cwes } = STATEMENTS[state];
  const url = pageOf(site, record);
  const references = itemsOf(data.vulnerabilities).map(({ id }) => ({
    id,
    source: { name: ADVISORY_SOURCES[id.slice(0, id.indexOf('-'))] ?? 'OSV' },
  }));
  return {
    'bom-ref': `${data.id}#${state}`,
    id: data.id,
    source: { name: 'Threatpedia', url },
    ...(references.length > 0 ? { references } : {}),
    ...(cwes ? { cwes } : {}),
    description: data.title,
    ...(factsOnly ? {} : { detail: plainText(data.summary.text) }),
    advisories: [...new Map(data.references.map(({ title, url: address }) => [address, { title, url: address }])).values()],
    published: instant(first),
    updated: instant(last),
    analysis: { state: analysis, detail: releaseState.terms[state].definition },
    affects: [...affected].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, each]) => each),
  };
}

function componentOf(
  { graph, factsOnly }: Source,
  component: Component,
  release: Release,
  version: string | undefined,
  ref: string,
): object {
  const purl = component.purl ? parsePurl(component.purl) : undefined;
  const node = component.owner === undefined ? undefined : nodeId('organization', component.owner);
  const supplier = node && (graph.nodes.has(node) ? getNode(graph, node).label : component.owner);
  // A statement’s dates may be those of a later document than its first.
  const { platform, published, withdrawn } = release;
  const properties = Object.entries(factsOnly ? { platform } : { platform, published, withdrawn }).flatMap(([name, value]) =>
    value === undefined ? [] : { name: `threatpedia:${name}`, value },
  );
  return {
    type: TYPES[component.kind],
    'bom-ref': ref,
    ...(supplier ? { supplier: { name: supplier } } : {}),
    ...(purl?.namespace ? { group: purl.namespace } : {}),
    name: purl?.name ?? componentLabel(component),
    ...(version === undefined ? {} : { version }),
    ...(purl ? { purl: version === undefined ? purl.text : purlWithVersion(purl, version) } : {}),
    ...(properties.length > 0 ? { properties } : {}),
  };
}

function fileOf(artifact: Artifact, ref: string, component: string | undefined): object {
  const hashes = (Object.keys(HASH_NAMES) as (keyof typeof HASH_NAMES)[]).flatMap((field) =>
    artifact[field] === undefined ? [] : { alg: HASH_NAMES[field], content: artifact[field] },
  );
  return {
    type: 'file',
    'bom-ref': ref,
    ...(component === undefined ? {} : { group: component }),
    name: artifact.name,
    ...(artifact.version === undefined ? {} : { version: artifact.version }),
    hashes,
  };
}
