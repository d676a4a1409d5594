import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const depth = defineVocabulary({
  name: 'depth',
  title: 'Depth',
  definition: 'How complete a record promises to be. The validator holds it to that.',
  terms: {
    indexed: { label: 'Indexed', definition: 'Identity, summary, dates, vector and at least one reference.', source: OWN_DEFINITION },
    structured: {
      label: 'Structured',
      definition: 'Also components with versions or an explicit unknown, channel, path, and two references or a reason for one.',
      source: OWN_DEFINITION,
    },
    featured: {
      label: 'Featured',
      definition: 'Also every narrative section, attribution or an explicit unknown, techniques, and detection notes with concrete pivots.',
      source: OWN_DEFINITION,
    },
  },
});
