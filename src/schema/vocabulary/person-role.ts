// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const personRole = defineVocabulary({
  name: 'person-role',
  title: 'person-role',
  definition: '',
  terms: {
    maintainer: { label: 'maintainer', definition: '', source: OWN_DEFINITION },
    discoverer: { label: 'discoverer', definition: '', source: OWN_DEFINITION },
    reporter: { label: 'reporter', definition: '', source: OWN_DEFINITION },
    persona: { label: 'persona', definition: '', source: OWN_DEFINITION },
    affected: { label: 'affected', definition: '', source: OWN_DEFINITION },
  },
});
