import { compareText } from '../base/problem.ts';
import { citedIds, citedStatements, referencesOf } from '../schema/claims.ts';
import type { Graph } from './graph.ts';

/** A statement drawn for somebody who did not write it to hold against its sources. */
export interface DrawnStatement {
  readonly record: string;
  /** Where it stands in the record: keys and indices, joined by dots. */
  readonly field: string;
  /** All that the record says there: the sentence, date, release, indicator or edge as it is written. */
  readonly says: unknown;
  readonly sources: readonly { readonly id: string; readonly title: string; readonly publisher: string; readonly url: string }[];
}

/**
 * Draws `count` statements, or all where there are fewer: first a record, each as likely as the next, then one of its statements, none twice. A record
 * with hundreds of versions is thus no likelier to be looked at than one with ten sentences. The same seed draws the same from the same corpus.
 */
export function drawStatements(graph: Graph, count: number, seed: number): DrawnStatement[] {
  const random = randomFrom(seed);
  const urns = [...graph.nodes.values()]
    .flatMap(({ record }) => (record ? [{ record, left: citedStatements(record) }] : []))
    .filter(({ left }) => left.length > 0)
    .sort((one, other) => compareText(one.record.data.id, other.record.data.id));
  const drawn: DrawnStatement[] = [];
  while (drawn.length < count && urns.length > 0) {
    const at = Math.floor(random() * urns.length);
    const urn = urns[at];
    const [statement] = urn?.left.splice(Math.floor(random() * urn.left.length), 1) ?? [];
    if (!urn || !statement) break;
    if (urn.left.length === 0) urns.splice(at, 1);
    const ids = new Set(citedIds(statement.cites));
    drawn.push({
      record: urn.record.data.id,
      field: statement.path.join('.'),
      says: statement.path.reduce<unknown>((value, key) => Reflect.get(Object(value), key), urn.record.data),
      sources: referencesOf(urn.record)
        .filter(({ id }) => ids.has(id))
        .map(({ id, title, publisher, url }) => ({ id, title, publisher, url })),
    });
  }
  return drawn;
}

/** Numbers from 0 inclusive to 1 exclusive, the same for the same seed: mulberry32, by Tommy Ettinger (public domain). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
