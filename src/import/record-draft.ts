import type { z } from 'zod';
import { isEdtfFault, parseEdtf } from '../base/edtf.ts';
import { reference } from '../schema/evidence.ts';
import { INCIDENT_ID } from '../schema/fields.ts';
import { artifact, component, indicator, release, vulnerability } from '../schema/primitives.ts';

/** Lists of an incident record into which structured facts go. Their statements hold no prose. */
const SCHEMAS = { components: component, releases: release, artifacts: artifact, indicators: indicator, vulnerabilities: vulnerability };

type DraftList = keyof typeof SCHEMAS;

/** Items of one list that are taken over at most: more is a catalogue, no incident. */
const MAX_ITEMS = 20_000;
/** Reasons that are told one by one. */
const MAX_REASONS = 200;

/** What a document gives for a draft, and what it does not. */
export interface ImportedDraft {
  /** Fields of an incident record, in no order; `null` is to be filled in. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** What was not taken over, a reason each. */
  readonly leftOut: readonly string[];
}

/** A document that claims may rest on, as far as it was told. */
interface ImportedReference {
  readonly title?: string | undefined;
  readonly publisher?: string | undefined;
  readonly published?: string | undefined;
}

/**
 * The structured facts of an incident while they are gathered from a document of another format. Everything is held to the schema of our records before it
 * is taken: what does not fit is told, never bent. Texts are not taken at all: ours are written from the sources.
 */
export class RecordDraft {
  #id: string | undefined;
  #title: string | undefined;
  readonly #references = new Map<string, { id: string; reference: Record<string, unknown> }>();
  readonly #lists = new Map<DraftList, Map<string, object>>();
  readonly #leftOut = new Set<string>();
  #untold = 0;

  /** Takes an id where it is one of ours. */
  setId(text: string | undefined): void {
    if (text !== undefined && INCIDENT_ID.test(text) && text.length <= 80) this.#id ??= text;
  }

  /** Takes a title, on one line. */
  setTitle(text: string | undefined): void {
    const title = text === undefined ? '' : plainLine(text, 160);
    if (title) this.#title ??= title;
  }

  /** Takes a document; answers its id for citations, undefined where its address is none. */
  addReference(url: string, { title, publisher, published }: ImportedReference = {}): string | undefined {
    const known = this.#references.get(url);
    if (known) return known.id;
    if (!reference.shape.url.safeParse(url).success || url.search(HIDDEN) >= 0) {
      this.leaveOut(`reference ${url}: no address of a document`);
      return undefined;
    }
    if (this.#references.size >= MAX_ITEMS) {
      this.leaveOut(`references beyond ${MAX_ITEMS}`);
      return undefined;
    }
    const id = `source-${this.#references.size + 1}`;
    const date = published !== undefined && !isEdtfFault(parseEdtf(published)) ? { published } : {};
    this.#references.set(url, {
      id,
      reference: {
        id,
        title: plainLine(title ?? '', 300) || null,
        publisher: plainLine(publisher ?? '', 120) || null,
        url,
        ...date,
        kind: null,
      },
    });
    return id;
  }

  /** Takes a statement into a list, where it fits its schema; the same one twice is one. `cites` are ids of {@link addReference}, or none. */
  add(list: DraftList, statement: Readonly<Record<string, unknown>>, cites: readonly string[] = []): void {
    const items = this.#lists.get(list) ?? new Map<string, object>();
    this.#lists.set(list, items);
    // Three fields may stay open: what it rests on, what a component is, and what became of a release.
    const open = { ...(statement.state === null ? { state: 'unknown' } : {}), ...(statement.kind === null ? { kind: 'package' } : {}) };
    const probe = { ...statement, ...open, cites: ['source-1'] };
    const parsed = (SCHEMAS[list] as z.ZodType).safeParse(probe);
    if (
      Object.values(statement)
        .flat()
        .some((value) => typeof value === 'string' && value.search(HIDDEN) >= 0)
    ) {
      this.leaveOut(`${list}: ${describe(statement)}: characters that cannot be seen`);
    } else if (!parsed.success) {
      this.leaveOut(`${list}: ${describe(statement)}: ${parsed.error.issues[0]?.message ?? 'does not fit'}`);
    } else if (items.size >= MAX_ITEMS) {
      this.leaveOut(`${list} beyond ${MAX_ITEMS}`);
    } else {
      const key = JSON.stringify(statement);
      if (!items.has(key)) items.set(key, { ...statement, cites: [...cites] });
    }
  }

  /** Whether a list has anything yet. */
  has(list: DraftList): boolean {
    return (this.#lists.get(list)?.size ?? 0) > 0;
  }

  /** Notes what was not taken over. */
  leaveOut(reason: string): void {
    if (this.#leftOut.size < MAX_REASONS) this.#leftOut.add(plainLine(reason, 300));
    else this.#untold++;
  }

  /** What was gathered. */
  result(): ImportedDraft {
    const references = [...this.#references.values()].map(({ reference: each }) => each);
    const lists = [...this.#lists].flatMap(([name, items]) => (items.size > 0 ? [[name, [...items.values()]] as const] : []));
    return {
      fields: {
        ...(this.#id ? { id: this.#id } : {}),
        ...(this.#title ? { title: this.#title } : {}),
        ...Object.fromEntries(lists),
        ...(references.length > 0 ? { references } : {}),
      },
      leftOut: [...this.#leftOut, ...(this.#untold > 0 ? [`${this.#untold} more`] : [])],
    };
  }
}

function describe(statement: Readonly<Record<string, unknown>>): string {
  return Object.values(statement)
    .filter((value) => typeof value === 'string')
    .join(' ')
    .slice(0, 120);
}

/** Control characters, marks of writing direction and halves of characters: they make a text look like another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+/gu;

/** Text on one line, without what cannot be seen, at most so many characters. */
export function plainLine(text: string, max: number): string {
  return text
    .slice(0, max * 4)
    .replace(HIDDEN, ' ')
    .trim()
    .slice(0, max)
    .trim();
}
