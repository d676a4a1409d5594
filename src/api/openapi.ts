import { z } from 'zod';
import { version } from '../../package.json';
import { nodeKinds } from '../graph/node-kinds.ts';
import { relations } from '../graph/relations.ts';
import { recordKindNames, recordKinds } from '../schema/record.ts';

const kind = z.enum(Object.keys(nodeKinds) as [string, ...string[]]).meta({ description: 'Kind of thing.' });
const relation = z
  .enum(Object.keys(relations) as [string, ...string[]])
  .meta({ description: 'What ties two things; relations.json says how each reads.' });
const day = z
  .string()
  .nullable()
  .meta({ description: 'Earliest day (YYYY-MM-DD) on which a dated source was public; null where none is.' });
const sources = z.array(z.string()).meta({ description: 'Canonical URLs of the sources.' });
const address = (description: string) => z.string().meta({ description: `${description}, relative to the site’s root.` });
const edtf = z.string().nullable().meta({ description: 'EDTF date; null where the record says unknown or nothing.' });

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

/** Response schemas by name; routes below refer to them. The record schemas join them in the document. */
const responses = {
  Index: z
    .object({ name: z.string(), version: z.literal('v1'), licence: z.string(), lists: z.record(z.string(), z.string()) })
    .catchall(z.unknown()),
  Statistics: z.object({
    incidents: z.object({ featured: z.int(), structured: z.int(), indexed: z.int() }),
    entities: z.record(z.string(), z.int()),
    claims: z.int(),
    uncitedClaims: z.int(),
    references: z.int(),
    datedReferences: z.number(),
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
    incidents: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        summary: z.string(),
        depth: z.string(),
        status: z.string(),
        firstObserved: edtf,
        firstPublicWarning: edtf,
        disclosed: edtf,
        contained: edtf,
        ecosystems: z.array(z.string()),
        vectors: z.array(z.string()),
        impacts: z.array(z.string()),
        entryStage: z.string().nullable(),
        confidence: z.string(),
        evidenceLevel: z.string(),
        page: address('The page'),
        resource: address('The resource'),
      }),
    ),
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
      description: 'The record as its curators wrote it, for the kinds that are records; else null. Its schema is that of its kind.',
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
  Problem: z
    .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string().optional() })
    .meta({ description: 'RFC 9457 problem details.' }),
} as const satisfies Record<string, z.ZodType>;

interface Route {
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly response: keyof typeof responses;
  readonly parameters?: readonly { readonly name: string; readonly description: string }[];
}

const folders = Object.entries(nodeKinds)
  .filter(([name]) => name !== 'incident')
  .map(([, meaning]) => meaning.folder);

/** Every route of API v1. */
export const routes: readonly Route[] = [
  { path: '/api/v1/index.json', id: 'getIndex', summary: 'What is there', response: 'Index' },
  { path: '/api/v1/statistics.json', id: 'getStatistics', summary: 'Counts', response: 'Statistics' },
  { path: '/api/v1/vocabularies.json', id: 'getVocabularies', summary: 'Every vocabulary with its definitions', response: 'Vocabularies' },
  { path: '/api/v1/relations.json', id: 'getRelations', summary: 'Every relation and how it reads from either end', response: 'Relations' },
  { path: '/api/v1/entities/index.json', id: 'listKinds', summary: 'The kinds of thing, with counts', response: 'Kinds' },
  { path: '/api/v1/incidents/index.json', id: 'listIncidents', summary: 'All incidents in brief, oldest first', response: 'IncidentList' },
  {
    path: '/api/v1/incidents/{slug}.json',
    id: 'getIncident',
    summary: 'One incident with its record and its ties',
    response: 'Resource',
    parameters: [{ name: 'slug', description: 'The record’s id in lower case.' }],
  },
  ...folders.flatMap((folder): Route[] => [
    { path: `/api/v1/${folder}/index.json`, id: `list-${folder}`, summary: `All ${folder.replaceAll('-', ' ')}`, response: 'EntityList' },
    {
      path: `/api/v1/${folder}/{slug}.json`,
      id: `get-${folder}`,
      summary: `One of ${folder.replaceAll('-', ' ')}, with its ties`,
      response: 'Resource',
      parameters: [{ name: 'slug', description: 'As in `resource` of the list; may hold slashes.' }],
    },
  ]),
  { path: '/api/v1/graph.json', id: 'getGraph', summary: 'Every node and edge', response: 'Graph' },
  { path: '/api/v1/corpus.json', id: 'getCorpus', summary: 'Every record', response: 'Corpus' },
];

/** The OpenAPI 3.1 description, generated from the routes and schemas above (https://spec.openapis.org/oas/v3.1.0). */
export function openApiDocument(): object {
  const problem = { description: 'Problem', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Threatpedia API',
      version,
      description:
        'Software supply-chain incidents with their evidence. Every response is a plain file; the server also takes addresses without `.json` or `/index.json`.',
      license: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(
      routes.map(({ path, id, summary, response, parameters = [] }) => [
        path,
        {
          get: {
            operationId: id,
            summary,
            parameters: parameters.map(({ name, description }) => ({
              name,
              in: 'path',
              required: true,
              description,
              schema: { type: 'string' },
            })),
            responses: {
              '200': { description: summary, content: { 'application/json': { schema: { $ref: `#/components/schemas/${response}` } } } },
              '304': { description: 'Not changed since the ETag that was sent' },
              '404': problem,
              '405': problem,
            },
          },
        },
      ]),
    ),
    components: { schemas: Object.fromEntries(Object.entries(responses).map(([name, schema]) => [name, jsonSchemaOf(schema)])) },
  };
}

function jsonSchemaOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12' });
  return rest;
}
