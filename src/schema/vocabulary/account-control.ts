// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const accountControl = defineVocabulary({
  name: 'account-control',
  title: 'account-control',
  definition: '',
  terms: {
    compromised: { label: 'compromised', definition: '', source: OWN_DEFINITION },
    'attacker-created': { label: 'attacker-created', definition: '', source: OWN_DEFINITION },
    'handed-over': { label: 'handed-over', definition: '', source: OWN_DEFINITION },
    'abused-by-owner': { label: 'abused-by-owner', definition: '', source: OWN_DEFINITION },
  },
});
