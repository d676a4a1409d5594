import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const evidenceLevel = defineVocabulary({
  name: 'evidence-level',
  title: 'Evidence level',
  definition: 'The best evidence that a record rests on.',
  terms: {
    'primary-confirmed': {
      label: 'Confirmed by the affected party',
      definition: 'The affected party, or the record of the platform concerned, confirms the incident.',
      source: OWN_DEFINITION,
    },
    'independently-analysed': {
      label: 'Independently analysed',
      definition: 'Several parties examined artifacts themselves and agree, without confirmation by the affected party.',
      source: OWN_DEFINITION,
    },
    'multiple-reports': {
      label: 'Several reports',
      definition: 'Several independent origins report it; none examined artifacts in a way that others can repeat.',
      source: OWN_DEFINITION,
    },
    'single-report': { label: 'Single report', definition: 'All sources go back to one origin.', source: OWN_DEFINITION },
    suspected: { label: 'Suspected', definition: 'Sources themselves call it a suspicion.', source: OWN_DEFINITION },
  },
});
