import { z } from 'zod';
import { version } from '../../package.json';
import { reportJsonSchema } from '../check/report/report-json-schema.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { relations } from '../graph/relations.ts';
import { jsonSchemas } from '../schema/json-schema.ts';
import { isRecordKind, recordKindNames, recordKinds } from '../schema/record.ts';
import { type AnswerRoute, answerRoutes, MAX_CHECK_BYTES } from './answer-routes.ts';
import { problems } from './problems.ts';

const kind = z.enum(Object.keys(nodeKinds)).meta({ description: 'Kind of thing.' });
const relation = z.enum(Object.keys(relations)).meta({ description: 'What ties two things; relations.json says how each reads.' });
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

const thing = z.object({ id: z.string(), kind, label: z.string(), page: address('The page') });

/** Response schemas by name; routes below refer to them, and narrow them where they tell of one kind. */
const responses = {
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
      z.looseObject({
        id: z.string(),
        title: z.string(),
        depth: z.string(),
        disclosed: edtf,
        page: address('The page'),
        resource: address('The resource'),
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
    .meta({ description: 'RFC 9457 problem details.' }),
} as const satisfies Record<string, z.ZodType>;

type SchemaName = keyof typeof responses;

interface Route {
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly response: SchemaName;
  /** What holds beyond the response’s schema at this address: a schema that may refer to the components of the document. */
  readonly narrowed?: object;
  readonly parameters?: readonly { readonly name: string; readonly description: string }[];
}

/** Every route of API v1. */
export const routes: readonly Route[] = [
  { path: '/api/v1/index.json', id: 'getIndex', summary: 'What is there', response: 'Index' },
  { path: '/api/v1/statistics.json', id: 'getStatistics', summary: 'Counts', response: 'Statistics' },
  { path: '/api/v1/vocabularies.json', id: 'getVocabularies', summary: 'Every vocabulary with its definitions', response: 'Vocabularies' },
  { path: '/api/v1/relations.json', id: 'getRelations', summary: 'Every relation and how it reads from either end', response: 'Relations' },
  { path: '/api/v1/entities/index.json', id: 'listKinds', summary: 'The kinds of thing, with counts', response: 'Kinds' },
  ...Object.entries(nodeKinds).flatMap(([name, { title, plural, folder }]): Route[] => [
    name === 'incident'
      ? {
          path: `/api/v1/${folder}/index.json`,
          id: 'listIncidents',
          summary: 'All incidents in brief, oldest first',
          response: 'IncidentList',
        }
      : {
          path: `/api/v1/${folder}/index.json`,
          id: `list${capitalized(folder)}`,
          summary: `All ${plural.toLowerCase()}, by key`,
          response: 'EntityList',
          narrowed: { properties: { kind: { const: name } } },
        },
    {
      path: `/api/v1/${folder}/{slug}.json`,
      id: `get${capitalized(name)}`,
      summary: `One ${title.toLowerCase()} with what records say of it, and its ties`,
      response: 'Resource',
      narrowed: {
        properties: { kind: { const: name }, record: isRecordKind(name) ? schemaReference(capitalized(name)) : { type: 'null' } },
      },
      parameters: [
        {
          name: 'slug',
          description:
            name === 'incident'
              ? 'The record’s id in lower case.'
              : 'As in `resource` of the list. May hold slashes, which are not encoded.',
        },
      ],
    },
  ]),
  { path: '/api/v1/graph.json', id: 'getGraph', summary: 'Every node and edge', response: 'Graph' },
  {
    path: '/api/v1/corpus.json',
    id: 'getCorpus',
    summary: 'Every record',
    response: 'Corpus',
    narrowed: {
      properties: Object.fromEntries(
        recordKindNames.map((name) => [recordKinds[name].folder, { items: schemaReference(capitalized(name)) }]),
      ),
    },
  },
];

/** The OpenAPI 3.1 description, generated from the routes and schemas above (https://spec.openapis.org/oas/v3.1.0). */
export function openApiDocument(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Threatpedia API',
      version,
      description:
        'Software supply-chain incidents with their evidence. Addresses that end in `.json` are plain files; the server also takes them without `.json` or `/index.json`, and ids of incidents in any case. The others are questions, which only a running server answers (tag `server`).',
      license: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
    },
    servers: [{ url: '/' }],
    paths: {
      ...Object.fromEntries(routes.map((route) => [route.path, { get: operationOf(route) }])),
      ...Object.fromEntries(answerRoutes.map((route) => [route.path, { [route.method.toLowerCase()]: answerOperation(route) }])),
    },
    components: {
      schemas: {
        ...Object.fromEntries(Object.entries(responses).map(([name, schema]) => [name, jsonSchemaOf(schema)])),
        ...recordSchemas(),
      },
    },
  };
}

function operationOf({ id, summary, response, narrowed, parameters = [] }: Route): object {
  const schema = schemaReference(response);
  return {
    operationId: id,
    summary,
    parameters: parameters.map((parameter) => ({ ...parameter, in: 'path', required: true, schema: { type: 'string' } })),
    responses: {
      '200': { description: summary, content: { 'application/json': { schema: narrowed ? { allOf: [schema, narrowed] } : schema } } },
      '304': { description: 'Not changed since the ETag that was sent' },
      '404': {
        description: 'There is nothing at this address',
        content: { 'application/problem+json': { schema: schemaReference('Problem') } },
      },
    },
  };
}

/** A question that only a running server answers. */
function answerOperation({ id, summary, parameters, path, method, response, example }: AnswerRoute): object {
  const { properties = {}, required = [] } = z.toJSONSchema(parameters, { target: 'draft-2020-12', io: 'input' });
  const problem = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: schemaReference('Problem') } },
  });
  const content = response ? { 'application/json': { schema: schemaReference(response) } } : { '*/*': { schema: { type: 'string' } } };
  return {
    operationId: id,
    summary,
    tags: ['server'],
    'x-example': `${method} ${path.replace(/\{.*/, '')}${example}`,
    parameters: Object.entries(properties).map(([name, schema]) => {
      const { description, ...rest } = typeof schema === 'boolean' ? {} : schema;
      const isPart = path.includes(`{${name}}`);
      return {
        name,
        in: isPart ? 'path' : 'query',
        required: isPart || required.includes(name),
        ...(description ? { description } : {}),
        // Everything in an address is text: numbers are told as such.
        schema: Object.keys(rest).some((key) => key === 'type')
          ? rest
          : { type: name === 'offset' || name === 'limit' ? 'integer' : 'string', ...rest },
      };
    }),
    ...(method === 'POST'
      ? {
          requestBody: {
            required: true,
            content: { 'application/octet-stream': { schema: { type: 'string', maxLength: MAX_CHECK_BYTES } } },
          },
        }
      : {}),
    responses: {
      '200': { description: summary, content },
      ...(method === 'GET' && response ? { '304': { description: 'Not changed since the ETag that was sent' } } : {}),
      '400': problem('A parameter is wrong, or the query cannot be read'),
      ...(method === 'GET'
        ? { '404': problem('Nothing is called that') }
        : { '413': problem('The inventory is too large'), '422': problem('The inventory takes more time or memory than is given') }),
      '429': problem('More than this client may ask; Retry-After says when again'),
      ...(method === 'POST' || !response ? { '503': problem('Too many wait; Retry-After says when again') } : {}),
    },
  };
}

/** The schemas of records and of their parts, each once. Tools that generate clients follow references to components, not into `$defs`. */
function recordSchemas(): Record<string, unknown> {
  const parts = [...jsonSchemas(), reportJsonSchema()].flatMap(({ schema }) =>
    Object.entries((schema as z.core.JSONSchema.BaseSchema).$defs ?? {}),
  );
  const toComponent = (name: string, value: unknown) => {
    if (name === '$ref') return schemaReference(capitalized(String(value).replace('#/$defs/', ''))).$ref;
    // A property may be called `format`; the keyword is a text.
    return LEFT_OUT.has(name) && (name !== 'format' || typeof value === 'string') ? undefined : value;
  };
  return Object.fromEntries(parts.map(([name, part]) => [capitalized(name), JSON.parse(JSON.stringify(part, toComponent))]));
}

/** What only editors read (vocabularies.json holds the same), and formats, beside which a pattern always stands that says more. */
const LEFT_OUT: ReadonlySet<string> = new Set(['enumDescriptions', 'markdownEnumDescriptions', 'format']);

function schemaReference(name: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

function jsonSchemaOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12' });
  return rest;
}

/** `build-systems` as `BuildSystems`. */
function capitalized(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
