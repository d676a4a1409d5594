import type { NodeKind } from './graph.ts';

/** How a kind of node is called, where its pages stand, and what it is. */
interface NodeKindMeaning {
  readonly title: string;
  readonly plural: string;
  /** Folder of its pages and API resources. */
  readonly folder: string;
  readonly definition: string;
}

/** Every kind of node, in the order in which people see them. */
export const nodeKinds = {
  incident: {
    title: 'Incident',
    plural: 'Incidents',
    folder: 'incidents',
    definition: 'A software supply-chain incident: a path, its evidence, and what is not known.',
  },
  actor: {
    title: 'Threat actor',
    plural: 'Threat actors',
    folder: 'actors',
    definition: 'An activity cluster, unit or person to whom a claimant attributes activity.',
  },
  campaign: {
    title: 'Campaign',
    plural: 'Campaigns',
    folder: 'campaigns',
    definition: 'Intrusions or publications that a claimant groups under one name.',
  },
  malware: {
    title: 'Malware family',
    plural: 'Malware families',
    folder: 'malware',
    definition: 'A family of malicious code, with its strains and their descent.',
  },
  package: {
    title: 'Package',
    plural: 'Packages',
    folder: 'packages',
    definition: 'A package of a public registry, identified by its purl.',
  },
  component: {
    title: 'Component',
    plural: 'Components',
    folder: 'components',
    definition: 'Software that is no registry package: an application, CI action, script, image or appliance.',
  },
  release: { title: 'Release', plural: 'Releases', folder: 'releases', definition: 'One published version of a package or component.' },
  repository: { title: 'Repository', plural: 'Repositories', folder: 'repositories', definition: 'A source repository.' },
  'build-system': {
    title: 'Build system',
    plural: 'Build systems',
    folder: 'build-systems',
    definition: 'Where source becomes an artifact. Never shared between owners.',
  },
  channel: {
    title: 'Distribution channel',
    plural: 'Distribution channels',
    folder: 'channels',
    definition: 'How releases reach users. A vendor’s own channel never merges with another vendor’s.',
  },
  account: { title: 'Account', plural: 'Accounts', folder: 'accounts', definition: 'An account or credential that an attacker used.' },
  organization: {
    title: 'Organization',
    plural: 'Organizations',
    folder: 'organizations',
    definition: 'A vendor, claimant, registry operator, agency or project.',
  },
  person: { title: 'Person', plural: 'People', folder: 'people', definition: 'A maintainer, researcher or persona, in their public role.' },
  artifact: { title: 'File', plural: 'Files', folder: 'artifacts', definition: 'A file known by its digest.' },
  indicator: {
    title: 'Indicator',
    plural: 'Indicators',
    folder: 'indicators',
    definition: 'A network or host observable that sources tie to an incident.',
  },
  vulnerability: { title: 'Advisory', plural: 'Advisories', folder: 'advisories', definition: 'A CVE, GHSA or other advisory id.' },
  technique: { title: 'Technique', plural: 'Techniques', folder: 'techniques', definition: 'An ATT&CK technique (Enterprise, v18).' },
  source: {
    title: 'Source',
    plural: 'Sources',
    folder: 'sources',
    definition: 'A document that claims rest on. The same URL is one source in all records.',
  },
} as const satisfies Record<NodeKind, NodeKindMeaning>;
