import { defineVocabulary, ICD_203, OWN_DEFINITION } from '../vocabulary.ts';

export const likelihood = defineVocabulary({
  name: 'likelihood',
  title: 'Likelihood',
  definition: 'How probable a claimant calls something, apart from how sure it is of its sources.',
  terms: {
    'almost-no-chance': { label: 'Almost no chance', definition: '1–5 %.', source: ICD_203 },
    'very-unlikely': { label: 'Very unlikely', definition: '5–20 %.', source: ICD_203 },
    unlikely: { label: 'Unlikely', definition: '20–45 %.', source: ICD_203 },
    'roughly-even-chance': { label: 'Roughly even chance', definition: '45–55 %.', source: ICD_203 },
    likely: { label: 'Likely', definition: '55–80 %.', source: ICD_203 },
    'very-likely': { label: 'Very likely', definition: '80–95 %.', source: ICD_203 },
    'almost-certain': { label: 'Almost certain', definition: '95–99 %.', source: ICD_203 },
    'not-stated': { label: 'Not stated', definition: 'The claimant gives no likelihood.', source: OWN_DEFINITION },
  },
});
