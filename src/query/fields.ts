import type { IncidentRow } from './row.ts';

/** How values of a field are compared: one of a list, a text that holds words, a date, a number. */
export type FieldType = 'term' | 'text' | 'date' | 'number';

/** A field of the query language. */
export interface QueryField {
  readonly type: FieldType;
  readonly title: string;
  /** What it asks, in one sentence. */
  readonly meaning: string;
  readonly example: string;
  /** The values of a row. Text fields give whole texts. */
  readonly of: (row: IncidentRow) => readonly string[];
  /** Offered beside the list, with counts. */
  readonly facet?: true;
}

const term = (title: string, meaning: string, example: string, of: QueryField['of'], facet?: true): QueryField => ({
  type: 'term',
  title,
  meaning,
  example,
  of,
  ...(facet ? { facet } : {}),
});

/** Techniques with those of which they are sub-techniques. */
function withParents(techniques: readonly string[]): readonly string[] {
  return [...new Set(techniques.flatMap((id) => (id.includes('.') ? [id, id.slice(0, id.indexOf('.'))] : id)))];
}

/** Every field, in the order in which documentation and facets show them. A new one is a row here and, where it is new data, in `IncidentRow`. */
export const queryFields = {
  vector: term('Vector', 'How the attack came in.', 'vector:build-system-compromise', ({ vector }) => vector, true),
  entry: term('Entry stage', 'At which stage of the path the attack entered.', 'entry:publish', ({ entry }) => entry, true),
  impact: term('Impact', 'What it did.', 'impact:credential-theft', ({ impact }) => impact, true),
  ecosystem: term('Ecosystem', 'The ecosystem of the affected software.', 'ecosystem:npm', ({ ecosystem }) => ecosystem, true),
  actor: term(
    'Named actor',
    'Whom an attribution claim names, by id, name or alias; `unknown`, `none`, `any`.',
    'actor:unc4736',
    ({ actor }) => actor,
    true,
  ),
  nexus: term(
    'Claimed nexus',
    'The country to which a claim itself ties it; `unknown`, `none`, `any`.',
    'nexus:north-korea',
    ({ nexus }) => nexus,
    true,
  ),
  malware: term('Malware', 'Which malware family was used.', 'malware:shai-hulud', ({ malware }) => malware),
  campaign: term('Campaign', 'Which campaign it is part of.', 'campaign:any', ({ campaign }) => campaign),
  organization: term('Organization', 'Which organization has a role in it.', 'organization:3cx', ({ organization }) => organization),
  component: term('Component kind', 'What kind of software was affected.', 'component:ci-action', ({ component }) => component, true),
  channel: term(
    'Channel kind',
    'Through what kind of channel it was delivered.',
    'channel:vendor-signed-update',
    ({ channel }) => channel,
    true,
  ),
  divergence: term(
    'Artifact differs from source',
    'Whether what was delivered differed from the source: `yes`, `no`, `unknown`, `absent`.',
    'divergence:yes',
    ({ divergence }) => [divergence],
    true,
  ),
  technique: term('Technique', 'ATT&CK technique; one with sub-techniques asks for these, too.', 'technique:T1195', ({ technique }) =>
    withParents(technique),
  ),
  slsa: term('SLSA threat', 'Where in the SLSA model of the supply chain.', 'slsa:F', ({ slsa }) => slsa),
  advisory: term('Advisory', 'An advisory or vulnerability.', 'advisory:CVE-2024-3094', ({ advisory }) => advisory),
  year: {
    type: 'number',
    title: 'Year',
    meaning:
      'In which it became public: of disclosure, else of the first public warning, else of the first activity; `unknown` where none is dated to one year.',
    example: 'year:2020..2024',
    of: ({ year }) => [year],
    facet: true,
  },
  depth: term('Depth', 'How thoroughly it is recorded.', 'depth:featured', ({ depth }) => [depth], true),
  confidence: term('Record confidence', 'How sure the record is as a whole.', 'confidence:high', ({ confidence }) => [confidence], true),
  evidence: term('Evidence', 'On what kind of evidence it rests.', 'evidence:primary-confirmed', ({ evidence }) => [evidence]),
  status: term('Status', 'Whether it is confirmed.', 'status:confirmed', ({ status }) => [status]),
  observed: {
    type: 'date',
    title: 'Earliest known activity',
    meaning: 'When it was first active.',
    example: 'observed:<2015',
    of: ({ observed }) => [observed],
  },
  warned: {
    type: 'date',
    title: 'First public warning',
    meaning: 'When somebody first warned in public.',
    example: 'warned:2024-03',
    of: ({ warned }) => [warned],
  },
  disclosed: {
    type: 'date',
    title: 'Disclosed',
    meaning: 'When it was disclosed.',
    example: 'disclosed:>=2023-03-29',
    of: ({ disclosed }) => [disclosed],
  },
  contained: {
    type: 'date',
    title: 'Contained',
    meaning: 'When it was contained.',
    example: 'contained:unknown',
    of: ({ contained }) => [contained],
  },
  references: {
    type: 'number',
    title: 'References',
    meaning: 'How many documents it cites.',
    example: 'references:>20',
    of: ({ references }) => [String(references)],
  },
  origins: {
    type: 'number',
    title: 'Origins',
    meaning:
      'To how many independent origins they go back, at most; origins that a cited document repeats count even where the record does not list them.',
    example: 'origins:1',
    of: ({ origins }) => [String(origins)],
  },
  id: { type: 'text', title: 'Id', meaning: 'Words in the id.', example: 'id:SC-2020', of: ({ id }) => [id] },
  title: { type: 'text', title: 'Title', meaning: 'Words in the title.', example: 'title:installer', of: ({ title }) => [title] },
} as const satisfies Record<string, QueryField>;

export type QueryFieldName = keyof typeof queryFields;

/** By what a list can be ordered: what it is, and what people read for either direction. `-desc` behind the key asks for the higher first. */
export const sortKeys = {
  disclosed: {
    meaning: 'Date of disclosure, else of the first public warning, else of the first activity; undated last',
    high: 'Newest first',
    low: 'Oldest first',
  },
  observed: { meaning: 'Date of the first activity', high: 'Latest activity first', low: 'Earliest activity first' },
  title: { meaning: 'Title', high: 'Title, Z to A', low: 'Title, A to Z' },
  references: { meaning: 'Number of references', high: 'Most references first', low: 'Fewest references first' },
  origins: { meaning: 'Number of independent origins', high: 'Most origins first', low: 'Fewest origins first' },
} as const;

export type SortKey = keyof typeof sortKeys;

/** Whether a text names a field. */
export function isQueryField(name: string): name is QueryFieldName {
  return Object.hasOwn(queryFields, name);
}
