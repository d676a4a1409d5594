/** The lines of one side of a change to one field. */
interface Side {
  lines: number;
  /** Items of the list that the field is. */
  items: number;
  /** Whether the line that names the field is among them. */
  isNamed: boolean;
  /** The field’s value, or its date, where that stands on one line. */
  value?: string;
  date?: string;
  /** What its lines are of: how often each part of the field, or of its items, begins on one. */
  readonly parts: Map<string, number>;
}

/** A field before and after, by the sign that a patch gives its lines. */
type FieldChange = Readonly<Record<'-' | '+', Side>>;

/** Fields of a change that are named; of others it is said how many there are. */
const MOST = 6;
/** Parts of a field that are named, if there are no more. */
const MOST_PARTS = 4;

/**
 * What the patch of a commit changed in each file of it, a field a phrase: `references: 2 added`, `disclosed: 2023-03-29 → 2023-03-30`, `impact: text changed`. No phrase where only
 * comments and empty lines did. The patch is one without context, whose hunks git heads with the last line before them that begins with a letter: in a record, a field.
 */
export function fieldChanges(patch: string): Map<string, string[]> {
  return new Map(
    patch
      .split(/^diff --git /m)
      .slice(1)
      .flatMap((part) => {
        const [, file] = /^\+\+\+ b\/(.+)$/m.exec(part) ?? [];
        return file === undefined ? [] : [[file, phrases(changesIn(part))] as const];
      }),
  );
}

function changesIn(patch: string): Map<string, FieldChange> {
  const changes = new Map<string, FieldChange>();
  for (const hunk of patch.split(/^@@ /m).slice(1)) {
    const [head = '', ...lines] = hunk.split('\n');
    const [, before] = /@@ ([A-Za-z]\w*):/.exec(head) ?? [];
    const field = { '-': before, '+': before };
    for (const line of lines) {
      const sign = line.charAt(0);
      const text = line.slice(1);
      if ((sign !== '-' && sign !== '+') || /^\s*(?:#|$)/.test(text)) continue;
      const [, named, value = ''] = /^([A-Za-z]\w*):\s*(.*)$/.exec(text) ?? [];
      field[sign] = named ?? field[sign];
      const name = field[sign];
      if (name === undefined) continue;
      const change = changes.get(name) ?? { '-': newSide(), '+': newSide() };
      changes.set(name, change);
      const side = change[sign];
      side.lines++;
      if (named !== undefined) Object.assign(side, { isNamed: true, value: plainValue(value) });
      if (/^ {0,2}- /.test(text)) side.items++;
      const part = partOf(text);
      if (part !== undefined) side.parts.set(part, (side.parts.get(part) ?? 0) + 1);
      side.date ??= plainValue(/^ {2}date: (.+)$/.exec(text)?.[1] ?? '');
    }
  }
  return changes;
}

function newSide(): Side {
  return { lines: 0, items: 0, isNamed: false, parts: new Map() };
}

/** The part that begins on a line: `text` of a field, `url` of an item of its list, its citations. Deeper lines and those that carry a text on have none. */
function partOf(line: string): string | undefined {
  return /^ +- \{?ref:/.test(line) ? 'cites' : /^(?: {2}| {2}- | {4})([a-z]\w*):/.exec(line)?.[1];
}

/** A short value that is one word or line of text, without its quotes; undefined for lists, mappings and long texts. */
function plainValue(text: string): string | undefined {
  return /^(['"]?)(\w[^'"]{0,58})\1$/.exec(text)?.[2];
}

function phrases(changes: ReadonlyMap<string, FieldChange>): string[] {
  const all = [...changes].map(([field, change]) => `${wordsOf(field)}: ${phraseOf(change)}`);
  return all.length > MOST ? [...all.slice(0, MOST - 1), `${all.length - MOST + 1} more fields`] : all;
}

/** `firstPublicWarning` → `first public warning`. */
function wordsOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function phraseOf({ '-': before, '+': after }: FieldChange): string {
  if (before.date && after.date && before.date !== after.date) return `${before.date} → ${after.date}`;
  if (before.value && after.value && before.lines === 1 && after.lines === 1) return `${before.value} → ${after.value}`;
  if (before.isNamed && !after.isNamed) return 'removed';
  const more = after.items - before.items;
  if (more === 0) return after.isNamed && !before.isNamed ? 'added' : partPhrase(before.parts, after.parts);
  const counted = more > 0 ? `${more} added` : `${-more} removed`;
  return before.items > 0 && after.items > 0 ? `${counted}, others changed` : counted;
}

/** What changed within a field or the items of its list: `published added (12), title changed`. */
function partPhrase(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string {
  const parts = [...new Set([...before.keys(), ...after.keys()])].map((part) => {
    const [was, is] = [before.get(part) ?? 0, after.get(part) ?? 0];
    const times = Math.max(was, is);
    return `${wordsOf(part)} ${was === 0 ? 'added' : is === 0 ? 'removed' : 'changed'}${times > 1 ? ` (${times})` : ''}`;
  });
  return parts.length === 0 || parts.length > MOST_PARTS ? 'changed' : parts.join(', ');
}
