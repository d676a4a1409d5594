import { termAddress } from '../../graph/addresses.ts';
import { findTerm, type Vocabulary } from '../../schema/vocabulary.ts';
import type { View } from '../view.ts';

/** The label of a value; the value itself where the vocabulary does not have it. */
export function termLabel(vocabulary: Vocabulary, value: string): string {
  return findTerm(vocabulary, value)?.label ?? value;
}

/** A value of a vocabulary as a link to its meaning. */
export function TermLink({ view, vocabulary, value }: { view: View; vocabulary: Vocabulary; value: string }) {
  return (
    <a class="term" href={view.href(termAddress(vocabulary, value))} title={findTerm(vocabulary, value)?.definition}>
      {termLabel(vocabulary, value)}
    </a>
  );
}

/** Several values, parted by commas. */
export function TermList({ view, vocabulary, values }: { view: View; vocabulary: Vocabulary; values: readonly string[] }) {
  return (
    <>
      {values.map((value, index) => (
        <>
          {index > 0 ? ', ' : ''}
          <TermLink view={view} vocabulary={vocabulary} value={value} />
        </>
      ))}
    </>
  );
}
