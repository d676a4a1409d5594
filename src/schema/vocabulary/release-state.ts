import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const releaseState = defineVocabulary({
  name: 'release-state',
  title: 'Release state',
  definition: 'What a release or file is, as far as sources establish.',
  terms: {
    malicious: { label: 'Malicious', definition: 'It carries the attacker’s code.', source: OWN_DEFINITION },
    affected: {
      label: 'Affected',
      definition: 'Sources list it as affected, without showing that it carries malicious code itself.',
      source: OWN_DEFINITION,
    },
    'clean-fix': { label: 'Clean fix', definition: 'The owner released it to replace what was bad.', source: OWN_DEFINITION },
    unknown: { label: 'Unknown', definition: 'Sources name it and leave open what it is.', source: OWN_DEFINITION },
  },
});
