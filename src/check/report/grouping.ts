import { type CheckResult, type Finding, isExposed } from '../check.ts';
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
  readonly components: number;
  /** Those of an ecosystem that something is known about. */
  readonly compared: number;
}

/** Counts findings and inputs. */
export function verdictOf({ findings, coverage, uncovered }: CheckResult): Verdict {
  const components = coverage.reduce((sum, each) => sum + each.components, 0);
  return {
    exposed: findings.filter(({ state }) => isExposed(state)).length,
    other: findings.filter(({ state }) => !isExposed(state)).length,
    unread: coverage.filter(({ failure }) => failure).length,
    components,
    compared: Math.max(0, components - uncovered.reduce((sum, each) => sum + each.components, 0)),
  };
}

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
