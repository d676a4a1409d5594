import { Argument, type Command } from 'commander';
import { AppError } from '../base/problem.ts';
import { alignColumns } from '../base/terminal-text.ts';
import { type Graph, recordsOf } from '../graph/graph.ts';
import { runQuery } from '../query/evaluate.ts';
import { queryFields, sortKeys } from '../query/fields.ts';
import { incidentRow } from '../query/incident-row.ts';
import { describeFault, isQueryFault, MISSING, type ParsedQuery, parseQuery, type Query } from '../query/parse.ts';
import { valueTable } from '../query/value-table.ts';
import type { CorpusRecord } from '../schema/record.ts';
import type { Terminal } from './terminal.ts';

type IncidentRecord = Extract<CorpusRecord, { kind: 'incident' }>;

/** Adds the argument that narrows and orders a list of incidents. */
export function addQuery(command: Command): Command {
  return command.addArgument(new Argument('[query...]', 'which incidents, and in which order: see `threatpedia explain query`'));
}

/** Parses the words behind a command as one query. Throws AppError `usage` that points at what is wrong. */
export function queryOf(words: readonly string[], graph: Graph): ParsedQuery {
  const text = words.join(' ');
  const parsed = parseQuery(text, valueTable(graph));
  if (isQueryFault(parsed)) throw new AppError('usage', `the query cannot be read\n${describeFault(text, parsed)}`);
  return parsed;
}

/** The records that a query asks for, in its order. `graph` gives the names that its words are compared with. */
export function queryIncidents(graph: Graph, records: readonly IncidentRecord[], query: ParsedQuery): IncidentRecord[] {
  const byId = new Map(records.map((record) => [record.data.id, record]));
  const rows = records.map((record) => incidentRow(graph, record));
  return runQuery(rows, query).map(({ id }) => byId.get(id) as IncidentRecord);
}

/** Incidents of a graph that a query asks for. */
export function incidentsFor(graph: Graph, words: readonly string[]): IncidentRecord[] {
  return queryIncidents(graph, recordsOf(graph, 'incident'), queryOf(words, graph));
}

/** Whether a query looks into texts, which are those of today whichever day is asked for. */
export function asksForProse(query: Query | undefined): boolean {
  if (!query) return false;
  if (query.op === 'words') return true;
  if (query.op === 'field') return query.field === 'title';
  return query.op === 'not' ? asksForProse(query.of) : query.of.some(asksForProse);
}

/** The query language in words, for a terminal. */
export function queryHelp({ width, colors: { bold } }: Terminal): string {
  const rows = (entries: readonly (readonly [string, string, string])[]) =>
    alignColumns(
      entries.map(([one, two, three]) => [bold(one), two, three]),
      width,
    );
  return [
    'Parts side by side narrow; `or` widens; `-` or `not` before a part excludes; brackets group; other words, and "phrases", are looked for in titles,',
    'names, aliases, advisory ids and summaries. A field takes one value or several with commas: any of them.',
    '',
    rows(Object.entries(queryFields).map(([name, { meaning, example }]) => [`${name}:`, example, meaning])),
    '',
    'Instead of a value:',
    rows(Object.entries(MISSING).map(([word, meaning]) => [word, meaning, ''])),
    '',
    'Dates and numbers also take ranges: 2020..2024, >=2023-03, <10. A date fits where it certainly lies within.',
    '',
    'Order:',
    rows(Object.entries(sortKeys).map(([key, { meaning, high }]) => [`sort:${key}`, meaning, `sort:${key}-desc: ${high.toLowerCase()}`])),
  ].join('\n');
}
