import { expect, test } from 'vitest';
import { loadCorpusGraph } from '../../tests/support/corpus.ts';
import { findNode, type NodeKind } from '../graph/graph.ts';
import { inRowsOfEqual, leadText, releaseFacts, releaseLead } from './release-facts.ts';

const graph = await loadCorpusGraph();

const leadOf = (kind: NodeKind, key: string) => {
  const node = findNode(graph, kind, key);
  if (!node) throw new Error(`the corpus has no ${kind} ${key}`);
  return leadText(releaseLead(node) ?? []);
};

test('a package says which of its releases are bad and which are clean, and names the record once', () => {
  expect(leadOf('package', 'pkg:npm/event-stream')).toBe(
    'One malicious release is on record: 3.3.6 (SC-2018-EVENT-STREAM). One clean release is on record: 4.0.0.',
  );
});

test('a release says what it is and what replaced it; a clean one is not replaced', () => {
  expect(leadOf('release', 'pkg:npm/event-stream@3.3.6')).toBe(
    'Malicious: it carries the attacker’s code (SC-2018-EVENT-STREAM). One clean release is on record: 4.0.0.',
  );
  expect(leadOf('release', 'pkg:npm/event-stream@4.0.0')).toBe(
    'Clean fix: the owner released it to replace what was bad (SC-2018-EVENT-STREAM).',
  );
});

test('what is told of packages is what the graph has of them', () => {
  for (const node of graph.nodes.values()) {
    if (node.kind !== 'package' && node.kind !== 'component') continue;
    const told = releaseFacts(node).flatMap(({ versions }) => versions).length;
    expect(told, node.key).toBe(graph.edgesFrom(node.id).filter(({ relation }) => relation === 'released-as').length);
  }
});

test('other kinds have no releases', () => {
  const actor = findNode(graph, 'actor', 'lazarus-group');
  expect(actor && releaseLead(actor)).toBeUndefined();
});

test('what has no versions says when it was bad', () => {
  const incident = findNode(graph, 'incident', 'SC-2024-POLYFILL-IO')?.record;
  expect(incident?.kind === 'incident' && Array.isArray(incident.data.windows)).toBe(true);
  expect(leadOf('component', 'polyfill-io/polyfill-script')).toMatch(
    /^It was bad \(cdn\.polyfill\.io\) from \d{4}-.* \(SC-2024-POLYFILL-IO\)\.$/,
  );
});

test('a flood of releases with the same sources is one row', () => {
  const node = findNode(graph, 'package', 'pkg:golang/github.com/juxtaposition1/v.a.p.e');
  const facts = node ? releaseFacts(node) : [];
  const rows = inRowsOfEqual(facts);
  expect(rows.length).toBeLessThan(facts.length);
  expect(rows.flatMap(({ versions }) => versions)).toHaveLength(facts.flatMap(({ versions }) => versions).length);
});
