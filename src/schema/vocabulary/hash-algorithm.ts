import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const hashAlgorithm = defineVocabulary({
  name: 'hash-algorithm',
  title: 'Hash algorithm',
  definition: 'Digests by which files are known.',
  terms: {
    sha256: { label: 'SHA-256', definition: '64 hexadecimal digits; the natural key of a file.', source: OWN_DEFINITION },
    sha1: { label: 'SHA-1', definition: '40 hexadecimal digits; used where no SHA-256 is known.', source: OWN_DEFINITION },
    md5: { label: 'MD5', definition: '32 hexadecimal digits; used where nothing else is known.', source: OWN_DEFINITION },
    sha512: { label: 'SHA-512', definition: '128 hexadecimal digits.', source: OWN_DEFINITION },
  },
});
