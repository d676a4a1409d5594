import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { cyclonedx } from '../src/export/cyclonedx.ts';
import type { Selection } from '../src/export/export-format.ts';
import { graphAsOf } from '../src/graph/as-of.ts';
import { recordsOf } from '../src/graph/graph.ts';
import { incidentAsOf } from '../src/graph/incident-as-of.ts';
import { itemsOf } from '../src/schema/cited.ts';
import { loadCorpusGraph } from './support/corpus.ts';
import { hostileText, withText } from './support/hostile-record.ts';
import { findShared } from './support/shared.ts';

interface Bom {
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly purl?: string;
    readonly hashes?: readonly { readonly content: string }[];
  }[];
  readonly vulnerabilities: readonly {
    readonly id: string;
    readonly detail?: string;
    readonly analysis: { readonly state: string };
    readonly affects: readonly { readonly ref: string }[];
  }[];
}

const folder = findShared('conformance/cyclonedx');
let all: Selection;

beforeAll(async () => {
  const graph = await loadCorpusGraph();
  all = { graph, incidents: recordsOf(graph, 'incident'), site: 'https://example.org/', version: '0.0.0' };
});

function bomOf(selection: Selection): Bom {
  return JSON.parse([...cyclonedx.render(selection)].join('')) as Bom;
}

function known(day: string): Selection {
  return { ...all, graph: graphAsOf(all.graph, day), incidents: all.incidents.flatMap((record) => incidentAsOf(record, day) ?? []) };
}

/** The schema of CycloneDX 1.6, which allows no property that it does not name. */
function validator() {
  const read = (name: string) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as object;
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(read('spdx.schema.json'), 'http://cyclonedx.org/schema/spdx.schema.json');
  ajv.addSchema(read('jsf-0.82.schema.json'), 'http://cyclonedx.org/schema/jsf-0.82.schema.json');
  const validate = ajv.compile(read('bom-1.6.schema.json'));
  return (bom: Bom) => (validate(bom) ? 'valid' : ajv.errorsText(validate.errors).slice(0, 1000));
}

describe('CycloneDX', () => {
  test('has every reference once, and statements only about what it holds', () => {
    for (const selection of [all, known('2021-06-01')]) {
      const { components, vulnerabilities } = bomOf(selection);
      const refs = components.map((component) => component['bom-ref']);
      expect(refs.length).toBeGreaterThan(10);
      expect(refs).toEqual([...new Set(refs)].sort());
      const named = new Set(vulnerabilities.flatMap(({ affects }) => affects.map(({ ref }) => ref)));
      expect([...named].sort()).toEqual(refs);
    }
  });

  test('holds every bad version of a package and every digest of a malicious file', () => {
    const { components, vulnerabilities } = bomOf(all);
    const purls = new Set(components.map(({ purl }) => purl));
    const digests = new Set(components.flatMap(({ hashes = [] }) => hashes.map(({ content }) => content)));
    expect(purls).toContain('pkg:npm/flatmap-stream@0.1.1');
    for (const { data } of all.incidents)
      for (const { sha256, state } of itemsOf(data.artifacts)) {
        if (sha256 && state === 'malicious') expect(digests.has(sha256), `${data.id} ${sha256}`).toBe(true);
        if (sha256 && state === 'clean-fix') expect(digests.has(sha256), `${data.id} ${sha256}`).toBe(false);
      }
    expect(new Set(vulnerabilities.map(({ analysis }) => analysis.state))).toEqual(new Set(['exploitable', 'in_triage']));
  });

  test('as known on a day it has no text of today', () => {
    expect(bomOf(known('2021-06-01')).vulnerabilities.every(({ detail }) => detail === undefined)).toBe(true);
  });

  test.skipIf(!folder)('is valid against the schema, whole, of nothing, and of a day (skipped without the schema)', () => {
    const validate = validator();
    expect(validate(bomOf(all))).toBe('valid');
    expect(validate(bomOf(known('2021-06-01')))).toBe('valid');
    expect(validate(bomOf({ ...all, incidents: [] }))).toBe('valid');
  });

  test.skipIf(!folder)('stays valid with hostile texts (skipped without the schema)', () => {
    const validate = validator();
    const [record] = all.incidents.filter(({ data }) => itemsOf(data.releases).length > 0 && itemsOf(data.artifacts).length > 0);
    if (!record) throw new Error('no record with releases and files');
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(validate(bomOf({ ...all, incidents: [withText(record, text)] }))).toBe('valid');
      }),
      { numRuns: 50 },
    );
  });
});
