import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const attributionLayer = defineVocabulary({
  name: 'attribution-layer',
  title: 'Attribution layer',
  definition: 'Which question an attribution answers. The layers are not interchangeable.',
  terms: {
    technical: {
      label: 'Technical cluster',
      definition: 'Which cluster of activity: code, infrastructure, tradecraft.',
      source: OWN_DEFINITION,
    },
    operator: { label: 'Operator', definition: 'Which people or unit sat at the keyboard.', source: OWN_DEFINITION },
    sponsor: { label: 'Sponsor', definition: 'Which state or organization ordered or paid for it.', source: OWN_DEFINITION },
  },
});
