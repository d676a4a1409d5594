import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recordsOf } from '../src/graph/graph.ts';
import { itemsOf } from '../src/schema/evidence.ts';
import { loadCorpusGraph } from './support/corpus.ts';
import { findShared } from './support/shared.ts';

interface AttackObject {
  readonly type: string;
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly x_mitre_aliases?: readonly string[];
  readonly external_references?: readonly { readonly source_name: string; readonly external_id?: string }[];
}

const attackFile = findShared('data/attack/attack-v18.1-supplychain-subset.json');

describe.skipIf(!attackFile)('names that ATT&CK v18.1 gives, where its subset at hand has them (skipped without it)', async () => {
  const objects = attackFile ? (JSON.parse(readFileSync(attackFile, 'utf8')) as { objects: AttackObject[] }).objects : [];
  const names = new Map(
    objects.flatMap(({ name, external_references = [] }) =>
      external_references.flatMap(({ source_name, external_id }) =>
        source_name === 'mitre-attack' && external_id ? [[external_id, name] as const] : [],
      ),
    ),
  );
  const graph = await loadCorpusGraph();

  test('techniques carry the name that belongs to their id', () => {
    const wrong = recordsOf(graph, 'incident').flatMap(({ data }) =>
      itemsOf(data.techniques).flatMap(({ id, name }) =>
        names.has(id) && name !== names.get(id) ? [`${data.id} ${id} ${name}: ${names.get(id)}`] : [],
      ),
    );
    expect(names.size).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  test('actors, campaigns and malware with an id there go by a name that it has there', () => {
    const known = new Map(
      objects.flatMap(({ name, aliases = [], x_mitre_aliases = [], external_references = [] }) =>
        external_references.flatMap(({ source_name, external_id }) =>
          source_name === 'mitre-attack' && external_id ? [[external_id, [name, ...aliases, ...x_mitre_aliases]] as const] : [],
        ),
      ),
    );
    const fold = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
    const records = (['actor', 'campaign', 'malware'] as const).flatMap((kind) => recordsOf(graph, kind));
    const stray = records.flatMap(({ data }) => {
      const own = new Set(
        [data.name, ...('aliases' in data ? (data.aliases ?? []) : [])].map((name) => fold(typeof name === 'string' ? name : name.name)),
      );
      return (data.externalIds ?? []).flatMap(({ source, id }) => {
        const there = source === 'attack' ? known.get(id) : undefined;
        return there && !there.some((name) => own.has(fold(name))) ? [`${data.id} ${id}: ${there.join(', ')}`] : [];
      });
    });
    expect(stray).toEqual([]);
  });
});
