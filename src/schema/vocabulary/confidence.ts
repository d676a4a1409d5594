// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const confidence = defineVocabulary({
  name: 'confidence',
  title: 'confidence',
  definition: '',
  terms: {
    high: { label: 'high', definition: '', source: OWN_DEFINITION },
    moderate: { label: 'moderate', definition: '', source: OWN_DEFINITION },
    low: { label: 'low', definition: '', source: OWN_DEFINITION },
    'not-stated': { label: 'not-stated', definition: '', source: OWN_DEFINITION },
  },
});
