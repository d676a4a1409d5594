import { findNode, type GraphNode, type NodeKind } from '../../graph/graph.ts';
import { componentKey, componentLabel, componentNodeKind } from '../../schema/primitive-keys.ts';
import type { Component } from '../../schema/primitives.ts';
import type { View } from '../view.ts';

/** A thing by its name, leading to its page; identifiers in monospace. */
export function NodeLink({ view, node, label }: { view: View; node: GraphNode; label?: string }) {
  const code = ['artifact', 'indicator', 'release'].includes(node.kind) && !label;
  const text = label ?? node.label;
  return <a href={view.hrefOf(node)}>{code ? <code>{breakable(text)}</code> : breakable(text)}</a>;
}

/** A thing by kind and key; its key as plain text where the corpus has no such node. */
export function EntityLink({ view, kind, id, label }: { view: View; kind: NodeKind; id: string; label?: string }) {
  const node = findNode(view.site.graph, kind, id);
  return node ? <NodeLink view={view} node={node} label={label} /> : (label ?? id);
}

/** A component by its name, leading to its page. */
export function ComponentLink({ view, component }: { view: View; component: Component }) {
  return <EntityLink view={view} kind={componentNodeKind(component)} id={componentKey(component)} label={componentLabel(component)} />;
}

/** Long identifiers get places to break: after `/`, `.`, `-`, `_`, `@` and every 16 characters of a digest. */
export function breakable(text: string): string {
  if (text.length < 24) return text;
  return /^[0-9a-f]{32,}$/.test(text) ? text.replace(/(.{16})(?=.)/g, '$1\u200b') : text.replace(/([/._@-])(?=\S{4})/g, '$1\u200b');
}
