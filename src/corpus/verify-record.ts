import { citedStatements, referencesOf } from '../schema/claims.ts';
import { plainText } from '../schema/link-markup.ts';
import type { CorpusRecord } from '../schema/record.ts';
import type { DataPath } from './yaml-text.ts';

/** An exact string that a record says a source contains. */
export interface CitedAnchor {
  readonly anchor: string;
  /** Where in the record it is cited. */
  readonly path: DataPath;
}

/** The anchors that a record cites, by reference id. References without any have an empty list. */
export function anchorsByReference(record: CorpusRecord): Map<string, CitedAnchor[]> {
  const anchors = new Map<string, CitedAnchor[]>(referencesOf(record).map(({ id }) => [id, []]));
  for (const { path, cites } of citedStatements(record)) {
    for (const cited of cites) {
      if (typeof cited === 'string') continue;
      for (const anchor of cited.anchors ?? []) anchors.get(cited.ref)?.push({ anchor, path });
    }
  }
  return anchors;
}

/** The anchors that a text does not contain. White space, typographic quotes and dashes, and defanged dots count as what they stand for. */
export function missingAnchors(text: string, anchors: readonly CitedAnchor[]): CitedAnchor[] {
  const folded = foldText(text);
  return anchors.filter(({ anchor }) => !folded.includes(foldText(anchor)));
}

/** A text as anchors are compared: what differs only in how it was set is equal. */
function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/[“”„‟]/g, '"')
    .replace(/[‐‑‒–—―]/g, '-')
    .replace(/\[(?:\.|dot)\]|\((?:\.|dot)\)|\{\.\}/gi, '.')
    .replace(/\[:\]/g, ':')
    .replace(/\bhxxp/gi, 'http')
    .replace(/\s+/g, ' ');
}

/** A run of words in a record that stands in a source, too. */
export interface CopiedRun {
  readonly path: DataPath;
  readonly words: string;
}

/** The shortest run of equal words that counts as copied. */
export const COPIED_WORDS = 12;

/**
 * Runs of at least {@link COPIED_WORDS} words that a record’s sentences share with a text: sentences are to be our own. What stands in quotation marks is
 * somebody’s, and names and numbers in a list of facts cannot be said otherwise, so runs in which less than half are plain words are left out.
 */
export function copiedRuns(record: CorpusRecord, text: string): CopiedRun[] {
  const source = wordsOf(text);
  const runs = new Set<string>();
  for (let start = 0; start + COPIED_WORDS <= source.length; start++) runs.add(source.slice(start, start + COPIED_WORDS).join(' '));
  return citedStatements(record).flatMap(({ path, text: own }) =>
    own === undefined
      ? []
      : plainText(own)
          .split(/“[^”]*”|"[^"]*"/)
          .flatMap((piece) => runsIn(wordsOf(piece), runs, [...path, 'text'])),
  );
}

function runsIn(words: readonly string[], runs: ReadonlySet<string>, path: DataPath): CopiedRun[] {
  const found: CopiedRun[] = [];
  for (let start = 0; start + COPIED_WORDS <= words.length; start++) {
    let end = start + COPIED_WORDS;
    if (!runs.has(words.slice(start, end).join(' '))) continue;
    while (end < words.length && runs.has(words.slice(end + 1 - COPIED_WORDS, end + 1).join(' '))) end++;
    const run = words.slice(start, end);
    if (run.filter((word) => /^\p{Ll}+$/u.test(word)).length * 2 >= run.length) found.push({ path, words: run.join(' ') });
    start = end - 1;
  }
  return found;
}

function wordsOf(text: string): string[] {
  return (
    foldText(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+(?:[.'@/_-][\p{L}\p{N}]+)*/gu) ?? []
  );
}
