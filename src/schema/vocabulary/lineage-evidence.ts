// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const lineageEvidence = defineVocabulary({
  name: 'lineage-evidence',
  title: 'lineage-evidence',
  definition: '',
  terms: {
    'code-identity': { label: 'code-identity', definition: '', source: OWN_DEFINITION },
    'code-similarity': { label: 'code-similarity', definition: '', source: OWN_DEFINITION },
    'infrastructure-overlap': { label: 'infrastructure-overlap', definition: '', source: OWN_DEFINITION },
    'operator-statement': { label: 'operator-statement', definition: '', source: OWN_DEFINITION },
    'resemblance-only': { label: 'resemblance-only', definition: '', source: OWN_DEFINITION },
  },
});
