// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const referenceKind = defineVocabulary({
  name: 'reference-kind',
  title: 'reference-kind',
  definition: '',
  terms: {
    primary: { label: 'primary', definition: '', source: OWN_DEFINITION },
    vendor: { label: 'vendor', definition: '', source: OWN_DEFINITION },
    researcher: { label: 'researcher', definition: '', source: OWN_DEFINITION },
    government: { label: 'government', definition: '', source: OWN_DEFINITION },
    media: { label: 'media', definition: '', source: OWN_DEFINITION },
    community: { label: 'community', definition: '', source: OWN_DEFINITION },
    court: { label: 'court', definition: '', source: OWN_DEFINITION },
  },
});
