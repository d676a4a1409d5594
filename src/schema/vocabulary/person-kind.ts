// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const personKind = defineVocabulary({
  name: 'person-kind',
  title: 'person-kind',
  definition: '',
  terms: {
    maintainer: { label: 'maintainer', definition: '', source: OWN_DEFINITION },
    researcher: { label: 'researcher', definition: '', source: OWN_DEFINITION },
    persona: { label: 'persona', definition: '', source: OWN_DEFINITION },
  },
});
