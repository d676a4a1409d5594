// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const actorKind = defineVocabulary({
  name: 'actor-kind',
  title: 'actor-kind',
  definition: '',
  terms: {
    'activity-cluster': { label: 'activity-cluster', definition: '', source: OWN_DEFINITION },
    unit: { label: 'unit', definition: '', source: OWN_DEFINITION },
    person: { label: 'person', definition: '', source: OWN_DEFINITION },
  },
});
