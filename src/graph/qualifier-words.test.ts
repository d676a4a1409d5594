import { expect, test } from 'vitest';
import { loadCorpusGraph } from '../../tests/support/corpus.ts';
import { nodeId } from './graph.ts';
import { qualifierWords } from './qualifier-words.ts';

const graph = await loadCorpusGraph();

test('an attribution claim names its claimant and what it claims', () => {
  const words = graph.edgesTo(nodeId('actor', 'lazarus-group')).map((edge) => qualifierWords(graph, edge));
  expect(words).toContain('Kaspersky: attributed to');
});

test('a term is told by its label, a strain by its name', () => {
  const words = (incident: string, relation: string) =>
    graph
      .edgesFrom(nodeId('incident', incident))
      .filter((edge) => edge.relation === relation)
      .map((edge) => qualifierWords(graph, edge));
  expect(words('SC-2018-EVENT-STREAM', 'used-account')).toContain('Registry publisher');
  expect(words('SC-2018-EVENT-STREAM', 'clean-release')).toContain('Clean fix');
  expect(words('SC-2025-SHAI-HULUD-2', 'used-malware').join()).not.toMatch(/second-coming/);
});

test('no id of a term is left', () => {
  const left = graph.edges.filter((edge) => edge.qualifier?.includes('-') && qualifierWords(graph, edge) === edge.qualifier);
  expect(left.map(({ relation, qualifier }) => `${relation} ${qualifier}`)).toEqual([]);
});

test('a bad release is tied by another relation than a clean one', () => {
  const states = new Map<string, Set<string | undefined>>();
  for (const { relation, qualifier } of graph.edges.filter(({ relation: each }) => each.endsWith('-release')))
    states.set(relation, (states.get(relation) ?? new Set()).add(qualifier));
  expect([...(states.get('bad-release') ?? [])].sort()).toEqual(['affected', 'malicious']);
  expect([...(states.get('clean-release') ?? [])]).toEqual(['clean-fix']);
});
