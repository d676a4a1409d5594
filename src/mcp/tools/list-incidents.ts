import { z } from 'zod';
import { type CorpusAnswers, QueryError } from '../../answers/corpus-answers.ts';
import { AppError } from '../../base/problem.ts';
import { findNode } from '../../graph/graph.ts';
import { dateOf, incidentSummary } from '../../graph/incident-list.ts';
import type { Citation } from '../../schema/evidence.ts';
import type { IncidentRecord } from '../../schema/record.ts';
import { type DraftStatement, makeAnswer } from '../answer.ts';
import { citing, restsOnPublic } from '../citations.ts';
import { quoted } from '../quoted-text.ts';
import { asOfDay, defineTool, paging } from '../tool.ts';

export const listIncidents = defineTool({
  name: 'list_incidents',
  title: 'List incidents',
  description:
    'Lists incidents that a query asks for, the latest disclosed first: fields (ecosystem:npm, vector:typosquatting, year:2020..2024, actor:unc4736, nexus:north-korea, disclosed:>=2023-03), words, "phrases", or, -, brackets, sort:title. Call explain with "query" for the whole language.',
  input: z.strictObject({
    query: z.string().max(1_000).default('').describe('The query; empty for all incidents.'),
    as_of: asOfDay,
    ...paging(20),
  }),
  example: { query: 'ecosystem:npm year:2025 -depth:indexed' },
  run(answers, { query, as_of: asOf, offset, limit }) {
    const { total, incidents } = ask(answers, query, asOf);
    const title = `${total} incidents${query.trim() ? ` for “${quoted(query)}”` : ''}`;
    const statements = incidents.map((record) => (asOf === undefined ? incidentLine(record) : earlierLine(answers, record, asOf)));
    return makeAnswer({ title, asOf }, [{ name: 'Incidents', statements }], { offset, limit });
  },
});

/** What a query asks for. A query that cannot be read is told with where it goes wrong, and mended where that can be done. */
function ask(answers: CorpusAnswers, query: string, asOf: string | undefined) {
  try {
    return answers.incidents(query, { asOf });
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const mended = mendedQuery(answers, query, error.fault);
    const fix = mended === undefined ? 'explain tells the whole language for the word "query"' : `ask again with the query ${mended}`;
    throw new AppError('usage', `${quotedLines(error.message)}\n${fix}`);
  }
}

function mendedQuery(answers: CorpusAnswers, query: string, { offset, length, fix }: QueryError['fault']): string | undefined {
  const suggested = /^did you mean (.+)\?$/.exec(fix ?? '')?.[1];
  if (!suggested) return undefined;
  const mended = query.slice(0, offset) + suggested + query.slice(offset + length);
  try {
    answers.parse(mended);
    return quoted(mended);
  } catch {
    return undefined;
  }
}

function quotedLines(text: string): string {
  return text.split('\n').map(quoted).join('\n');
}

function incidentLine(record: IncidentRecord): DraftStatement {
  const { id, title, disclosed, missing, vectors, ecosystems, status, depth } = incidentSummary(record);
  const facts = `Disclosed: ${disclosed ?? (missing.disclosed === 'unknown' ? 'unknown' : 'not recorded')}; vectors: ${vectors.join(', ')}; ecosystems: ${ecosystems.join(', ')}; status: ${status}; depth of record: ${depth}`;
  const { summary, disclosed: fact } = record.data;
  const cites = [...summary.cites, ...(fact && 'date' in fact ? fact.cites : [])];
  return { text: quoted(`${title}. ${facts}`), basis: 'cited', cite: citing(record, cites, undefined), id: `incident:${id}` };
}

/** An incident as known on a day: that it was known, and when it was disclosed; title and judgements are of today. */
function earlierLine({ graph }: CorpusAnswers, record: IncidentRecord, asOf: string): DraftStatement {
  const { id, disclosed, references } = record.data;
  const since = findNode(graph, 'incident', id)?.knownSince ?? 'an earlier day';
  const whole = disclosed && 'date' in disclosed && restsOnPublic(record, disclosed.cites, asOf) ? disclosed : undefined;
  const cites: readonly Citation[] = whole?.cites ?? references.slice(0, 3).map((reference) => reference.id);
  const text = `${id}: publicly known since ${since}${whole ? `; disclosed ${dateOf(whole)}` : ''}`;
  return { text, basis: 'cited', cite: citing(record, cites, asOf), id: `incident:${id}` };
}
