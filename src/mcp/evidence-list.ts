import { citedIds, referencesOf } from '../schema/claims.ts';
import type { Citation, Reference } from '../schema/evidence.ts';
import type { CorpusRecord } from '../schema/record.ts';
import { cleanText } from './clean-text.ts';

/** Numbers documents as they are cited, each once, so that a text can carry footnotes (`[^3]`) and their list say what they are. */
export class EvidenceList {
  readonly #numbers = new Map<string, number>();
  readonly #documents: Reference[] = [];

  /** ` [^1][^4]` for the documents that citations of a record name; nothing for none. */
  cite(record: CorpusRecord, cites: readonly Citation[] | undefined): string {
    if (!cites) return '';
    const references = referencesOf(record);
    const numbers = citedIds(cites).flatMap((id) => {
      const reference = references.find((each) => each.id === id);
      return reference ? [this.#numberOf(reference)] : [];
    });
    return numbers.length > 0 ? ` ${numbers.map((number) => `[^${number}]`).join('')}` : '';
  }

  /** The documents that a text cites, a line each. */
  listFor(text: string): string[] {
    const used = new Set([...text.matchAll(/\[\^(\d+)\]/g)].map(([, number]) => Number(number)));
    return this.#documents.flatMap(({ publisher, title, published, kind, url, relays }, index) =>
      used.has(index + 1)
        ? [
            `[^${index + 1}]: ${cleanText(`${publisher}: ${title}`)} (${published ?? 'undated'}; ${kind}${relays ? '; repeats another document' : ''}) ${url}`,
          ]
        : [],
    );
  }

  #numberOf(reference: Reference): number {
    const known = this.#numbers.get(reference.url);
    if (known !== undefined) return known;
    this.#documents.push(reference);
    this.#numbers.set(reference.url, this.#documents.length);
    return this.#documents.length;
  }
}
