// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const attributionRelation = defineVocabulary({
  name: 'attribution-relation',
  title: 'attribution-relation',
  definition: '',
  terms: {
    'attributed-to': { label: 'attributed-to', definition: '', source: OWN_DEFINITION },
    'related-to': { label: 'related-to', definition: '', source: OWN_DEFINITION },
    overlaps: { label: 'overlaps', definition: '', source: OWN_DEFINITION },
    disputed: { label: 'disputed', definition: '', source: OWN_DEFINITION },
  },
});
