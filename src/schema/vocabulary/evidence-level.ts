// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const evidenceLevel = defineVocabulary({
  name: 'evidence-level',
  title: 'evidence-level',
  definition: '',
  terms: {
    'primary-confirmed': { label: 'primary-confirmed', definition: '', source: OWN_DEFINITION },
    'independently-analysed': { label: 'independently-analysed', definition: '', source: OWN_DEFINITION },
    'multiple-reports': { label: 'multiple-reports', definition: '', source: OWN_DEFINITION },
    'single-report': { label: 'single-report', definition: '', source: OWN_DEFINITION },
    suspected: { label: 'suspected', definition: '', source: OWN_DEFINITION },
  },
});
