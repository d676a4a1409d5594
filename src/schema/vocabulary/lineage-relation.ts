// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const lineageRelation = defineVocabulary({
  name: 'lineage-relation',
  title: 'lineage-relation',
  definition: '',
  terms: {
    'evolved-from': { label: 'evolved-from', definition: '', source: OWN_DEFINITION },
    'variant-of': { label: 'variant-of', definition: '', source: OWN_DEFINITION },
    'forked-from-public-source': { label: 'forked-from-public-source', definition: '', source: OWN_DEFINITION },
  },
});
