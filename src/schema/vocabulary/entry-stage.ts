// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const entryStage = defineVocabulary({
  name: 'entry-stage',
  title: 'entry-stage',
  definition: '',
  terms: {
    source: { label: 'source', definition: '', source: OWN_DEFINITION },
    dependency: { label: 'dependency', definition: '', source: OWN_DEFINITION },
    build: { label: 'build', definition: '', source: OWN_DEFINITION },
    sign: { label: 'sign', definition: '', source: OWN_DEFINITION },
    publish: { label: 'publish', definition: '', source: OWN_DEFINITION },
    deliver: { label: 'deliver', definition: '', source: OWN_DEFINITION },
  },
});
