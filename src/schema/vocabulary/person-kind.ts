import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const personKind = defineVocabulary({
  name: 'person-kind',
  title: 'Person kind',
  definition: 'What a person record stands for.',
  terms: {
    maintainer: { label: 'Maintainer', definition: 'Maintains software in public.', source: OWN_DEFINITION },
    researcher: { label: 'Researcher', definition: 'Finds or analyses in public.', source: OWN_DEFINITION },
    persona: { label: 'Persona', definition: 'A name used in public whose bearer is not established.', source: OWN_DEFINITION },
  },
});
