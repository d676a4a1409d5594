import { z } from 'zod';
import type { CorpusAnswers } from '../../answers/corpus-answers.ts';
import { AppError } from '../../base/problem.ts';
import { valueAt } from '../../graph/build-graph.ts';
import { type Graph, type GraphNode, nodeId } from '../../graph/graph.ts';
import { nodeKinds } from '../../graph/node-kinds.ts';
import { neighbours } from '../../graph/paths.ts';
import { relations } from '../../graph/relations.ts';
import { type Answer, type DraftSection, makeAnswer, type Page } from '../answer.ts';
import { citesOfEdge, citing, restsOnPublic } from '../citations.ts';
import { edgeStatement, nodeLabel, resolveNode } from '../node-statement.ts';
import { quoted } from '../quoted-text.ts';
import { factsOf, fieldNames, namesLater, recordSections } from '../record-sections.ts';
import { asOfDay, defineTool, paging, thing } from '../tool.ts';

export const get = defineTool({
  name: 'get',
  title: 'Get an incident or entity',
  description:
    'Tells what the corpus records about one thing, statement by statement with references: an incident (summary, dates, path, attribution by claimant, releases, indicators, open questions …), an actor, malware family, organization, package, release, file, domain or source. Unknown is told as unknown, with why.',
  input: z.strictObject({
    id: thing,
    fields: z
      .array(z.string().max(60))
      .max(60)
      .default([])
      .describe(
        'Only these fields of a record, such as summary, path, attribution, releases, indicators, detectionNotes; all where empty.',
      ),
    as_of: asOfDay,
    ...paging(60),
  }),
  example: { id: 'SC-2018-EVENT-STREAM', fields: ['summary', 'path', 'attribution'] },
  run: (answers, { id, fields, as_of: asOf, offset, limit }) =>
    tellNode(answers, resolveNode(answers.on(asOf), id, asOf), { fields, asOf, offset, limit }),
});

/** Everything about a node, or some fields of its record. */
export function tellNode(
  answers: CorpusAnswers,
  { id }: GraphNode,
  { fields, asOf, ...page }: Page & { readonly fields: readonly string[]; readonly asOf: string | undefined },
): Answer {
  const graph = answers.on(asOf);
  const [node, whole] = [graph.nodes.get(id), answers.graph.nodes.get(id)];
  if (!node || !whole) throw new RangeError(`no node ${id}`);
  const all = whole.record ? recordSections(answers.graph, whole.record, asOf) : declaredSections(answers, node, asOf);
  const known = whole.record ? fieldNames(whole.record.kind) : ['declarations'];
  const wrong = fields.filter((name) => !known.includes(name));
  if (wrong.length > 0)
    throw new AppError(
      'usage',
      `there is no field ${wrong.map((name) => JSON.stringify(quoted(name))).join(', ')} here; there are ${known.join(', ')}`,
    );
  const wanted = [...new Set(fields)];
  const told = wanted.length === 0 ? [...withJudgementsTogether(all), tiesOf(graph, node, asOf)] : wantedSections(all, wanted, asOf);
  return makeAnswer(
    {
      title: `${nodeLabel(node, asOf)} (${nodeKinds[node.kind].title.toLowerCase()}, ${node.id})`,
      asOf,
      notes: notesOn(all, fields, asOf),
    },
    told.filter(({ statements }) => statements.length > 0),
    page,
  );
}

function notesOn(all: readonly DraftSection[], fields: readonly string[], asOf: string | undefined): string[] {
  const names = all.map(({ name, statements }) => `${name} ${statements.length}`).join(', ');
  return [
    ...(names && fields.length === 0 ? [`fields and how many statements each has: ${names}`] : []),
    ...(asOf
      ? [
          'told is only what rests wholly on dated documents public by that day; titles, judgements and what was unknown are of today and are left out',
        ]
      : []),
  ];
}

/** Judgements of the record under one heading, where the first of them stands. */
function withJudgementsTogether(all: readonly DraftSection[]): DraftSection[] {
  const isJudgement = ({ statements }: DraftSection) => statements.every(({ basis }) => basis === 'judgement');
  const judged = { name: 'judgements of the record', statements: all.filter(isJudgement).flatMap(({ statements }) => statements) };
  const first = all.find(isJudgement);
  return all.flatMap((section) => (section === first ? [judged] : isJudgement(section) ? [] : [section]));
}

function wantedSections(all: readonly DraftSection[], wanted: readonly string[], asOf: string | undefined): DraftSection[] {
  return wanted.map((name) => {
    const found = all.find((section) => section.name === name);
    if (found) return found;
    const text = asOf ? 'nothing is told of this for that day' : 'not recorded: nobody has looked, which is neither none nor unknown';
    return { name, statements: [{ text, basis: 'absent' }] };
  });
}

/** What records say of a thing that is no record itself. */
function declaredSections(answers: CorpusAnswers, { declarations }: GraphNode, asOf: string | undefined): DraftSection[] {
  const known = answers.on(asOf).nodes;
  const statements = declarations.flatMap(({ record, path }) => {
    const cites = citesOfEdge({ record, path });
    const value = valueAt(record, path);
    if (!restsOnPublic(record, cites, asOf) || (asOf !== undefined && namesLater(answers.graph, value, asOf))) return [];
    const id = nodeId(record.kind, record.data.id);
    // An earlier document may stand in the record of a later incident.
    if (!known.has(id)) return [];
    const said = path[0] === 'references' ? `cited by ${record.data.id}` : `${record.data.id} says: ${factsOf(value)}`;
    return [{ text: said, basis: 'cited' as const, cite: citing(record, cites, asOf), id }];
  });
  return statements.length > 0 ? [{ name: 'declarations', statements }] : [];
}

/** Its ties, but for those to documents: the first of each relation, and how many there are. */
function tiesOf(graph: Graph, node: GraphNode, asOf: string | undefined): DraftSection {
  // An incident's ties are its own statements, told above; those of other incidents to it are not.
  const groups = neighbours(graph, node.id).filter(
    ({ relation, direction }) => relation !== 'cites' && !(node.kind === 'incident' && direction === 'out'),
  );
  return {
    name: 'ties',
    statements: groups.flatMap(({ relation, direction, edges }) => {
      const shown = edges.slice(0, 5).map((edge) => edgeStatement(graph, edge, direction, asOf));
      const { label, inverse } = relations[relation];
      const rest = `${edges.length - shown.length} more under ${direction === 'out' ? label : inverse}: neighbours with relation ${relation}, direction ${direction}`;
      return edges.length > shown.length ? [...shown, { text: rest, basis: 'computed' as const }] : shown;
    }),
  };
}
