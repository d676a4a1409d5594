import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const personRole = defineVocabulary({
  name: 'person-role',
  title: 'Person role',
  definition: 'The part of a person in an incident.',
  terms: {
    maintainer: { label: 'Maintainer', definition: 'Maintained the software concerned.', source: OWN_DEFINITION },
    discoverer: { label: 'Discoverer', definition: 'Found it.', source: OWN_DEFINITION },
    reporter: { label: 'Reporter', definition: 'Made it public or reported it to those concerned.', source: OWN_DEFINITION },
    persona: { label: 'Persona', definition: 'The name under which the attack was carried out.', source: OWN_DEFINITION },
    affected: { label: 'Affected', definition: 'Their account, project or work was misused.', source: OWN_DEFINITION },
  },
});
