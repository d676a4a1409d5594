// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const hashAlgorithm = defineVocabulary({
  name: 'hash-algorithm',
  title: 'hash-algorithm',
  definition: '',
  terms: {
    sha256: { label: 'sha256', definition: '', source: OWN_DEFINITION },
    sha1: { label: 'sha1', definition: '', source: OWN_DEFINITION },
    md5: { label: 'md5', definition: '', source: OWN_DEFINITION },
    sha512: { label: 'sha512', definition: '', source: OWN_DEFINITION },
  },
});
