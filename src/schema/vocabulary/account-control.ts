import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const accountControl = defineVocabulary({
  name: 'account-control',
  title: 'Account control',
  definition: 'In whose hands the account was when it was used.',
  terms: {
    compromised: {
      label: 'Compromised',
      definition: 'It belonged to somebody else and was taken or used without consent.',
      source: OWN_DEFINITION,
    },
    'attacker-created': { label: 'Attacker-created', definition: 'The attacker registered it.', source: OWN_DEFINITION },
    'handed-over': {
      label: 'Handed over',
      definition: 'Its owner gave it, or the rights it carries, to the attacker willingly.',
      source: OWN_DEFINITION,
    },
    'abused-by-owner': { label: 'Abused by its owner', definition: 'Its rightful owner did the harm.', source: OWN_DEFINITION },
  },
});
