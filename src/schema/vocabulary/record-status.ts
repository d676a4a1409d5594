// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const recordStatus = defineVocabulary({
  name: 'record-status',
  title: 'record-status',
  definition: '',
  terms: {
    confirmed: { label: 'confirmed', definition: '', source: OWN_DEFINITION },
    reported: { label: 'reported', definition: '', source: OWN_DEFINITION },
    disputed: { label: 'disputed', definition: '', source: OWN_DEFINITION },
    retracted: { label: 'retracted', definition: '', source: OWN_DEFINITION },
  },
});
