/** What a robots.txt (RFC 9309) lets one crawler fetch. */
export interface RobotsRules {
  /** Whether a path with its query may be fetched. */
  allows(path: string): boolean;
}

/** What a crawler must read at least (RFC 9309, section 2.5). */
export const MAX_ROBOTS_BYTES = 512 * 1024;
const MAX_RULES = 10_000;

interface Rule {
  readonly allow: boolean;
  readonly pattern: string;
}

/** Reads a robots.txt for a crawler. The groups that name it count, else those for `*`; lines that are no rule are passed over. */
export function parseRobots(text: string, crawler: string): RobotsRules {
  const own: Rule[] = [];
  const general: Rule[] = [];
  let named = false;
  let agents: string[] = [];
  let inRules = false;
  for (const line of text.slice(0, MAX_ROBOTS_BYTES).split(/\r\n?|\n/)) {
    const [, key = '', value = ''] = /^\s*([a-z-]+)\s*:\s*([^#]*?)\s*(?:#.*)?$/i.exec(line.slice(0, 2_000)) ?? [];
    switch (key.toLowerCase()) {
      case 'user-agent':
        if (inRules) agents = [];
        inRules = false;
        agents.push(value.toLowerCase());
        if (isCrawler(value, crawler)) named = true;
        break;
      case 'allow':
      case 'disallow': {
        inRules = true;
        // An empty `Disallow` forbids nothing.
        if (value === '' || own.length + general.length >= MAX_RULES) break;
        const rule = { allow: key.toLowerCase() === 'allow', pattern: normalized(value) };
        if (agents.some((agent) => isCrawler(agent, crawler))) own.push(rule);
        if (agents.includes('*')) general.push(rule);
        break;
      }
    }
  }
  const rules = named ? own : general;
  return {
    allows: (path) => {
      const wanted = normalized(path);
      let best: Rule | undefined;
      for (const rule of rules) {
        if (!matches(rule.pattern, wanted)) continue;
        // The longest pattern decides; of equal ones the one that allows.
        if (!best || rule.pattern.length > best.pattern.length || (rule.pattern.length === best.pattern.length && rule.allow)) best = rule;
      }
      return best?.allow ?? true;
    },
  };
}

function isCrawler(agent: string, crawler: string): boolean {
  return /^[a-z_-]+/i.exec(agent)?.[0].toLowerCase() === crawler.toLowerCase();
}

/** Percent-encoding spelled one way, so that equal paths are equal texts. */
function normalized(path: string): string {
  return path
    .replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase())
    .replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character));
}

/** Whether a pattern with `*` and a final `$` fits the beginning of a path. Linear: each piece is found once, as early as it can be. */
function matches(pattern: string, path: string): boolean {
  const atEnd = pattern.endsWith('$');
  const [first = '', ...pieces] = (atEnd ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(first)) return false;
  let index = first.length;
  const last = atEnd && pieces.length > 0 ? (pieces.pop() ?? '') : undefined;
  for (const piece of pieces) {
    const found = path.indexOf(piece, index);
    if (found < 0) return false;
    index = found + piece.length;
  }
  if (last !== undefined) return path.length - last.length >= index && path.endsWith(last);
  return !atEnd || index === path.length;
}
