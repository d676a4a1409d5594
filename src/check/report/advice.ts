import type { Finding } from '../check.ts';
import type { CleanRelease } from '../knowledge.ts';
import type { MatchOptions } from '../match.ts';
import { dayOf, timesOf, type Window } from './labels.ts';

/** What a finding, or one of a report as data, says about time and what to do. */
export interface Advised {
  readonly cleanReleases?: readonly CleanRelease[] | undefined;
  /** When it was bad, for what has no release of its own. */
  readonly window?: Window | undefined;
  /** When the bad release could be had. */
  readonly available?: Window | undefined;
  readonly knownSince?: string | undefined;
}

/** Two lines about a finding: the first clean release, and when it was bad. */
export interface Advice {
  readonly clean: string | undefined;
  readonly when: string | undefined;
}

/** The advice of findings that are told together: what all of them share, said once, and what only one of them says. */
export function adviceOf<T>(
  findings: readonly T[],
  advisedBy: (finding: T) => Advised,
  options: Pick<MatchOptions, 'asOf'>,
): { readonly shared: Advice; readonly own: (finding: T) => Advice } {
  const full = (finding: T): Advice => {
    const advised = advisedBy(finding);
    return { clean: cleanLine(advised.cleanReleases ?? []), when: whenLine(advised, options) };
  };
  const all = findings.map(full);
  const same = (line: keyof Advice) => (all.every((each) => each[line] === all[0]?.[line]) ? all[0]?.[line] : undefined);
  const shared = { clean: same('clean'), when: same('when') };
  return {
    shared,
    own: (finding) => {
      const { clean, when } = full(finding);
      return { clean: shared.clean ? undefined : clean, when: shared.when ? undefined : when };
    },
  };
}

/** What a finding says to {@link adviceOf}. */
export function advisedBy({ cleanReleases, knowledge: { window, available, knownSince } }: Finding): Advised {
  return { cleanReleases, window, available, knownSince };
}

/** Advice as sentences that follow another one. */
export function adviceSentences({ clean, when }: Advice): string {
  return [clean, when].flatMap((line) => (line ? [` ${line.charAt(0).toUpperCase()}${line.slice(1)}.`] : [])).join('');
}

/** `First clean release: 4.0.0 (2018-09-16)`; undefined where none is known. */
export function cleanLine([first]: readonly CleanRelease[]): string | undefined {
  return first && `First clean release: ${first.version}${first.published ? ` (${dayOf(first.published)})` : ''}`;
}

/** When what a finding is about was bad or to be had, and since when that is known; what came after the day of the check is not told. */
function whenLine({ window, available, knownSince }: Advised, { asOf }: Pick<MatchOptions, 'asOf'>): string {
  const isKnown = (date: string | undefined): date is string =>
    date !== undefined && (asOf === undefined || date.slice(0, asOf.length) <= asOf);
  return [
    ...(window ? [`bad ${timesOf(isKnown(window.to) ? window : { from: window.from })}`] : []),
    ...(isKnown(available?.from) ? [`published ${available.from}`] : []),
    ...(isKnown(available?.to) ? [`withdrawn ${available.to}`] : []),
    knownSince ? `known since ${knownSince}` : 'not dated by any source',
  ].join(', ');
}
