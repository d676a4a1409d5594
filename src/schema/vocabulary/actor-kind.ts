import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const actorKind = defineVocabulary({
  name: 'actor-kind',
  title: 'Actor kind',
  definition: 'What an actor record stands for.',
  terms: {
    'activity-cluster': {
      label: 'Activity cluster',
      definition: 'An analyst’s grouping of activity; whom it stands for is a claim of its own.',
      source: OWN_DEFINITION,
      mapping: { stix: 'intrusion-set' },
    },
    unit: {
      label: 'Unit',
      definition: 'An organized body, such as an agency or a gang with a name of its own.',
      source: OWN_DEFINITION,
      mapping: { stix: 'threat-actor' },
    },
    person: {
      label: 'Person',
      definition: 'A named person or persona acting alone.',
      source: OWN_DEFINITION,
      mapping: { stix: 'threat-actor' },
    },
  },
});
