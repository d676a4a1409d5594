import { asOfControl } from './as-of-control.ts';
import { pastDays } from './day.ts';

/** Stands for the day of an undated source of prose: later than every day. */
const UNDATED = 'undated source';

/** What part of a statement's dated sources was public on a day. */
type Standing = 'known' | 'partly' | 'later' | 'undated';

interface Statement {
  readonly element: HTMLElement | SVGElement;
  /** First days on which its sources were public. Undated ones never count, and prose that cites one is never known. */
  readonly days: readonly string[];
  /** Prose tells several sources in one breath, so that it counts only when all that they go back to was public. */
  readonly prose: boolean;
}

/**
 * The control "as known on" of a record's page: a day chosen hides what no source had told by then and marks it with the day on which one did. The day stands
 * in the address (`?as-of=2024-03-30`). It reads only what the page says: citations, and the dates of the references. Where
 * these are of one day there is nothing to choose.
 */
export function enhanceAsOf(page: Document): void {
  const host = page.querySelector<HTMLElement>('article:not(.statistics) > [data-as-of]');
  const dayOf = daysOfReferences(page);
  const days = pastDays(dayOf.values());
  if (!host || days.length < 2) {
    host?.remove();
    return;
  }

  // Looked up with the first day that is chosen: most readers stay with today.
  let statements: readonly Statement[] | undefined;
  asOfControl(host, days, (day) => {
    if (!day && !statements) return '';
    statements ??= statementsOf(page, dayOf);
    const counted = apply(page, statements, day);
    if (!day) return '';
    const sources = [...dayOf.values()].filter((known) => known <= day).length;
    const partly = counted.partly > 0 ? `; of ${counted.partly}, behind a dotted line, a part of the sources came later` : '';
    return `${counted.known + counted.partly} of ${statements.length} statements, from ${sources} of ${dayOf.size} dated sources${partly}`;
  });
}

/** Each dated reference, by its number, and each dated source of another record that is cited, by its address → the first day on which it was certainly public. */
function daysOfReferences(page: Document): Map<string, string> {
  const references = page.querySelectorAll<HTMLElement>('.references > [data-public]');
  const cited = page.querySelectorAll<HTMLAnchorElement>('a.cite[data-public]');
  return new Map([
    ...[...references].map((item) => [`#${item.id}`, item.dataset.public ?? ''] as const),
    ...[...cited].map((link) => [link.pathname, link.dataset.public ?? ''] as const),
  ]);
}

function statementsOf(page: Document, dayOf: ReadonlyMap<string, string>): Statement[] {
  const found = new Map<HTMLElement | SVGElement, HTMLAnchorElement[]>();
  for (const cites of page.querySelectorAll<HTMLElement>('article .cites')) {
    const element = cites.closest<HTMLElement>('li, tr, dd') ?? cites.closest<HTMLElement>('p');
    if (!element) continue;
    const links = cites.querySelectorAll<HTMLAnchorElement>('a.cite');
    found.set(element, [...(found.get(element) ?? []), ...links]);
  }
  const dayOfLink = (link: HTMLAnchorElement) => link.dataset.public ?? dayOf.get(link.hash);
  const statements: Statement[] = [...found].map(([element, links]) => {
    const prose = element.localName === 'p';
    const days = prose ? daysOfOrigins(page, links, dayOfLink) : links.flatMap((link) => dayOfLink(link) ?? []);
    return { element, days: afterItsEvent(element, [...new Set(days)].sort()), prose };
  });
  for (const reference of page.querySelectorAll<HTMLElement>('.references > li')) {
    statements.push({ element: reference, days: reference.dataset.public ? [reference.dataset.public] : [], prose: false });
  }
  for (const hop of page.querySelectorAll<SVGElement>('.path .hop, .path-list > li')) {
    statements.push({ element: hop, days: hop.dataset.known ? [hop.dataset.known] : [], prose: false });
  }
  return statements;
}

/**
 * The day on which each origin of some citations was first told: documents that repeat one report are one origin, and what a late one says of it was public with
 * the first.
 */
function daysOfOrigins(
  page: Document,
  links: readonly HTMLAnchorElement[],
  dayOf: (link: HTMLAnchorElement) => string | undefined,
): readonly string[] {
  const groups: { readonly origins: Set<string>; day: string | undefined }[] = [];
  for (const link of links) {
    const repeats = link.hash ? page.querySelector<HTMLElement>(link.hash)?.dataset.origins?.split(' ') : undefined;
    const origins = new Set(repeats ?? [link.hash ? link.hash.replace('#ref-', '') : link.pathname]);
    const same = groups.filter((group) => [...origins].some((origin) => group.origins.has(origin)));
    const days = [dayOf(link), ...same.map(({ day }) => day)].flatMap((day) => day ?? []).sort();
    for (const { origins: more } of same) for (const origin of more) origins.add(origin);
    groups.splice(0, groups.length, ...groups.filter((group) => !same.includes(group)), { origins, day: days[0] });
  }
  return groups.map(({ day }) => day ?? UNDATED);
}

/** A source from before an event cannot have reported it then: it was revised since. */
function afterItsEvent(element: Element, days: readonly string[]): readonly string[] {
  const told = element.matches('.timeline > li, .dates dd') ? element.querySelector('time')?.textContent : undefined;
  // Of an interval the end, which the words tell.
  const event = told?.match(/\d{4}-\d{2}-\d{2}/g)?.at(-1);
  return event ? days.map((day) => [day, event].sort()[1] ?? day) : days;
}

function apply(page: Document, statements: readonly Statement[], day: string | undefined): Record<Standing, number> {
  const counted: Record<Standing, number> = { known: 0, partly: 0, later: 0, undated: 0 };
  /** First day of each statement that is not known; undefined for one that rests on undated sources. */
  const hidden = new Map<Element, string | undefined>();
  page.documentElement.classList.toggle('then', day !== undefined);
  for (const { element, days, prose } of statements) {
    const standing = day === undefined ? 'known' : standingOn(day, days, prose);
    counted[standing]++;
    const isHidden = standing === 'later' || standing === 'undated';
    element.classList.toggle('later', isHidden);
    if (element.matches('a.hop')) toggleLink(element, !isHidden);
    element.classList.toggle('partly', standing === 'partly');
    element.classList.remove('folded');
    delete element.dataset.since;
    const since = prose ? days.at(-1) : days[0];
    if (isHidden) hidden.set(element, since === UNDATED ? undefined : since);
  }
  for (const run of runsOf(hidden)) tellOf(run, hidden);
  // A disagreement is known when all its sides are.
  for (const conflict of page.querySelectorAll('.conflict')) conflict.classList.toggle('later', conflict.querySelector('.later') !== null);
  const hops = page.querySelectorAll('.path .hop');
  for (const arrow of page.querySelectorAll<SVGElement>('.path [data-ends]')) {
    const ends = arrow.dataset.ends?.split(' ') ?? [];
    arrow.classList.toggle(
      'later',
      ends.some((end) => hops[Number(end)]?.classList.contains('later')),
    );
  }
  return counted;
}

/** A hop that nobody knew leads nowhere. */
function toggleLink(hop: HTMLElement | SVGElement, isLink: boolean): void {
  const href = hop.getAttribute('href') ?? hop.dataset.href ?? '';
  if (isLink) hop.setAttribute('href', href);
  else {
    hop.dataset.href = href;
    hop.removeAttribute('href');
  }
}

/** Hidden statements that stand side by side. Hops of the picture keep their places. */
function runsOf(hidden: ReadonlyMap<Element, string | undefined>): HTMLElement[][] {
  const runs: HTMLElement[][] = [];
  for (const element of hidden.keys()) {
    if (!(element instanceof HTMLElement)) continue;
    const run = runs.at(-1);
    if (run && run.at(-1) === element.previousElementSibling) run.push(element);
    else runs.push([element]);
  }
  return runs;
}

/** The first of a run says how many came later and when, in place of all. */
function tellOf([first, ...others]: readonly HTMLElement[], hidden: ReadonlyMap<Element, string | undefined>): void {
  if (!first) return;
  const run = [first, ...others];
  const days = run.flatMap((element) => hidden.get(element) ?? []).sort();
  const undated = run.length - days.length;
  const span = days.at(0) === days.at(-1) ? `by ${days.at(0)}` : `${days.at(0)} to ${days.at(-1)}`;
  const many = run.length > 1;
  first.dataset.since = [
    ...(days.length > 0 ? [`${many ? `${days.length} ` : ''}came later (${span})`] : []),
    ...(undated > 0 ? [many ? `${undated} on undated sources` : 'rests on an undated source'] : []),
  ].join('; ');
  for (const other of others) other.classList.add('folded');
}

function standingOn(day: string, days: readonly string[], prose: boolean): Standing {
  const known = days.filter((since) => since <= day).length;
  if (days.length === 0) return 'undated';
  if (known === days.length) return 'known';
  return known === 0 || prose ? 'later' : 'partly';
}
