import type { QueryFieldName } from './fields.ts';
import type { ValueTable } from './parse.ts';

/** A value of a field that words can stand for. */
export interface NamedValue {
  readonly field: QueryFieldName;
  readonly value: string;
}

/** Fields whose values are named in ordinary words, the likeliest to be meant first. Words of the others (high, source, unknown) say too much else. */
const NAMED_FIELDS: readonly QueryFieldName[] = ['vector', 'ecosystem', 'nexus', 'impact', 'channel', 'component'];

/** Words that say nothing of what is looked for, unless they stand in quotes: the last four are true of every record. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  'a an and as at be by for from in into is of on that the their to via was were which with attack attacks incident incidents'.split(' '),
);

/** Most letters and digits of a word that is found whole only: as a beginning, it would be one of too much. */
const SHORT = 3;

/** Whether a word without quotes says nothing of what is looked for. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word.toLowerCase());
}

/** The spellings of a word under which texts are searched: in lower case, without punctuation at its end, singular. */
export function searchedForms(word: string): readonly string[] {
  const text = word.toLowerCase().replace(/(?<=.)[?!,;.:]+$/, '');
  if (text.length < 4 || !/[^su]s$/.test(text)) return [text];
  // What ends in -ies does not begin with its singular. What ends in -s does, and is found with it, unless that is so short that it is found whole only.
  if (text.endsWith('ies')) return [text, `${text.slice(0, -3)}y`];
  const singular = text.slice(0, -1);
  return isShort(singular) ? [text, singular] : [singular];
}

/**
 * A test of a text in lower case: whether a word of it begins so; for a form of three letters and digits or fewer, whether it is one of its words. Words
 * are runs of letters and digits, so that the parts of ids, purls and domains are words, too.
 */
export function wordTest(form: string): (text: string) => boolean {
  const begins = isInWord(form.charCodeAt(0));
  const ends = isShort(form) && isInWord(form.charCodeAt(form.length - 1));
  return (text) => {
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
      if (begins && isInWord(text.charCodeAt(at - 1))) continue;
      if (!ends || !isInWord(text.charCodeAt(at + form.length))) return true;
    }
    return false;
  };
}

function isShort(form: string): boolean {
  return form.replace(/[^\p{L}\p{N}]/gu, '').length <= SHORT;
}

/** Whether a UTF-16 unit belongs to a word; NaN, which stands beyond either end of a text, does not. */
function isInWord(unit: number): boolean {
  if (unit < 128) return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57);
  return unit >= 128 && /[\p{L}\p{N}\p{M}\p{Cs}]/u.test(String.fromCharCode(unit));
}

/** The values that a free word or phrase stands for: of whose label, synonyms or code it is a word or begins one, or, of a phrase, a part. */
export function namedValues(text: string, isPhrase: boolean, known: ValueTable): readonly NamedValue[] {
  const wanted = isPhrase ? [spaced(text)] : searchedForms(text).map(spaced);
  return valuesWhere(known, (spelling) =>
    wanted.some((form) => form.length > 2 && spelling.includes(form) && (form.length > 4 || spelling.includes(`${form} `))),
  );
}

/** The values that are called exactly so, in singular or plural. */
export function valuesCalled(text: string, known: ValueTable): readonly NamedValue[] {
  const forms = new Set([text.toLowerCase(), ...searchedForms(text)].map((form) => `${spaced(form)} `));
  return valuesWhere(known, (spelling) => forms.has(spelling));
}

/** The single words, of four letters or more, of those spellings and of the texts given: what a free word that finds nothing may have been meant as. */
export function knownWords(known: ValueTable, texts: readonly string[]): ReadonlySet<string> {
  const words = [...namedSpellings(known), ...texts].flatMap((text) => text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []);
  return new Set(words);
}

/** Every spelling of a value that words can stand for. */
export function namedSpellings(known: ValueTable): string[] {
  return NAMED_FIELDS.flatMap((field) => Object.keys(known[field] ?? {}));
}

function valuesWhere(known: ValueTable, fits: (spelling: string) => boolean): NamedValue[] {
  return spellingsOf(known).flatMap(({ field, spellings }) => {
    const values = new Set(spellings.flatMap(([spelling, value]) => (fits(spelling) ? value : [])));
    return [...values].map((value) => ({ field, value }));
  });
}

type Spellings = readonly { readonly field: QueryFieldName; readonly spellings: readonly (readonly [spelling: string, value: string])[] }[];

const spellingsByTable = new WeakMap<ValueTable, Spellings>();

/** Spellings between spaces, which is how words are found in them, and their values. */
function spellingsOf(known: ValueTable): Spellings {
  const made = spellingsByTable.get(known);
  if (made) return made;
  const all = NAMED_FIELDS.map((field) => ({
    field,
    spellings: Object.entries(known[field] ?? {}).flatMap(([spelling, value]): [string, string][] =>
      value === 'unknown' ? [] : [[`${spaced(spelling)} `, value]],
    ),
  }));
  spellingsByTable.set(known, all);
  return all;
}

/** In lower case, with a space before every word and nothing else between. */
function spaced(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim()}`;
}
