import type { Release } from '../schema/primitives.ts';

/** How a relation reads from either end, and whether paths may run along it. */
interface RelationMeaning {
  /** "Incident … component". */
  readonly label: string;
  /** Read from the far end. */
  readonly inverse: string;
  /** Whether a path between two nodes may use it. Shared documents, techniques, and those who find, examine or attribute many incidents connect everything to everything. */
  readonly inspectable: boolean;
}

/** Every relation of the graph. */
export const relations = {
  affects: { label: 'Software touched', inverse: 'Touched by', inspectable: true },
  'released-as': { label: 'Releases', inverse: 'Release of', inspectable: true },
  'bad-release': { label: 'Bad releases', inverse: 'Bad release in', inspectable: true },
  'clean-release': { label: 'Clean releases', inverse: 'Clean release in', inspectable: true },
  'unclear-release': { label: 'Releases left unclear', inverse: 'Left unclear in', inspectable: true },
  'leads-to': { label: 'Next hop', inverse: 'Previous hop', inspectable: true },
  seeded: { label: 'Seeded', inverse: 'Seeded by', inspectable: true },
  'involves-repository': { label: 'Repositories', inverse: 'Involved in', inspectable: true },
  'involves-organization': { label: 'Organizations', inverse: 'Part in', inspectable: true },
  'examined-by': { label: 'Found or examined by', inverse: 'Found or examined', inspectable: false },
  'involves-person': { label: 'People', inverse: 'Part in', inspectable: true },
  'built-by': { label: 'Build systems', inverse: 'Built in', inspectable: true },
  'distributed-through': { label: 'Distribution channels', inverse: 'Carried', inspectable: true },
  'used-account': { label: 'Accounts', inverse: 'Used in', inspectable: true },
  'has-artifact': { label: 'Files', inverse: 'Found in', inspectable: true },
  'file-of': { label: 'File of', inverse: 'Files', inspectable: true },
  'sample-of': { label: 'Sample of', inverse: 'Samples', inspectable: true },
  'has-indicator': { label: 'Indicators', inverse: 'Indicates', inspectable: true },
  'has-vulnerability': { label: 'Advisories', inverse: 'Assigned to', inspectable: true },
  'uses-technique': { label: 'Techniques', inverse: 'Used in', inspectable: false },
  attributed: { label: 'Attribution claims', inverse: 'Attributed to it', inspectable: true },
  'claimed-by': { label: 'Claims made', inverse: 'Claimed by', inspectable: false },
  'part-of': { label: 'Campaigns', inverse: 'Incidents', inspectable: true },
  'used-malware': { label: 'Malware', inverse: 'Used in', inspectable: true },
  'related-to': { label: 'Related incidents', inverse: 'Related incidents', inspectable: true },
  owns: { label: 'Owns', inverse: 'Owner', inspectable: true },
  cites: { label: 'Sources', inverse: 'Cited by', inspectable: false },
} as const satisfies Record<string, RelationMeaning>;

export type Relation = keyof typeof relations;

/** What ties an incident to a release, by what the record says that the release is. Whoever blocks what `bad-release` leads to never blocks the fix. */
export const releaseRelations = {
  malicious: 'bad-release',
  affected: 'bad-release',
  'clean-fix': 'clean-release',
  unknown: 'unclear-release',
} as const satisfies Record<Release['state'], Relation>;

/** Roles of those who look at an incident from outside. */
const OUTSIDE: ReadonlySet<string> = new Set(['discoverer', 'investigator', 'responder', 'claimant']);

/** The relation that ties an incident to an organization: a part in it, or only in what became known of it. */
export function organizationRelation(role: string): Relation {
  return OUTSIDE.has(role) ? 'examined-by' : 'involves-organization';
}
