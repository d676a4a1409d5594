import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const attributionRelation = defineVocabulary({
  name: 'attribution-relation',
  title: 'Attribution relation',
  definition: 'What a claimant says ties the incident, or an actor, to the target.',
  terms: {
    'attributed-to': {
      label: 'attributed to',
      definition: 'The claimant says that the target did it or is it.',
      source: OWN_DEFINITION,
      mapping: { stix: 'attributed-to' },
    },
    'related-to': {
      label: 'related to',
      definition: 'The claimant says that the two are connected, without saying that one did the other.',
      source: OWN_DEFINITION,
      mapping: { stix: 'related-to' },
    },
    overlaps: {
      label: 'overlaps with',
      definition: 'The claimant sees shared tools, code or infrastructure and draws no further conclusion.',
      source: OWN_DEFINITION,
    },
    disputed: { label: 'disputes', definition: 'The claimant denies a tie that others claim.', source: OWN_DEFINITION },
  },
});
