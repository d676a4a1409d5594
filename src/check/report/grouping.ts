import type { Comparison, Finding } from '../check.ts';
import { type IndexHeader, isCorpusIndex } from '../index/index-format.ts';
import type { Exposure, MatchState } from '../match.ts';
import { count, kindLabel } from './labels.ts';

/** Findings of one incident or advisory. */
export interface FindingGroup {
  /** Incident or advisory id. */
  readonly id: string;
  readonly title: string;
  readonly state: MatchState;
  /** That of its gravest finding. */
  readonly exposure: Exposure | undefined;
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
    return first ? [{ id, title: titleOf(first), state: first.state, exposure: first.exposure, findings: own }] : [];
  });
}

function titleOf({ incident, knowledge }: Finding): string {
  return incident?.title ?? knowledge.title ?? `Malicious code in ${knowledge.name}`;
}

/** What things of a kind were compared with: an index of malicious packages, the corpus alone, or nothing. */
export type KnownThrough = 'index' | 'corpus' | 'nothing';

export function knownThrough({ corpusNames, indexNames }: Comparison): KnownThrough {
  return indexNames > 0 ? 'index' : corpusNames > 0 ? 'corpus' : 'nothing';
}

/** One line for each kind of thing in the inputs: what it was compared with. */
export function comparisonLine(comparison: Comparison): string {
  const { type, components, corpusNames, indexNames } = comparison;
  const amount = `${kindLabel(type)}: ${count(components, 'component')}`;
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
  return 'There is no index of malicious packages here: packages that no incident in this corpus names were not checked.';
}

/** What names of a kind are called where they are none. */
const NAMES_OF: Readonly<Record<string, string>> = { file: 'digest', network: 'address' };
