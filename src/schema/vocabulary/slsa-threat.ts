// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const slsaThreat = defineVocabulary({
  name: 'slsa-threat',
  title: 'slsa-threat',
  definition: '',
  terms: {
    A: { label: 'A', definition: '', source: OWN_DEFINITION },
    B: { label: 'B', definition: '', source: OWN_DEFINITION },
    C: { label: 'C', definition: '', source: OWN_DEFINITION },
    D: { label: 'D', definition: '', source: OWN_DEFINITION },
    E: { label: 'E', definition: '', source: OWN_DEFINITION },
    F: { label: 'F', definition: '', source: OWN_DEFINITION },
    G: { label: 'G', definition: '', source: OWN_DEFINITION },
    H: { label: 'H', definition: '', source: OWN_DEFINITION },
    I: { label: 'I', definition: '', source: OWN_DEFINITION },
  },
});
