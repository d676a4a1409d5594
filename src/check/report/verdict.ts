import { formatCount } from '../../base/format-count.ts';
import type { CheckResult } from '../check.ts';
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
    inputs: coverage.length,
    components: coverage.reduce((sum, each) => sum + each.components, 0),
    compared: sumOf('index') + sumOf('corpus'),
    corpusOnly: sumOf('corpus'),
  };
}

/** What a headline is made from: of a result, or of a report as data. */
export interface Told {
  readonly findings: readonly { readonly exposure?: Exposure | undefined; readonly window?: Window | undefined }[];
  readonly summary: Omit<Verdict, 'other' | 'corpusOnly'>;
  readonly asOf: string | undefined;
}

/** A result as its headline sees it. */
export function toldBy(result: CheckResult): Told {
  const findings = result.findings.map(({ exposure, knowledge }) => ({ exposure, window: knowledge.window }));
  return { findings, summary: verdictOf(result), asOf: result.options.asOf };
}

/**
 * The verdict in a few words: what is definite before what is only possible, and the day that it holds for. What could not be read or compared is never told
 * as free of exposure.
 */
export function headlineOf({ findings, summary: { definite, possible, unread, inputs, components, compared }, asOf }: Told): string {
  const known = asOf ? `, as known on ${asOf}` : '';
  const only = possible > 0 ? `${count(possible, 'match')} (${condition(findings)})` : '';
  if (definite > 0) return `Exposed: ${count(definite, 'match')}${only ? ` · possibly exposed: ${only}` : ''}${known}`;
  if (only) return `Possibly exposed: ${only}${known}`;
  if (inputs === 0) return 'Nothing was looked up: no input was found';
  if (unread === inputs) return 'Nothing could be read';
  if (components === 0) return 'Nothing was looked up: no component was read';
  if (compared === 0) return 'Nothing could be compared';
  const none = asOf ? `No exposure known on ${asOf}` : 'No exposure found';
  return unread > 0 ? `${none} in the rest: ${unread} of ${count(inputs, 'input')} could not be read` : none;
}

/** What has to be so for possible exposure to be exposure. */
function condition(findings: Told['findings']): string {
  const windows = new Set(findings.flatMap(({ exposure, window }) => (exposure === 'possible' && window ? [daysOf(window)] : [])));
  const [one] = windows;
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
