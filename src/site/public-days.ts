import { valueAt } from '../graph/build-graph.ts';
import { publicSince, referenceIndex } from '../graph/evidence-dates.ts';
import type { GraphNode } from '../graph/graph.ts';
import { referenceIdOf } from '../schema/cited.ts';
import { referencesOf } from '../schema/claims.ts';
import type { Citation } from '../schema/evidence.ts';

/** Whether what is cited of a thing became public on more than one day, so that one can look back. */
export function hasTwoDays(node: GraphNode): boolean {
  let first: string | undefined;
  for (const day of daysOf(node)) {
    first ??= day;
    if (day !== first) return true;
  }
  return false;
}

function* daysOf({ record, declarations }: GraphNode): Generator<string> {
  for (const reference of record ? referencesOf(record) : []) {
    const day = publicSince(reference);
    if (day) yield day;
  }
  for (const { record: source, path } of declarations) {
    const index = referenceIndex(source);
    const { cites = [] } = (valueAt(source, path) ?? {}) as { readonly cites?: readonly Citation[] };
    for (const cited of cites) {
      const reference = index.get(referenceIdOf(cited));
      const day = reference && publicSince(reference);
      if (day) yield day;
    }
  }
}
