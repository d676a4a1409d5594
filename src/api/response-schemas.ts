import { z } from 'zod';
import { nodeKinds } from '../graph/node-kinds.ts';
import { relations } from '../graph/relations.ts';
import { recordKindNames, recordKinds } from '../schema/record.ts';
import { problems } from './problems.ts';

const kind = z.enum(Object.keys(nodeKinds)).meta({ description: 'Kind of thing.' });
const relation = z.enum(Object.keys(relations)).meta({ description: 'What ties two things; relations.json says how each reads.' });
const day = z
  .string()
  .nullable()
  .meta({ description: 'Earliest day (YYYY-MM-DD) on which a dated source was public; null where none is.' });
const sources = z.array(z.string()).meta({ description: 'Canonical URLs of the sources.' });
const address = (description: string) => z.string().meta({ description: `${description}, relative to the site’s root.` });
const edtf = z.string().nullable().meta({ description: 'EDTF date; null where there is none: `missing` says why.' });
const ids = (description: string) =>
  z.array(z.string()).meta({ description: `${description}; empty where there are none: \`missing\` says why.` });

const resourceEdge = z.object({
  relation,
  direction: z.enum(['out', 'in']),
  to: z.object({ id: z.string(), kind, label: z.string(), resource: address('Its resource') }),
  in: z.string().meta({ description: 'Id of the record that says so.' }),
  qualifier: z.string().nullable(),
  confidence: z.string().nullable(),
  sources,
  knownSince: day,
});

/** An incident in lists: the same from the files, the query, the command and the download of the website. */
const incidentSummary = {
  id: z.string(),
  title: z.string(),
  depth: z.string(),
  status: z.string(),
  year: z.int().nullable().meta({
    description: 'Of disclosure, else of the first public warning, else of the first activity; null where none is dated to one year.',
  }),
  firstObserved: edtf,
  firstPublicWarning: edtf,
  disclosed: edtf,
  contained: edtf,
  ecosystems: z.array(z.string()),
  vectors: z.array(z.string()),
  impacts: z.array(z.string()),
  entryStage: z.string().nullable(),
  sourceArtifactDivergence: z.enum(['yes', 'no']).nullable().meta({ description: 'Whether what was delivered differs from its source.' }),
  confidence: z.string(),
  evidenceLevel: z.string(),
  actors: ids('Actors that attribution claims name; denials do not count'),
  nexus: ids('Countries to which these claims themselves tie it'),
  malware: ids('Malware families'),
  campaigns: ids('Campaigns'),
  techniques: z.array(z.string()).meta({ description: 'ATT&CK techniques.' }),
  advisories: z.array(z.string()).meta({ description: 'Ids of advisories and vulnerabilities.' }),
  references: z.int().meta({ description: 'Documents that the record lists.' }),
  origins: z.int().meta({
    description:
      'Independent origins to which the references go back, at most. Origins that a listed document repeats count even where the record does not list them, so that there can be more origins than references.',
  }),
  missing: z.record(z.string(), z.enum(['unknown', 'none', 'absent'])).meta({
    description:
      'Of fields that are null or empty, why: `unknown`: it was looked for and is not known; `none`: a source says that there is none; `absent`: nobody has recorded it.',
  }),
  page: address('The page'),
  resource: address('The resource'),
};

const thing = z.object({ id: z.string(), kind, label: z.string(), page: address('The page') });

/** Schemas of what the API answers, by name; routes refer to them, and narrow them where they tell of one kind. */
export const responses = {
  Index: z.object({
    name: z.string(),
    version: z.literal('v1'),
    licence: z.string(),
    description: address('This description'),
    corpus: address('Every record'),
    graph: address('Every node and edge'),
    statistics: address('Counts'),
    vocabularies: address('Every vocabulary'),
    relations: address('Every relation'),
    kinds: address('The kinds of thing, with counts'),
    lists: z.record(kind, address('The list of a kind')),
  }),
  Statistics: z.object({
    incidents: z.object({ featured: z.int(), structured: z.int(), indexed: z.int() }),
    entities: z.record(z.string(), z.int()),
    claims: z.int(),
    uncitedClaims: z.int(),
    references: z.int(),
    datedReferences: z.number().min(0).max(1).meta({ description: 'Share of the references that state when they were published.' }),
    edges: z.int(),
  }),
  Vocabularies: z.object({
    vocabularies: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        definition: z.string(),
        terms: z.record(
          z.string(),
          z.object({
            label: z.string(),
            definition: z.string(),
            synonyms: z.array(z.string()).optional().meta({ description: 'Other words that queries take for the value.' }),
            source: z.object({ title: z.string(), url: z.string().optional() }),
            mapping: z.record(z.string(), z.unknown()).optional(),
          }),
        ),
      }),
    ),
  }),
  Relations: z.object({ relations: z.record(z.string(), z.object({ label: z.string(), inverse: z.string(), inspectable: z.boolean() })) }),
  Kinds: z.object({
    kinds: z.array(z.object({ kind, title: z.string(), definition: z.string(), count: z.int(), list: address('The list') })),
  }),
  IncidentList: z.object({
    incidents: z.array(z.object({ ...incidentSummary, summary: z.string() })),
  }),
  EntityList: z.object({
    kind,
    entities: z.array(
      z.object({
        id: z.string(),
        key: z.string(),
        label: z.string(),
        knownSince: day,
        incidents: z.int(),
        page: address('The page'),
        resource: address('The resource'),
      }),
    ),
  }),
  Resource: z.object({
    id: z.string(),
    kind,
    key: z.string().meta({ description: 'Natural key: record id, purl, URL, owner/slug, type:value or digest.' }),
    label: z.string(),
    page: address('The page'),
    knownSince: day,
    record: z.unknown().meta({
      description: 'The record as its curators wrote it, for the kinds that are records; else null.',
    }),
    declarations: z
      .array(z.object({ in: z.string(), says: z.unknown() }))
      .meta({ description: 'What each record says of it, for the kinds that are no records.' }),
    edges: z.array(resourceEdge),
  }),
  Graph: z.object({
    nodes: z.array(z.object({ id: z.string(), kind, key: z.string(), label: z.string(), knownSince: day, page: address('The page') })),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        relation,
        in: z.string(),
        qualifier: z.string().nullable(),
        confidence: z.string().nullable(),
        sources,
        knownSince: day,
      }),
    ),
  }),
  Corpus: z.object(
    Object.fromEntries(recordKindNames.map((name) => [recordKinds[name].folder, z.array(z.record(z.string(), z.unknown()))])),
  ),
  QueryAnswer: z.object({
    total: z.int(),
    offset: z.int(),
    incidents: z.array(
      z.object({
        ...incidentSummary,
        summary: z.string().optional().meta({ description: 'Only of today: summaries are written with hindsight.' }),
      }),
    ),
    facets: z
      .record(z.string(), z.record(z.string(), z.int()))
      .meta({ description: 'By field, how many incidents have each value, were the query silent about that field.' }),
  }),
  SearchAnswer: z.object({
    total: z.int(),
    found: z.array(z.object({ label: z.string(), kind: z.string(), detail: z.string(), page: address('The page') })),
  }),
  ThingsAnswer: z.object({ things: z.array(z.looseObject({ id: z.string(), kind, edges: z.array(resourceEdge) })) }),
  NeighboursAnswer: z.object({ id: z.string(), total: z.int(), offset: z.int(), edges: z.array(resourceEdge) }),
  PathAnswer: z.object({
    from: thing,
    steps: z.array(
      z.object({
        to: thing,
        relation,
        reversed: z.boolean().meta({ description: 'Whether the tie is walked against its direction.' }),
        in: z.string().meta({ description: 'Id of the record that says so.' }),
        qualifier: z.string().nullable(),
        sources,
        knownSince: day,
      }),
    ),
  }),
  MeasuresAnswer: z.object({
    measures: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        unit: z.string(),
        definition: z.string(),
        unknowns: z.string(),
        incidents: z.int(),
        columns: z.array(z.string()),
        rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
      }),
    ),
  }),
  Problem: z
    .looseObject({
      type: z.enum(Object.keys(problems).map((kind) => `urn:threatpedia:problem:${kind}`)),
      title: z.string(),
      status: z.int(),
      detail: z.string().optional(),
      fault: z
        .object({ message: z.string(), offset: z.int(), length: z.int(), fix: z.string().nullable() })
        .optional()
        .meta({ description: 'Where in a query the fault is, in UTF-16 units from 0, and how to mend it.' }),
    })
    .meta({ description: 'RFC 9457 problem details.', 'x-problems': problems }),
} as const satisfies Record<string, z.ZodType>;
