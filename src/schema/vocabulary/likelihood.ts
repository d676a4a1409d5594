// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const likelihood = defineVocabulary({
  name: 'likelihood',
  title: 'likelihood',
  definition: '',
  terms: {
    'almost-no-chance': { label: 'almost-no-chance', definition: '', source: OWN_DEFINITION },
    'very-unlikely': { label: 'very-unlikely', definition: '', source: OWN_DEFINITION },
    unlikely: { label: 'unlikely', definition: '', source: OWN_DEFINITION },
    'roughly-even-chance': { label: 'roughly-even-chance', definition: '', source: OWN_DEFINITION },
    likely: { label: 'likely', definition: '', source: OWN_DEFINITION },
    'very-likely': { label: 'very-likely', definition: '', source: OWN_DEFINITION },
    'almost-certain': { label: 'almost-certain', definition: '', source: OWN_DEFINITION },
    'not-stated': { label: 'not-stated', definition: '', source: OWN_DEFINITION },
  },
});
