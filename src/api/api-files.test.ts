import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { BASE_RECORD } from '../../tests/faults/base-record.ts';
import { loadCorpusGraph } from '../../tests/support/corpus.ts';
import { parseRecord } from '../corpus/parse-record.ts';
import { buildGraph } from '../graph/build-graph.ts';
import type { Graph } from '../graph/graph.ts';
import type { CorpusRecord } from '../schema/record.ts';
import { apiFiles } from './api-files.ts';
import { openApiDocument, routes } from './openapi.ts';

const ORGANIZATION = `schema: organization/1
id: example
name: Example
kind: software-vendor
summary:
  text: Example publishes the example package.
  cites: [about]
references:
  - id: about
    title: About
    publisher: Example
    url: https://example.com/about
    kind: primary
`;

/** The record of a text without problems. */
function record(text: string, file: string): CorpusRecord {
  const { record: parsed, problems } = parseRecord(new TextEncoder().encode(text), file);
  if (!parsed) throw new Error(problems.map(({ message }) => message).join('\n'));
  return parsed;
}

const small = buildGraph([record(BASE_RECORD, 'incidents/2024/example.yaml'), record(ORGANIZATION, 'organizations/example.yaml')]);

function fail(path: string): never {
  throw new TypeError(`${path} is no text`);
}

/** Every file of a graph’s API, in its pieces. */
function piecesOf(graph: Graph): Map<string, readonly string[]> {
  const files = new Map<string, readonly string[]>();
  for (const { path, content } of apiFiles(graph)) {
    expect(files.has(path), path).toBe(false);
    files.set(
      path,
      typeof content === 'string' ? [content] : [...content].map((piece) => (typeof piece === 'string' ? piece : fail(path))),
    );
  }
  return files;
}

/** Every file of a graph’s API, pieces joined. */
function textsOf(graph: Graph): Map<string, string> {
  return new Map([...piecesOf(graph)].map(([path, pieces]) => [path, pieces.join('')]));
}

const ajv = new Ajv2020({ strict: false, allErrors: false });
ajv.addSchema(openApiDocument(), 'openapi');
const validators = new Map<string, ValidateFunction>();

/** The validator of what a route answers, as a client would find it in the document. */
function validatorOf(path: string): ValidateFunction {
  const pointer = ['paths', path, 'get', 'responses', '200', 'content', 'application/json', 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = validators.get(path) ?? ajv.compile({ $ref: `openapi#/${pointer}` });
  validators.set(path, validate);
  return validate;
}

/** The route of a file: itself, else that of its kind’s folder. */
function routeOf(file: string): string | undefined {
  const address = `/${file}`;
  const exact = routes.find(({ path }) => path === address);
  return (exact ?? routes.find(({ path }) => path.includes('{') && address.startsWith(path.slice(0, path.indexOf('{')))))?.path;
}

function faultsOf(texts: ReadonlyMap<string, string>): string[] {
  return [...texts].flatMap(([file, text]) => {
    if (file === 'api/v1/openapi.json') return [];
    const route = routeOf(file);
    if (!route) return [`${file}: no route`];
    const validate = validatorOf(route);
    return validate(JSON.parse(text)) ? [] : [`${file}: ${JSON.stringify(validate.errors?.slice(0, 3))}`];
  });
}

describe('what is served is what is described', () => {
  test('for two records', () => {
    const texts = textsOf(small);
    expect(faultsOf(texts)).toEqual([]);
    expect(routes.filter(({ path }) => !path.includes('{') && !texts.has(path.slice(1)))).toEqual([]);
  });

  test('for no record', () => {
    expect(faultsOf(textsOf(buildGraph([])))).toEqual([]);
  });

  test('for the corpus', { timeout: 60_000 }, async () => {
    expect(faultsOf(textsOf(await loadCorpusGraph())).slice(0, 10)).toEqual([]);
  });

  const incident = JSON.parse(textsOf(small).get('api/v1/incidents/sc-2024-example.json') ?? '') as { record: Record<string, unknown> };
  const refused: readonly (readonly [name: string, resource: unknown])[] = [
    ['a record without title', { ...incident, record: { ...incident.record, title: undefined } }],
    ['a record with a field that does not exist', { ...incident, record: { ...incident.record, severity: 'high' } }],
    ['a claim without citation', { ...incident, record: { ...incident.record, summary: { text: 'It happened.' } } }],
    ['no record', { ...incident, record: null }],
    ['another kind', { ...incident, kind: 'actor' }],
    ['a resource without ties', { ...incident, edges: undefined }],
  ];
  test.each(refused)('%s is no incident', (_, resource) => {
    expect(validatorOf('/api/v1/incidents/{slug}.json')(JSON.parse(JSON.stringify(resource)))).toBe(false);
  });

  test('a person is no package', () => {
    const person = { id: 'person:x', kind: 'person', key: 'x', label: 'X', page: 'people/x/', knownSince: null, record: null };
    expect(validatorOf('/api/v1/packages/{slug}.json')({ ...person, declarations: [], edges: [] })).toBe(false);
  });
});

describe('the description', () => {
  const document = JSON.stringify(openApiDocument());
  const parsed = JSON.parse(document) as { components: { schemas: Record<string, unknown> } };

  test('refers only to what it holds', () => {
    const references = [...document.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(references.length).toBeGreaterThan(50);
    expect(references.filter((reference) => !((reference.split('/').at(-1) ?? '') in parsed.components.schemas))).toEqual([]);
  });

  test('names every operation once', () => {
    expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length);
    expect(routes.filter(({ id }) => !/^(get|list)[A-Z][A-Za-z]+$/.test(id))).toEqual([]);
  });

  test('names every parameter of its address', () => {
    const named = ({ path, parameters = [] }: (typeof routes)[number]) =>
      parameters.map(({ name }) => name).join() === [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).join();
    expect(routes.filter((route) => !named(route))).toEqual([]);
  });
});

describe('the files', () => {
  test('are the same bytes every time', () => {
    expect([...textsOf(small)]).toEqual([...textsOf(small)]);
  });

  test('do not depend on the order in which records were read, but for the edges', () => {
    const records = [...small.nodes.values()].flatMap(({ record: known }) => known ?? []);
    const order = (graph: Graph) => [...textsOf(graph).keys()];
    expect(order(buildGraph(records.toReversed()))).toEqual(order(small));
  });

  test('that hold everything come in pieces', async () => {
    const files = piecesOf(await loadCorpusGraph());
    for (const path of ['api/v1/graph.json', 'api/v1/corpus.json']) {
      const pieces = files.get(path) ?? [];
      expect(pieces.length, path).toBeGreaterThan(3);
      expect(Math.max(...pieces.map((piece) => piece.length)), path).toBeLessThan(2 * 1024 * 1024);
    }
  });

  test('hold every node, edge and record once', () => {
    const texts = textsOf(small);
    const { nodes, edges } = JSON.parse(texts.get('api/v1/graph.json') ?? '') as { nodes: { id: string }[]; edges: unknown[] };
    expect(nodes.map(({ id }) => id)).toEqual([...small.nodes.keys()].sort());
    expect(edges.length).toBe(small.edges.length);
    const corpus = JSON.parse(texts.get('api/v1/corpus.json') ?? '') as Record<string, { id: string }[]>;
    expect(Object.entries(corpus).map(([folder, records]) => [folder, records.map(({ id }) => id)])).toEqual([
      ['incidents', ['SC-2024-EXAMPLE']],
      ['actors', []],
      ['campaigns', []],
      ['malware', []],
      ['organizations', ['example']],
      ['people', []],
    ]);
  });

  test('name only files that are there, and no file stands where another needs a folder', async () => {
    const texts = textsOf(await loadCorpusGraph());
    const named = [...texts.values()].flatMap((text) => [...text.matchAll(/"(api\/v1\/[^"]+)"/g)].map((match) => match[1] ?? ''));
    expect(named.length).toBeGreaterThan(1_000);
    expect([...new Set(named)].filter((address) => !texts.has(address))).toEqual([]);
    const folders = new Set([...texts.keys()].map((path) => path.slice(0, path.lastIndexOf('/'))));
    expect([...texts.keys()].filter((path) => folders.has(path))).toEqual([]);
  });

  test('count the incidents that a thing is tied to', () => {
    const list = JSON.parse(textsOf(small).get('api/v1/packages/index.json') ?? '') as { entities: { key: string; incidents: number }[] };
    expect(list.entities).toMatchObject([{ key: 'pkg:npm/example', incidents: 1, page: 'packages/npm/example/' }]);
  });
});
