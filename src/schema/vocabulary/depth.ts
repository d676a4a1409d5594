// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const depth = defineVocabulary({
  name: 'depth',
  title: 'depth',
  definition: '',
  terms: {
    indexed: { label: 'indexed', definition: '', source: OWN_DEFINITION },
    structured: { label: 'structured', definition: '', source: OWN_DEFINITION },
    featured: { label: 'featured', definition: '', source: OWN_DEFINITION },
  },
});
