import { z } from 'zod';
import { findPath } from '../../graph/paths.ts';
import { makeAnswer } from '../answer.ts';
import { edgeStatement, nodeLabel, resolveNodes } from '../node-statement.ts';
import { asOfDay, defineTool, thing } from '../tool.ts';

/** Most things of one name that are tried. */
const MAX_MEANINGS = 5;

export const path = defineTool({
  name: 'path',
  title: 'Path between two things',
  description:
    'Finds a shortest way between two things along inspectable ties, each step with the record that says so and its references. Shared documents, techniques and claimants do not count as ties.',
  input: z.strictObject({
    from: thing,
    to: thing,
    max_steps: z.int().min(1).max(12).default(12).describe('Longest way to look for.'),
    as_of: asOfDay,
  }),
  example: { from: 'x_trader', to: '3CX DesktopApp' },
  run(answers, { from, to, max_steps: maxSteps, as_of: asOf }) {
    const graph = answers.on(asOf);
    const [starts, ends] = [resolveNodes(graph, from, asOf), resolveNodes(graph, to, asOf)];
    // A name may mean several things: the shortest way between any of them is told.
    const ways = starts.slice(0, MAX_MEANINGS).flatMap((start) => ends.slice(0, MAX_MEANINGS).map((end) => ({ start, end })));
    const found = ways.map(({ start, end }) => ({ start, end, way: findPath(graph, start.id, end.id, { maxSteps }) }));
    const [best] = found.sort((left, right) => (left.way?.length ?? 99) - (right.way?.length ?? 99));
    if (!best) throw new RangeError('no ends');
    const { start, end, way } = best;
    const title = `From ${nodeLabel(start, asOf)} (${start.id}) to ${nodeLabel(end, asOf)} (${end.id})`;
    const statements = (way ?? []).map(({ edge, reversed }) => edgeStatement(graph, edge, reversed ? 'in' : 'out', asOf));
    const notes = way
      ? [
          way.length === 0
            ? 'both names mean the same thing'
            : `steps: ${way.length}; each read from the thing before it; a tie is no cause`,
        ]
      : [`no way of at most ${maxSteps} steps is recorded, which does not mean that there is none`];
    return makeAnswer({ title, asOf, notes }, [{ name: 'Steps', statements }], { offset: 0, limit: 200 });
  },
});
