import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const lineageEvidence = defineVocabulary({
  name: 'lineage-evidence',
  title: 'Lineage evidence',
  definition: 'What a claim of descent rests on.',
  terms: {
    'code-identity': { label: 'Code identity', definition: 'Files or functions are the same.', source: OWN_DEFINITION },
    'code-similarity': { label: 'Code similarity', definition: 'Structure, strings or methods are alike.', source: OWN_DEFINITION },
    'infrastructure-overlap': {
      label: 'Infrastructure overlap',
      definition: 'Shared hosts, accounts or exfiltration places.',
      source: OWN_DEFINITION,
    },
    'operator-statement': {
      label: 'Operator statement',
      definition: 'Those behind it say so, in its own texts or elsewhere.',
      source: OWN_DEFINITION,
    },
    'resemblance-only': { label: 'Resemblance only', definition: 'It looks alike; descent is only suspected.', source: OWN_DEFINITION },
  },
});
