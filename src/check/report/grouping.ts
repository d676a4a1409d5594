import { formatCount } from '../../base/format-count.ts';
import { type CheckResult, type Comparison, type Finding, isExposed } from '../check.ts';
import { type IndexHeader, isCorpusIndex } from '../index/index-format.ts';
import type { MatchState } from '../match.ts';

/** Findings of one incident or advisory. */
export interface FindingGroup {
  /** Incident or advisory id. */
  readonly id: string;
  readonly title: string;
  readonly state: MatchState;
  readonly findings: readonly Finding[];
}

/** Findings by incident or advisory, the gravest group first, in the order of the findings. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const known = groups.get(finding.knowledge.id);
    if (known) known.push(finding);
    else groups.set(finding.knowledge.id, [finding]);
  }
  return [...groups].flatMap(([id, own]) => {
    const [first] = own;
    return first ? [{ id, title: titleOf(first), state: first.state, findings: own }] : [];
  });
}

function titleOf({ incident, knowledge }: Finding): string {
  return incident?.title ?? knowledge.title ?? `Malicious code in ${knowledge.name}`;
}

/** What the whole says, in numbers. */
export interface Verdict {
  readonly exposed: number;
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
  const components = coverage.reduce((sum, each) => sum + each.components, 0);
  return {
    exposed: findings.filter(({ state }) => isExposed(state)).length,
    other: findings.filter(({ state }) => !isExposed(state)).length,
    unread: coverage.filter(({ failure }) => failure).length,
    inputs: coverage.length,
    components,
    compared: sumOf('index') + sumOf('corpus'),
    corpusOnly: sumOf('corpus'),
  };
}

/** The verdict in a few words. What could not be read or compared is never told as free of exposure. */
export function headlineOf({ exposed, unread, inputs, compared }: Omit<Verdict, 'other' | 'corpusOnly'>): string {
  if (exposed > 0) return `Exposed: ${exposed} ${exposed === 1 ? 'match' : 'matches'}`;
  if (inputs > 0 && unread === inputs) return 'Nothing could be read';
  if (compared === 0) return 'Nothing could be compared';
  return unread > 0 ? `No exposure found in the rest: ${unread} of ${inputs} inputs could not be read` : 'No exposure found';
}

/** What things of a kind were compared with: an index of malicious packages, the corpus alone, or nothing. */
export type KnownThrough = 'index' | 'corpus' | 'nothing';

export function knownThrough({ corpusNames, indexNames }: Comparison): KnownThrough {
  return indexNames > 0 ? 'index' : corpusNames > 0 ? 'corpus' : 'nothing';
}

/** One line for each kind of thing in the inputs: what it was compared with. */
export function comparisonLine(comparison: Comparison): string {
  const { type, components, corpusNames, indexNames } = comparison;
  const amount = `${type}: ${count(components, 'component')}`;
  switch (knownThrough(comparison)) {
    case 'index':
      return `${amount}, compared with ${count(indexNames, 'name')} of malicious packages and ${count(corpusNames, 'name')} of the corpus`;
    case 'corpus':
      return `${amount}, compared only with the ${count(corpusNames, NAMES_OF[type] ?? 'name')} that the corpus knows`;
    case 'nothing':
      return `${amount}, compared with nothing: none is known here`;
  }
}

/** Says that no index of malicious packages was at hand; undefined where one was. */
export function missingIndexLine({ knowledge }: { readonly knowledge: readonly Pick<IndexHeader, 'sources'>[] }): string | undefined {
  if (!knowledge.every(isCorpusIndex)) return undefined;
  return 'No index of malicious packages was at hand: of packages that no incident of the corpus names, nothing is known.';
}

/** What names of a kind are called where they are none. */
const NAMES_OF: Readonly<Record<string, string>> = { file: 'digest', network: 'address' };

function count(number: number, noun: string): string {
  return `${formatCount(number)} ${noun}${number === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;
}

/** Sign of each state of a hop: colour is never the only one. */
export const HOP_MARKS: Readonly<Record<string, string>> = { compromised: '✕', abused: '!', intact: '✓', unknown: '?' };

/** Heading of each state, for people. */
export const STATE_LABELS: Readonly<Record<MatchState, string>> = {
  confirmed: 'Exposed',
  'in-window': 'Exposed in a window',
  'could-resolve': 'Could resolve to a bad version',
  'name-only': 'Same name, other origin',
  'unconfirmed-range': 'Covered by an unconfirmed claim on all versions',
  'not-comparable': 'Version not comparable',
  'outside-window': 'Outside of the window',
  withdrawn: 'Advisory withdrawn',
};
