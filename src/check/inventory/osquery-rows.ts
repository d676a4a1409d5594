import { asList, asRecord, asText, field, type JsonRecord, linesOf, parseJson, pointer, type SkipCounter } from './input-text.ts';
import { type Place, UnreadableInput } from './inventory.ts';

/** A row of a result, with what the result is called where it has a name. */
export interface OsqueryRow {
  readonly columns: JsonRecord;
  readonly at: Place;
  /** Name of the query or table, as the schedule or Fleet calls it. */
  readonly hint: string | undefined;
}

/** Results within results are not nested deeper than this. */
const MAX_NESTING = 6;

/**
 * The rows of a text: a JSON list of rows (`osqueryi --json`), results of the daemon (differential, snapshot or in events, also one a line), and what
 * Fleet returns (https://osquery.readthedocs.io/en/stable/deployment/logging/, https://fleetdm.com/docs/rest-api/rest-api#queries).
 */
export function readOsqueryRows(text: string, skipped: SkipCounter): OsqueryRow[] {
  if (text.trim() === '') throw new UnreadableInput('expected rows of osquery in JSON, found an empty file');
  const reader = new RowReader(skipped);
  if (isLines(text)) reader.readLines(text);
  else {
    const document = parseJson(text);
    if (!Array.isArray(document) && !asRecord(document)) throw new UnreadableInput('expected rows of osquery, found JSON of another kind');
    reader.read(document, { hint: undefined, nesting: 0 }, []);
  }
  return reader.rows;
}

/** Several JSON objects, one a line. */
function isLines(text: string): boolean {
  const start = text.trimStart();
  const end = start.indexOf('\n');
  if (!start.startsWith('{') || end < 0 || start.slice(end).trim() === '') return false;
  try {
    JSON.parse(start.slice(0, end));
    return true;
  } catch {
    return false;
  }
}

interface Inside {
  readonly hint: string | undefined;
  readonly nesting: number;
}

class RowReader {
  readonly rows: OsqueryRow[] = [];
  readonly #skipped: SkipCounter;
  /** Set while lines are read: then a place is a line. */
  #line: number | undefined;

  constructor(skipped: SkipCounter) {
    this.#skipped = skipped;
  }

  readLines(text: string): void {
    for (const { line, text: row } of linesOf(text, Number.POSITIVE_INFINITY)) {
      if (row.trim() === '') continue;
      this.#line = line;
      const document = this.#parseLine(row, line);
      if (document !== undefined) this.read(document, { hint: undefined, nesting: 0 }, []);
    }
  }

  #parseLine(row: string, line: number): unknown {
    try {
      return parseJson(row);
    } catch (error) {
      if (!(error instanceof UnreadableInput)) throw error;
      this.#skipped.addNotUnderstood('line that is no JSON', row.slice(0, 80), { line });
      return undefined;
    }
  }

  /** A list of rows or results, a result, or a row. */
  read(value: unknown, inside: Inside, path: readonly (string | number)[]): void {
    const at = this.#line === undefined ? { pointer: pointer(...path) } : { line: this.#line };
    const record = asRecord(value);
    if (inside.nesting > MAX_NESTING) this.#skipped.addNotUnderstood('results nested too deep', undefined, at);
    else if (Array.isArray(value)) this.#readList(value, inside, path);
    else if (!record) this.#skipped.addNotUnderstood('entry that is no row', asText(value), at);
    else if (!this.#readResult(record, inside, path, at)) this.rows.push({ columns: record, at, hint: inside.hint });
  }

  #readList(list: readonly unknown[], { hint, nesting }: Inside, path: readonly (string | number)[]): void {
    list.forEach((entry, index) => {
      this.read(entry, { hint, nesting: nesting + 1 }, [...path, index]);
    });
  }

  /** Whether an object is a result that wraps rows. */
  #readResult(record: JsonRecord, { hint, nesting }: Inside, path: readonly (string | number)[], at: Place): boolean {
    const name = asText(field(record, 'name')) ?? asText(field(record, 'query_name')) ?? hint;
    const deeper = { hint: name, nesting: nesting + 1 };
    const columns = field(record, 'columns');
    if (asRecord(columns)) {
      // What a differential result says is gone is not there.
      if (field(record, 'action') === 'removed') this.#skipped.add('row that was removed', name, at);
      else this.read(columns, deeper, [...path, 'columns']);
      return true;
    }
    const difference = field(record, 'diffResults');
    if (asRecord(difference)) {
      for (const _ of asList(field(difference, 'removed'))) this.#skipped.add('row that was removed', name, at);
      this.read(asList(field(difference, 'added')), deeper, [...path, 'diffResults', 'added']);
      return true;
    }
    let isResult = false;
    for (const key of ['snapshot', 'rows', 'results', 'data', 'software', 'software_titles']) {
      const list = field(record, key);
      if (!Array.isArray(list)) continue;
      isResult = true;
      this.read(list, deeper, [...path, key]);
    }
    // Fleet: a host with its software, several levels down.
    const host = isResult ? undefined : field(record, 'host');
    if (!asRecord(host) || !Array.isArray(field(host, 'software'))) return isResult;
    this.read(field(host, 'software'), deeper, [...path, 'host', 'software']);
    return true;
  }
}
