import type { SbomGraph } from './sbom-graph.ts';

/**
 * Notes a relationship of an SPDX document that says what it is about, what uses what or what holds what
 * (https://spdx.github.io/spdx-spec/v2.3/relationships-between-SPDX-elements/); others say nothing about that.
 */
export function relate(
  graph: SbomGraph,
  document: string,
  from: string | undefined,
  type: string | undefined,
  to: string | undefined,
): void {
  if (from === undefined || type === undefined || to === undefined || IS_NONE.test(from) || IS_NONE.test(to)) return;
  if (type === 'DESCRIBES') {
    if (from === document) graph.describe(to);
  } else if (type === 'DESCRIBED_BY') {
    if (to === document) graph.describe(from);
  } else if (type === 'DEPENDS_ON') graph.use(from, to);
  else if (type.endsWith('DEPENDENCY_OF')) graph.use(to, from);
  else if (type === 'CONTAINS') graph.hold(from, to);
  else if (type === 'CONTAINED_BY') graph.hold(to, from);
}

const IS_NONE = /^(?:NONE|NOASSERTION)$/;

/** `Organization: 3CX (info@example)` → `3CX`; NOASSERTION is none. */
export function vendorOf(supplier: string | undefined): string | undefined {
  const match = /^(?:Organization|Person|Tool):\s*([^(]+)/.exec(supplier ?? '');
  return match?.[1]?.trim() || undefined;
}

/** A value of SPDX that may be withheld. */
export function asserted(value: string | undefined): string | undefined {
  return value === undefined || value === '' || IS_NONE.test(value) ? undefined : value;
}
