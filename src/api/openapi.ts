import { z } from 'zod';
import { version } from '../../package.json';
import type { ApiDescription, ApiOperation, ApiSchema } from '../base/openapi.ts';
import { reportJsonSchema } from '../check/report/report-json-schema.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { jsonSchemas } from '../schema/json-schema.ts';
import { isRecordKind, recordKindNames, recordKinds } from '../schema/record.ts';
import { type AnswerRoute, answerRoutes, MAX_CHECK_BYTES } from './answer-routes.ts';
import { responses } from './response-schemas.ts';

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
export function openApiDocument(): ApiDescription {
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

function operationOf({ id, summary, response, narrowed, parameters = [] }: Route): ApiOperation {
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
function answerOperation({ id, summary, parameters, path, method, response, example }: AnswerRoute): ApiOperation {
  const { properties = {}, required = [] } = z.toJSONSchema(parameters, { target: 'draft-2020-12', io: 'input' });
  const problem = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: schemaReference('Problem') } },
  });
  const content: Record<string, { schema: ApiSchema }> = response
    ? { 'application/json': { schema: schemaReference(response) } }
    : { '*/*': { schema: { type: 'string' } } };
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
        schema: (Object.keys(rest).some((key) => key === 'type')
          ? rest
          : { type: name === 'offset' || name === 'limit' ? 'integer' : 'string', ...rest }) as ApiSchema,
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
function recordSchemas(): Record<string, ApiSchema> {
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

function jsonSchemaOf(schema: z.ZodType): ApiSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12' });
  return rest as ApiSchema;
}

/** `build-systems` as `BuildSystems`. */
function capitalized(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
