// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const seedTier = defineVocabulary({
  name: 'seed-tier',
  title: 'seed-tier',
  definition: '',
  terms: {
    causal: { label: 'causal', definition: '', source: OWN_DEFINITION },
    temporal: { label: 'temporal', definition: '', source: OWN_DEFINITION },
  },
});
