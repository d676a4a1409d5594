// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const releaseState = defineVocabulary({
  name: 'release-state',
  title: 'release-state',
  definition: '',
  terms: {
    malicious: { label: 'malicious', definition: '', source: OWN_DEFINITION },
    affected: { label: 'affected', definition: '', source: OWN_DEFINITION },
    'clean-fix': { label: 'clean-fix', definition: '', source: OWN_DEFINITION },
    unknown: { label: 'unknown', definition: '', source: OWN_DEFINITION },
  },
});
