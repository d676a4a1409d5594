import { findNearest } from '../base/nearest.ts';
import type { Problem } from '../base/problem.ts';
import { fieldsAt } from '../schema/field-docs.ts';
import { type CorpusRecord, isRecordKind, type RecordKind, recordKindNames, recordKinds } from '../schema/record.ts';
import { partialFaults } from './partial-faults.ts';
import { type RuleFault, recordFaults } from './record-rules.ts';
import { leafIssues, schemaFaults } from './schema-faults.ts';
import { SharedTexts } from './shared-texts.ts';
import { type SourceText, sourceText } from './source-text.ts';
import { type DataPath, MAX_BYTES, parseYamlText, type YamlText } from './yaml-text.ts';

/** Problems told per file. A record that has more needs a new start, not a longer list. */
const MAX_PROBLEMS = 500;

/** What became of one file: a record that parsed, or the problems why not. Warnings may stand beside a record. */
export interface ParsedFile {
  readonly record: CorpusRecord | undefined;
  readonly problems: readonly Problem[];
  /** Where the value at a path stands, for problems found later across records. */
  locate(path: DataPath): { source: SourceText; offset: number };
}

/**
 * Parses the bytes of one record file: encoding, YAML, schema, then the rules within the record. `file` is relative to the corpus folder
 * (`incidents/2023/3cx-desktopapp.yaml`), `shownAs` what diagnostics print.
 */
export function parseRecord(bytes: Uint8Array, file: string, shownAs: string = file): ParsedFile {
  if (bytes.byteLength > MAX_BYTES) {
    const source = sourceText(shownAs, '');
    const message = `the file has ${bytes.byteLength} bytes; a record has at most ${MAX_BYTES}`;
    return refused(source, source.toProblem({ code: 'file-too-large', offset: 0, message, fix: 'split it, or list versions on one line' }));
  }
  const decoded = decode(bytes);
  const source = sourceText(shownAs, decoded.text);
  if (decoded.badOffset !== undefined) {
    return refused(
      source,
      source.toProblem({
        code: 'not-utf8',
        offset: decoded.badOffset,
        message: 'the bytes here are not UTF-8',
        fix: 'save the file as UTF-8',
      }),
    );
  }
  const yaml = parseYamlText(decoded.text);
  if (yaml.faults.length > 0) return refused(source, ...yaml.faults.map(source.toProblem));
  const kind = kindOf(yaml, file);
  if (typeof kind !== 'string') return refused(source, source.toProblem(kind));
  return parseAs(kind, yaml, source, file);
}

function parseAs(kind: RecordKind, yaml: YamlText, source: SourceText, file: string): ParsedFile {
  const locate = (path: DataPath) => ({ source, offset: yaml.offsetOf(path) });
  const placed = ({ path, ...fault }: RuleFault) => ({ ...fault, offset: yaml.offsetOf(path) });
  const parsed = recordKinds[kind].schema.safeParse(yaml.data);
  if (!parsed.success) {
    const issues = leafIssues(parsed.error.issues, yaml.data);
    const faults = issues.flatMap((issue) => schemaFaults(issue, yaml, (path) => fieldsAt(kind, path)));
    const broken = partialFaults(kind, file, yaml.data as object, issues).map(placed);
    return { record: undefined, problems: [...faults, ...broken].slice(0, MAX_PROBLEMS).map(source.toProblem), locate };
  }
  const record = { kind, file, data: detached(parsed.data) } as CorpusRecord;
  return { record, problems: recordFaults(record).map(placed).map(source.toProblem), locate };
}

/**
 * The same data in strings of its own, each text once. Strings that the YAML parser made are slices of the file's text and would keep all of it in
 * memory; the id of a reference is cited many times.
 */
function detached<Data>(data: Data): Data {
  return new SharedTexts().share(JSON.parse(JSON.stringify(data)) as Data);
}

function refused(source: SourceText, ...problems: Problem[]): ParsedFile {
  return { record: undefined, problems, locate: () => ({ source, offset: 0 }) };
}

/** The kind that `schema:` declares, checked against the folder; or why there is none. */
function kindOf(yaml: YamlText, file: string) {
  const declared =
    yaml.data !== null && typeof yaml.data === 'object' && !Array.isArray(yaml.data) ? Reflect.get(yaml.data, 'schema') : undefined;
  if (typeof declared !== 'string') {
    return {
      code: 'unknown-kind' as const,
      offset: yaml.offsetOf([]),
      message: 'expected a mapping that starts with `schema: incident/1` or another kind',
    };
  }
  const [kind = '', version] = declared.split('/');
  if (!isRecordKind(kind) || version !== '1') {
    const known = recordKindNames.map((name) => `${name}/1`);
    const nearest = findNearest(declared, known);
    const message = `expected one of ${known.join(', ')}, got ${JSON.stringify(declared.slice(0, 60))}${nearest ? `; did you mean "${nearest}"?` : ''}`;
    return { code: 'unknown-kind' as const, offset: yaml.offsetOf(['schema']), message };
  }
  const folder = file.split('/')[0];
  if (file.includes('/') && folder !== recordKinds[kind].folder) {
    const message = `a record of kind "${kind}" belongs in ${recordKinds[kind].folder}/, not in ${folder}/`;
    return { code: 'unknown-kind' as const, offset: yaml.offsetOf(['schema']), message };
  }
  return kind;
}

/** UTF-8 text without a leading byte-order mark; or the offset (in the text up to there) of the first byte that is not UTF-8. */
function decode(bytes: Uint8Array): { text: string; badOffset?: number } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    const genuine = Buffer.from('\ufffd');
    let badOffset = text.indexOf('\ufffd');
    // A replacement character that really stands in the file is no fault: compare with the bytes at that place.
    for (; badOffset !== -1; badOffset = text.indexOf('\ufffd', badOffset + 1)) {
      const before = Buffer.byteLength(text.slice(0, badOffset)) + (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
      if (Buffer.compare(bytes.subarray(before, before + 3), genuine) !== 0) break;
    }
    return { text, badOffset: Math.max(0, badOffset) };
  }
}
