import { defineVocabulary, ICD_203, OWN_DEFINITION } from '../vocabulary.ts';

export const confidence = defineVocabulary({
  name: 'confidence',
  title: 'Confidence',
  definition: 'How sure a claimant is of a judgement, by the quality of what it rests on. Not how likely the thing is.',
  terms: {
    high: {
      label: 'High',
      definition: 'Rests on high-quality or several corroborating sources; still no certainty.',
      source: ICD_203,
    },
    moderate: {
      label: 'Moderate',
      definition: 'Plausible and credibly sourced, not corroborated enough for more.',
      source: ICD_203,
    },
    low: { label: 'Low', definition: 'Rests on thin, fragmentary or questionable information.', source: ICD_203 },
    'not-stated': { label: 'Not stated', definition: 'The claimant does not say how sure it is.', source: OWN_DEFINITION },
  },
});
