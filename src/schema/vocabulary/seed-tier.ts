import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const seedTier = defineVocabulary({
  name: 'seed-tier',
  title: 'Seed tier',
  definition: 'How firmly sources tie an earlier compromise to a later one.',
  terms: {
    causal: { label: 'causal', definition: 'A source states that the first gave the access that the second used.', source: OWN_DEFINITION },
    temporal: {
      label: 'temporal',
      definition: 'Sources place the two in sequence and connect them, without establishing how the one led to the other.',
      source: OWN_DEFINITION,
    },
  },
});
