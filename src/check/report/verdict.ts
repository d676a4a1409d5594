import { formatCount } from '../../base/format-count.ts';
import type { CheckResult } from '../check.ts';
import { LINE_FORMATS } from '../inventory/formats.ts';
import type { NotUnderstood } from '../inventory/inventory.ts';
import type { Exposure } from '../match.ts';
import { type KnownThrough, knownThrough } from './grouping.ts';
import { count, dayOf, timesOf, type Window } from './labels.ts';

/** What the whole says, in numbers. */
export interface Verdict {
  /** Findings that mean exposure: those that are definite, and those that are only possible. */
  readonly exposed: number;
  readonly definite: number;
  readonly possible: number;
  readonly other: number;
  readonly unread: number;
  /** Lines and entries, in inputs that were read, that could not be understood: nothing is known about them. */
  readonly notUnderstood: number;
  readonly inputs: number;
  readonly components: number;
  /** Those of a kind that something is known about. */
  readonly compared: number;
  /** Those of a kind that only the corpus knows something about. */
  readonly corpusOnly: number;
}

/** Counts findings and inputs. */
export function verdictOf({ findings, coverage, comparisons }: CheckResult): Verdict {
  const sumOf = (through: KnownThrough) =>
    comparisons.filter((each) => knownThrough(each) === through).reduce((sum, each) => sum + each.components, 0);
  const [definite, possible] = (['definite', 'possible'] as const).map(
    (wanted) => findings.filter(({ exposure }) => exposure === wanted).length,
  ) as [number, number];
  return {
    exposed: definite + possible,
    definite,
    possible,
    other: findings.length - definite - possible,
    unread: coverage.filter(({ failure }) => failure).length,
    notUnderstood: coverage.reduce((sum, { skipped }) => sum + countOf(skipped), 0),
    inputs: coverage.length,
    components: coverage.reduce((sum, each) => sum + each.components, 0),
    compared: sumOf('index') + sumOf('corpus'),
    corpusOnly: sumOf('corpus'),
  };
}

/** What of an input tells how completely it was read: of a result, or of a report as data. */
export interface Reading {
  readonly input: string;
  readonly format?: string | undefined;
  readonly skipped: readonly { readonly reason: string; readonly count: number; readonly notUnderstood?: readonly NotUnderstood[] }[];
}

/** Whether all that was given could be read and understood: without that, finding nothing says little. */
export function isComplete({ inputs, unread, notUnderstood }: Pick<Verdict, 'inputs' | 'unread' | 'notUnderstood'>): boolean {
  return inputs > 0 && unread === 0 && notUnderstood === 0;
}

function countOf(skipped: Reading['skipped']): number {
  return skipped.reduce((sum, { count: times, notUnderstood }) => sum + (notUnderstood ? times : 0), 0);
}

/** What a headline is made from: of a result, or of a report as data. */
export interface Told {
  readonly findings: readonly { readonly exposure?: Exposure | undefined; readonly window?: Window | undefined }[];
  readonly summary: Omit<Verdict, 'other' | 'corpusOnly'>;
  readonly coverage: readonly Reading[];
  readonly asOf: string | undefined;
}

/** A result as its headline sees it. */
export function toldBy(result: CheckResult): Told {
  const findings = result.findings.map(({ exposure, knowledge }) => ({ exposure, window: knowledge.window }));
  return { findings, summary: verdictOf(result), coverage: result.coverage, asOf: result.options.asOf };
}

/**
 * The verdict in a few words: what is definite before what is only possible, and the day that it holds for. What could not be read or compared is never told
 * as free of exposure.
 */
export function headlineOf({ findings, summary, coverage, asOf }: Told): string {
  const { definite, possible, unread, inputs, components, compared } = summary;
  const known = asOf ? `, as known on ${asOf}` : '';
  const only = possible > 0 ? `${count(possible, 'match')} (${condition(findings)})` : '';
  if (definite > 0) return `Exposed: ${count(definite, 'match')}${only ? ` · possibly exposed: ${only}` : ''}${known}`;
  if (only) return `Possibly exposed: ${only}${known}`;
  if (inputs === 0) return 'Nothing was looked up: no input was found';
  if (unread === inputs) return 'Nothing could be read';
  const rest = unread > 0 ? `${unread} of ${count(inputs, 'input')} could not be read` : '';
  const gap = gapLine(coverage);
  if (components === 0) return `Nothing was looked up: ${gap || 'no component was read'}`;
  if (compared === 0) return `Nothing could be compared${gap && `; ${gap}`}`;
  if (gap) {
    const checked = count(components, coverage.every(isOfLines) ? 'line' : 'component');
    return `${checked} checked without a match${known}${rest && `; ${rest}`}, ${gap}`;
  }
  const none = asOf ? `No exposure known on ${asOf}` : 'No exposure found';
  return rest ? `${none} in the rest: ${rest}` : none;
}

/** Lines that a headline quotes. */
const QUOTED_LINES = 3;

/** What could not be understood, with the first of it: `2 lines not understood: “a”, “b”`; empty where all was. */
export function gapLine(coverage: readonly Reading[]): string {
  const gaps = coverage.filter(({ skipped }) => countOf(skipped) > 0);
  const total = gaps.reduce((sum, { skipped }) => sum + countOf(skipped), 0);
  if (total === 0) return '';
  const shown = gaps.flatMap(({ skipped }) => skipped.flatMap(({ notUnderstood = [] }) => notUnderstood)).slice(0, QUOTED_LINES);
  const more = total > shown.length ? ` and ${formatCount(total - shown.length)} more` : '';
  return `${count(total, gaps.every(isOfLines) ? 'line' : 'entry')} not understood: ${shown.map(({ text }) => quoted(text, 60)).join(', ')}${more}`;
}

/** Everything that was not understood and is kept, to be listed: `pasted text:2: “…”`; and how much more there is of each reason. */
export function gapList(coverage: readonly Reading[]): string[] {
  return coverage.flatMap(({ input, skipped }) =>
    skipped.flatMap(({ reason, count: times, notUnderstood }) => {
      if (!notUnderstood) return [];
      const lines = notUnderstood.map(({ text, line }) => `${input}${line ? `:${line}` : ''}: ${reason}: ${quoted(text, 200)}`);
      const rest = times - notUnderstood.length;
      return rest > 0 ? [...lines, `${input}: ${formatCount(rest)} more: ${reason}`] : lines;
    }),
  );
}

function isOfLines({ format }: Reading): boolean {
  return format !== undefined && LINE_FORMATS.has(format);
}

/** A text of an input in quotes, on one line, cut. */
function quoted(text: string, length: number): string {
  const plain = text.replace(/[\s\p{C}]+/gu, ' ');
  return `“${plain.length > length ? `${plain.slice(0, length)}…` : plain}”`;
}

/** What has to be so for possible exposure to be exposure. */
function condition(findings: Told['findings']): string {
  const possible = findings.filter(({ exposure }) => exposure === 'possible');
  const windows = new Set(possible.flatMap(({ window }) => (window ? [daysOf(window)] : [])));
  const [one] = windows;
  if (windows.size === 0) return 'only if of that ecosystem';
  return windows.size === 1 ? `only if used ${one}` : 'only if used within their windows';
}

/** A window in whole days: `2025-03-14 to 2025-03-15`. */
function daysOf({ from, to }: Window): string {
  return timesOf({ from: from && dayOf(from), to: to && dayOf(to, 'last') });
}

/** How many things were looked up in how many inputs, as a sentence. */
export function amountLine({ components, inputs, corpusOnly }: Verdict): string {
  const part = corpusOnly < components ? `${formatCount(corpusOnly)} of them ` : components > 1 ? 'all of them ' : '';
  const only = corpusOnly > 0 ? `, ${part}in the corpus only` : '';
  return `${count(components, 'component')} of ${count(inputs, 'input')} ${components === 1 ? 'was' : 'were'} looked up${only}.`;
}
