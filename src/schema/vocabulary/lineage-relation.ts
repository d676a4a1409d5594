import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const lineageRelation = defineVocabulary({
  name: 'lineage-relation',
  title: 'Lineage relation',
  definition: 'How one strain of malware descends from another.',
  terms: {
    'evolved-from': {
      label: 'evolved from',
      definition: 'A later version by the same hands, as far as sources say.',
      source: OWN_DEFINITION,
    },
    'variant-of': {
      label: 'is a variant of',
      definition: 'Shares most of its code or behaviour; sources do not say that it is the next version.',
      source: OWN_DEFINITION,
    },
    'forked-from-public-source': {
      label: 'was forked from published source of',
      definition: 'Made from source code that had become public; resemblance alone says nothing about whose hands.',
      source: OWN_DEFINITION,
    },
  },
});
