import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const recordStatus = defineVocabulary({
  name: 'record-status',
  title: 'Record status',
  definition: 'How settled it is that the incident happened.',
  terms: {
    confirmed: { label: 'Confirmed', definition: 'The affected party or independent evidence establishes it.', source: OWN_DEFINITION },
    reported: {
      label: 'Reported',
      definition: 'Sources report it; nobody in a position to know has confirmed it.',
      source: OWN_DEFINITION,
    },
    disputed: { label: 'Disputed', definition: 'Those concerned contradict each other on whether it happened.', source: OWN_DEFINITION },
    retracted: { label: 'Retracted', definition: 'The report was withdrawn; the record stays so that links do.', source: OWN_DEFINITION },
  },
});
