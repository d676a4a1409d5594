import { z } from 'zod';
import { findNode } from '../../graph/graph.ts';
import { runQuery } from '../../query/evaluate.ts';
import { describeFault, isQueryFault, parseQuery, type QueryFault, type ValueTable } from '../../query/parse.ts';
import type { IncidentRow } from '../../query/row.ts';
import { type DraftStatement, makeAnswer } from '../answer.ts';
import { citing } from '../citations.ts';
import type { KnowledgeBase } from '../knowledge-base.ts';
import { quoted } from '../quoted-text.ts';
import { defineTool, paging } from '../tool.ts';
import { ToolError } from '../tool-error.ts';

export const listIncidents = defineTool({
  name: 'list_incidents',
  title: 'List incidents',
  description:
    'Lists incidents that a query asks for, the latest disclosed first: fields (ecosystem:npm, vector:typosquatting, year:2020..2024, actor:unc4736, disclosed:>=2023-03), words, "phrases", or, -, brackets, sort:title. Call explain with "query" for the whole language.',
  input: z.strictObject({
    query: z.string().max(1_000).default('').describe('The query; empty for all incidents.'),
    ...paging(20),
  }),
  example: { query: 'ecosystem:npm year:2025 -depth:indexed' },
  run(base, { query, offset, limit }) {
    const parsed = parseQuery(query, base.values);
    if (isQueryFault(parsed))
      throw new ToolError(`the query cannot be read, ${describeFault(quoted(query), parsed)}`, howToMend(query, parsed, base.values));
    const rows = runQuery(base.rows, parsed);
    const statements = rows.map((row) => incidentLine(base, row));
    const title = `${rows.length} of ${base.rows.length} incidents${query.trim() ? ` for “${quoted(query)}”` : ''}`;
    return makeAnswer({ title }, [{ name: 'Incidents', statements }], { offset, limit });
  },
});

function incidentLine({ graph }: KnowledgeBase, row: IncidentRow): DraftStatement {
  const record = findNode(graph, 'incident', row.id)?.record;
  const disclosed = row.disclosed || 'not recorded';
  const text = `${row.id}: ${row.title}. Disclosed: ${disclosed}; vectors: ${row.vector.join(', ')}; ecosystems: ${row.ecosystem.join(', ')}; status: ${row.status}; depth of record: ${row.depth}`;
  if (record?.kind !== 'incident') return { text: quoted(text), basis: 'judgement', id: `incident:${row.id}` };
  const { summary, disclosed: fact } = record.data;
  const cites = [...summary.cites, ...(fact && 'date' in fact ? fact.cites : [])];
  return { text: quoted(text), basis: 'cited', cite: citing(record, cites, undefined), id: `incident:${row.id}` };
}

/** The query with the suggestion in it, where that makes it one that can be read; else where to read about the language. */
function howToMend(query: string, { offset, length, fix }: QueryFault, values: ValueTable): string {
  const suggested = /^did you mean (.+)\?$/.exec(fix ?? '')?.[1];
  const mended = suggested && query.slice(0, offset) + suggested + query.slice(offset + length);
  if (mended && !isQueryFault(parseQuery(mended, values))) return `ask again with: ${quoted(mended)}`;
  return 'the tool explain tells the whole language for the word "query", and the values of a field for the name of its vocabulary';
}
