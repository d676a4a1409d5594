import { z } from 'zod';
import { neighbours as groupsOf } from '../../graph/paths.ts';
import { type Relation, relations } from '../../graph/relations.ts';
import { makeAnswer } from '../answer.ts';
import { edgeStatement, nodeLabel, resolveNode } from '../node-statement.ts';
import { asOfDay, defineTool, paging, thing } from '../tool.ts';

const names = Object.keys(relations) as [Relation, ...Relation[]];

export const neighbours = defineTool({
  name: 'neighbours',
  title: 'Neighbours of a thing',
  description:
    'Lists what a thing is tied to in the graph, relation by relation, each tie with the record that says so and its references: which incidents touched a package, which files are samples of a malware family, what an actor is claimed to have done.',
  input: z.strictObject({
    id: thing,
    relation: z.enum(names).optional().describe('Only this relation; without it all but `cites`.'),
    direction: z.enum(['out', 'in', 'both']).default('both').describe('out: ties that the thing has; in: ties that others have to it.'),
    as_of: asOfDay,
    ...paging(30),
  }),
  example: { id: 'unc4736', relation: 'attributed', direction: 'in' },
  run(answers, { id, relation, direction, as_of: asOf, offset, limit }) {
    const graph = answers.on(asOf);
    const node = resolveNode(graph, id, asOf);
    const groups = groupsOf(graph, node.id).filter(
      (group) =>
        (relation ? group.relation === relation : group.relation !== 'cites') && (direction === 'both' || group.direction === direction),
    );
    const sections = groups.map((group) => ({
      name: `${group.relation}, ${group.direction} (${group.edges.length})`,
      statements: group.edges.map((edge) => edgeStatement(graph, edge, group.direction, asOf)),
    }));
    const notes = groups.length === 0 ? ['no such tie is recorded, which does not mean that there is none'] : [];
    return makeAnswer({ title: `Ties of ${nodeLabel(node, asOf)} (${node.id})`, asOf, notes }, sections, { offset, limit });
  },
});
