// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const attributionLayer = defineVocabulary({
  name: 'attribution-layer',
  title: 'attribution-layer',
  definition: '',
  terms: {
    technical: { label: 'technical', definition: '', source: OWN_DEFINITION },
    operator: { label: 'operator', definition: '', source: OWN_DEFINITION },
    sponsor: { label: 'sponsor', definition: '', source: OWN_DEFINITION },
  },
});
