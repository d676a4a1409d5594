import { componentLabel, type Finding, type Presence, type Revision } from './check.ts';
import { type Period, periodOf, periodsMeet } from './period.ts';

/** Follows findings through the revisions of one input, oldest first, and tells from when to when each was there. */
export class PresenceLog {
  readonly #seen = new Map<string, { finding: Finding; stretches: Presence[] }>();

  /** Adds the next revision with everything that was found in it. */
  add(revision: Revision, findings: readonly Finding[]): void {
    const present = new Set(findings.map(keyOf));
    for (const [key, { stretches }] of this.#seen) {
      const last = stretches.at(-1);
      if (last && last.until === undefined && !present.has(key)) stretches[stretches.length - 1] = { from: last.from, until: revision };
    }
    for (const finding of findings) {
      const key = keyOf(finding);
      const known = this.#seen.get(key);
      if (!known) this.#seen.set(key, { finding, stretches: [{ from: revision, until: undefined }] });
      else if (known.stretches.at(-1)?.until !== undefined) known.stretches.push({ from: revision, until: undefined });
    }
  }

  /** Every finding once, with its stretches, and what they mean beside the time in which the bad release was to be had. */
  findings(): Finding[] {
    return [...this.#seen.values()].map(({ finding, stretches }) => ({
      ...finding,
      presence: stretches,
      reason: `${finding.reason}; ${describePresence(stretches)}${beside(stretches, finding)}`,
    }));
  }
}

function keyOf({ knowledge, component, state }: Finding): string {
  return `${knowledge.id} ${state} ${componentLabel(component)}`;
}

function describePresence(stretches: readonly Presence[]): string {
  return stretches
    .map(({ from, until }) => `in the history from ${moment(from)} ${until ? `until ${moment(until)}` : 'on, and still there'}`)
    .join(', and ');
}

function beside(stretches: readonly Presence[], { knowledge }: Finding): string {
  const offered = knowledge.window ?? knowledge.available;
  const period: Period | undefined = offered && periodOf(offered.from, offered.to);
  if (!offered || !period || period.from === undefined || period.to === undefined) return '';
  const meets = stretches.some(({ from, until }) => periodsMeet({ from: from.date, to: until?.date }, period));
  return meets
    ? `; it was to be had from ${offered.from} to ${offered.to}, so it could be installed then`
    : `; it was to be had only from ${offered.from} to ${offered.to}, when the history did not hold it`;
}

function moment({ commit, date }: Revision): string {
  return `${date.slice(0, 10)} (${commit.slice(0, 10)})`;
}
