import { type StixId, stixId } from './ids.ts';

/** An object of a bundle. */
export interface StixObject {
  readonly type: string;
  readonly id: StixId;
  readonly [property: string]: unknown;
}

/** Full: everything, with extensions and `incident`. Core: only what OpenCTI and misp-stix take in. */
export type StixProfile = 'full' | 'core';

export const STIX_MEDIA_TYPE = 'application/stix+json;version=2.1';

/** Who made the objects that no claimant made. */
export const PUBLISHER = stixId('identity', 'threatpedia');
/** What our own properties stand under. */
export const EXTENSION = stixId('extension-definition', 'threatpedia');
/** The extension of OASIS that gives `incident` its properties. */
export const INCIDENT_CORE: StixId = 'extension-definition--ef765651-680c-498d-9894-99799f2fa126';

/** TLP:CLEAR as TLP 2.0 has it, and as STIX 2.1 itself defines it (there still called WHITE): the first is an extension, so core takes the second. */
const MARKINGS: Readonly<Record<StixProfile, StixObject>> = {
  full: {
    type: 'marking-definition',
    spec_version: '2.1',
    id: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
    created: '2022-10-01T00:00:00.000Z',
    name: 'TLP:CLEAR',
    extensions: {
      'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': { extension_type: 'property-extension', tlp_2_0: 'clear' },
    },
  },
  core: {
    type: 'marking-definition',
    spec_version: '2.1',
    id: 'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9',
    created: '2017-01-20T00:00:00.000Z',
    definition_type: 'tlp',
    name: 'TLP:WHITE',
    definition: { tlp: 'white' },
  },
};

/** Identifier of the marking that every object of a profile carries: it may be passed on without limit. */
export function markingOf(profile: StixProfile): StixId {
  return MARKINGS[profile].id;
}

/** Address of the JSON Schema of our extension, relative to the site’s root. */
export const EXTENSION_SCHEMA_ADDRESS = 'data/threatpedia-stix-extension.schema.json';

const text = (description: string) => ({ type: 'string', description });
const texts = (description: string) => ({ type: 'array', minItems: 1, items: { type: 'string' }, description });

/** JSON Schema (2020-12) of the properties under our extension. */
export const extensionSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Threatpedia extension of STIX 2.1 objects',
  type: 'object',
  required: ['extension_type', 'key'],
  properties: {
    extension_type: { const: 'property-extension' },
    key: text('Natural key in Threatpedia: equal keys are the same thing in every record.'),
    kind: text('Kind of the thing, a term of the vocabulary for its sort: component, build system or channel kinds.'),
    purl: text('Package URL, with the version where the object has one.'),
    depth: text('How complete the record promises to be.'),
    status: text('How settled it is that the incident happened.'),
    evidence_level: text('The best evidence that the record rests on.'),
    entry_stage: text('Where the attacker first gained influence over the path of the software.'),
    source_artifact_divergence: text('Whether the distributed artifact differs from its source: yes, no or unknown.'),
    vectors: texts('How the attacker got in and spread.'),
    ecosystems: texts('Registries and platforms that the path ran through.'),
    impacts: texts('What is known to have come of it.'),
    slsa_threats: texts('Letters of SLSA threats that the path realised.'),
  },
  additionalProperties: false,
} as const;

/** What every bundle holds: who publishes it, how it is marked, and the definition of our extension where that is used. */
export function publisherObjects(profile: StixProfile, site: string): StixObject[] {
  const own = { created_by_ref: PUBLISHER, created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z' };
  const identity = {
    type: 'identity',
    spec_version: '2.1',
    id: PUBLISHER,
    ...own,
    name: 'Threatpedia',
    description: 'An open, evidence-first encyclopedia of software supply-chain incidents. Licence of the data: CC BY 4.0.',
    identity_class: 'organization',
    contact_information: site,
    object_marking_refs: [markingOf(profile)],
  };
  const extension = {
    type: 'extension-definition',
    spec_version: '2.1',
    id: EXTENSION,
    ...own,
    name: 'Threatpedia',
    description: 'Natural keys, package URLs and terms of Threatpedia’s vocabularies on incident, infrastructure and software objects.',
    schema: `${site}${EXTENSION_SCHEMA_ADDRESS}`,
    version: '1.0.0',
    extension_types: ['property-extension'],
    object_marking_refs: [markingOf(profile)],
  };
  return [identity, MARKINGS[profile], ...(profile === 'full' ? [extension] : [])];
}
