import { z } from 'zod';
import { version } from '../../package.json';
import { type CorpusAnswers, QueryError } from '../answers/corpus-answers.ts';
import { AppError } from '../base/problem.ts';
import { inventoryFormats } from '../check/inventory/formats.ts';
import { checkReport } from '../check/report/json.ts';
import { exportFormats } from '../export/formats.ts';
import { addressOf, resourceAddress } from '../graph/addresses.ts';
import { calledName, type GraphNode, getNode, type NodeId } from '../graph/graph.ts';
import { compareByDate, incidentSummary } from '../graph/incident-list.ts';
import { neighbours, type PathStep } from '../graph/paths.ts';
import { type Relation, relations } from '../graph/relations.ts';
import { measuresOf } from '../statistics/corpus-measures.ts';
import { toResource, toResourceEdge } from './resource.ts';

/** Largest inventory that `POST /api/v1/check` takes, in bytes. */
export const MAX_CHECK_BYTES = 5 * 1024 * 1024;

const text = z.string().min(1).max(1_000);
const name = text.meta({ description: 'Id, natural key, name or alias of a thing, whole: SC-2024-XZ-UTILS, unc4736, 3cx.' });
const asOf = z.string().max(40).optional().meta({ description: 'An EDTF date: only what was public at the end of that day.' });
const offset = z.coerce.number().int().min(0).max(10_000_000).default(0).meta({ description: 'Where the part begins, from 0.' });
const limit = (most: number, usual: number) =>
  z.coerce.number().int().min(1).max(most).default(usual).meta({ description: 'How many at most.' });
const query = z
  .string()
  .max(1_000)
  .default('')
  .meta({ description: 'In the query language; empty for all incidents, the latest disclosed first.' });

/** What a route answers: data, or pieces of a text in a form of its own. */
export type RouteAnswer =
  | { readonly json: unknown }
  | { readonly jsonText: string }
  | { readonly type: string; readonly pieces: Iterable<string> };

/** An inventory as it was sent. */
export interface InventoryBytes {
  readonly path: string;
  readonly format: string | undefined;
  readonly bytes: Uint8Array;
}

/** Options of a check as people write them. */
export interface CheckOptionTexts {
  readonly asOf: string | undefined;
  readonly installedBetween: string | undefined;
}

/** Checks one inventory and gives the report as JSON. Throws AppError `usage` for a wrong option. */
export type CheckInventory = (input: InventoryBytes, options: CheckOptionTexts) => Promise<string>;

/** What else a route may need. */
export interface RouteRequest {
  readonly body: Uint8Array;
  /** Address of the website, with a slash at the end. */
  readonly site: string;
  /** Checks in a thread of its own; where it is missing, the check runs at once, in this one. */
  readonly check?: CheckInventory | undefined;
}

/** A question that only a running server answers. */
export interface AnswerRoute {
  readonly method: 'GET' | 'POST';
  /** Address; `{format}` stands for a part of it, which is a parameter too. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly parameters: z.ZodObject;
  /** Name of the schema of the answer; undefined for a text in a form of its own. */
  readonly response: string | undefined;
  /** Query string (or body) of an example that is run in a test. */
  readonly example: string;
  answer(answers: CorpusAnswers, parameters: never, request: RouteRequest): RouteAnswer | Promise<RouteAnswer>;
}

function route<P extends z.ZodObject>(
  described: Omit<AnswerRoute, 'answer' | 'parameters'> & {
    readonly parameters: P;
    answer(answers: CorpusAnswers, parameters: z.output<P>, request: RouteRequest): RouteAnswer | Promise<RouteAnswer>;
  },
): AnswerRoute {
  return described as AnswerRoute;
}

/** Every question that a running server answers, besides the files of the API. */
export const answerRoutes: readonly AnswerRoute[] = [
  route({
    method: 'GET',
    path: '/api/v1/query',
    id: 'queryIncidents',
    summary: 'Incidents that a query asks for, with counts by field',
    parameters: z.object({ q: query, as_of: asOf, offset, limit: limit(500, 50) }),
    response: 'QueryAnswer',
    example: '?q=channel:vendor-signed-update+nexus:north-korea',
    answer(answers, { q, as_of, offset: from, limit: most }) {
      const { total, incidents, facets } = answers.incidents(q, { asOf: as_of, offset: from, limit: most });
      const told = incidents.map((record) => {
        const node = { kind: 'incident' as const, key: record.data.id };
        return { ...incidentSummary(record), page: addressOf(node), resource: resourceAddress(node) };
      });
      // Of the past only facts are told: summaries are written today.
      return {
        json: {
          total,
          offset: from,
          incidents: as_of === undefined ? told : told.map(({ summary: _, ...facts }) => facts),
          facets: facets(),
        },
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/search',
    id: 'search',
    summary: 'Things by words, names, versions, digests and domains, the best first',
    parameters: z.object({ q: text.meta({ description: 'Words, or parts of a name, version, digest or domain.' }), limit: limit(100, 20) }),
    response: 'SearchAnswer',
    example: '?q=akamaicontainer',
    answer(answers, { q, limit: most }) {
      const { total, found } = answers.search(q, most);
      return { json: { total, found: found.map(({ label, kind, detail, address }) => ({ label, kind, detail, page: address })) } };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/things',
    id: 'findThings',
    summary: 'Things whose id, key, name or alias is exactly the text; as known on a day without texts',
    parameters: z.object({ id: name, as_of: asOf }),
    response: 'ThingsAnswer',
    example: '?id=unc4736',
    answer(answers, { id, as_of }) {
      const graph = answers.on(as_of);
      const found = some(answers.find(id, as_of), id).slice(0, 50);
      return {
        json: {
          things: found.map((node) => {
            const resource = toResource(graph, node);
            return as_of === undefined ? resource : { ...resource, declarations: [] };
          }),
        },
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/neighbours',
    id: 'listNeighbours',
    summary: 'What a thing is tied to, each tie with the record that says so and its sources',
    parameters: z.object({
      id: name,
      relation: z
        .enum(Object.keys(relations) as [Relation, ...Relation[]])
        .optional()
        .meta({ description: 'Only ties of this kind.' }),
      as_of: asOf,
      offset,
      limit: limit(1_000, 200),
    }),
    response: 'NeighboursAnswer',
    example: '?id=SC-2022-X-TRADER&relation=seeded',
    answer(answers, { id, relation, as_of, offset: from, limit: most }) {
      const graph = answers.on(as_of);
      const [node] = some(answers.find(id, as_of), id) as [GraphNode];
      const edges = neighbours(graph, node.id)
        .filter((group) => relation === undefined || group.relation === relation)
        .flatMap(({ direction, edges: tied }) => tied.map((edge) => toResourceEdge(graph, edge, direction)));
      return { json: { id: node.id, total: edges.length, offset: from, edges: edges.slice(from, from + most) } };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/paths',
    id: 'findPath',
    summary: 'A shortest way between two things along ties that can be inspected',
    parameters: z.object({ from: name, to: name, as_of: asOf }),
    response: 'PathAnswer',
    example: '?from=trading-technologies&to=3cx',
    answer(answers, { from, to, as_of }) {
      const found = answers.path(from, to, as_of);
      some(found.from, from);
      some(found.to, to);
      if (!found.start || !found.way) throw new AppError('not-found', 'there is no way between them along ties that can be inspected');
      const graph = answers.on(as_of);
      const thing = (id: NodeId) => {
        const node = getNode(graph, id);
        return { id, kind: node.kind, label: calledName(node), page: addressOf(node) };
      };
      const step = ({ edge, reversed }: PathStep) => ({
        to: thing(reversed ? edge.from : edge.to),
        relation: edge.relation,
        reversed,
        in: edge.record.data.id,
        qualifier: edge.qualifier ?? null,
        sources: edge.sources,
        knownSince: edge.knownSince ?? null,
      });
      return { json: { from: thing(found.start.id), steps: found.way.map(step) } };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/measures',
    id: 'getMeasures',
    summary:
      'What the corpus amounts to in numbers: tables with what they count and what is not known; as known on a day by the dates and claims of then',
    parameters: z.object({ as_of: asOf }),
    response: 'MeasuresAnswer',
    example: '',
    answer(answers, { as_of }) {
      const measures = measuresOf(answers.incidents('', { asOf: as_of }).incidents);
      return {
        json: {
          measures: Object.values(measures).map(({ id, title, unit, definition, unknowns, incidents, table }) => ({
            id,
            title,
            unit,
            definition,
            unknowns,
            incidents,
            columns: table.columns.map((column) => column.name),
            rows: table.rows,
          })),
        },
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/export/{format}',
    id: 'exportIncidents',
    summary: 'Incidents that a query asks for in a form that other tools read; as known on a day where the form carries facts alone',
    parameters: z.object({ format: z.enum(Object.keys(exportFormats) as [string, ...string[]]), q: query, as_of: asOf }),
    response: undefined,
    example: 'csv?q=year:2023',
    async answer(answers, { format: id, q, as_of }, { site }) {
      const format = await exportFormats[id]?.();
      if (!format) throw new AppError('not-found', `there is no format ${id}`);
      if (as_of !== undefined && !format.asOf)
        throw new AppError('usage', `${id} carries texts of today, which tell what came later; leave as_of out`);
      const incidents = [...answers.incidents(q, { asOf: as_of }).incidents].sort((left, right) => compareByDate(left.data, right.data));
      return { type: format.mediaType, pieces: format.render({ graph: answers.on(as_of), incidents, site, version }) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/check',
    id: 'checkInventory',
    summary: 'Were we hit? Looks up an inventory, which is the body, in what the corpus knows. Nothing of it is kept.',
    parameters: z.object({
      name: z
        .string()
        .min(1)
        .max(300)
        .default('inventory')
        .meta({ description: 'File name, by which the format is told: package-lock.json.' }),
      format: z
        .enum(inventoryFormats.map(({ id }) => id) as [string, ...string[]])
        .optional()
        .meta({ description: 'Format, where the name does not tell it.' }),
      as_of: asOf,
      installed_between: z.string().max(80).optional().meta({ description: 'When it was installed or in use: 2025-03-14..2025-03-15.' }),
    }),
    response: 'CheckReport',
    example: '?format=purl-list\npkg:npm/event-stream@3.3.6\n',
    async answer(answers, { name: path, format, as_of, installed_between }, { body, check }) {
      const [input, options] = [
        { path, format, bytes: body },
        { asOf: as_of, installedBetween: installed_between },
      ];
      if (check) return { jsonText: await check(input, options) };
      return { json: checkReport(await answers.check([input], options), version, undefined) };
    },
  }),
];

function some(found: readonly GraphNode[], wanted: string): readonly GraphNode[] {
  if (found.length > 0) return found;
  throw new AppError('not-found', `nothing is called ${JSON.stringify(wanted.slice(0, 100))}; /api/v1/search finds names`);
}

/** What of a fault in a query the client is told besides its message. */
export function faultOf(error: AppError): object {
  if (!(error instanceof QueryError)) return {};
  const { message, offset: at, length, fix } = error.fault;
  return { fault: { message, offset: at, length, fix: fix ?? null } };
}
