import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const pathState = defineVocabulary({
  name: 'path-state',
  title: 'Path state',
  definition: 'What became of one hop of an attack path. The state describes the hop itself, not the whole incident.',
  terms: {
    compromised: {
      label: 'Compromised',
      definition:
        'The attacker changed or controlled the hop: its content, its configuration or its credentials were no longer the owner’s.',
      source: OWN_DEFINITION,
    },
    abused: {
      label: 'Abused',
      definition:
        'The hop worked as designed and was not itself altered, but carried, signed or ran what the attacker had placed before it.',
      source: OWN_DEFINITION,
    },
    intact: {
      label: 'Intact',
      definition: 'Sources state or show that the hop was neither altered nor used by the attacker.',
      source: OWN_DEFINITION,
    },
    unknown: {
      label: 'Unknown',
      definition: 'The hop exists, but no source read for the record establishes what happened there.',
      source: OWN_DEFINITION,
    },
  },
});
