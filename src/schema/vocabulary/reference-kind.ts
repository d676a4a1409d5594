import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const referenceKind = defineVocabulary({
  name: 'reference-kind',
  title: 'Reference kind',
  definition: 'What sort of source a document is, by who speaks and from what knowledge.',
  terms: {
    primary: {
      label: 'Primary',
      definition:
        'First-hand: the affected party’s advisory or post-mortem, a commit, a release, a registry or advisory record, the claimant’s own statement.',
      source: OWN_DEFINITION,
    },
    vendor: {
      label: 'Vendor',
      definition: 'A software or security vendor about what its own product saw or what its customers should do.',
      source: OWN_DEFINITION,
    },
    researcher: {
      label: 'Researcher',
      definition: 'Technical analysis by people who examined the artifacts, or a dataset of theirs.',
      source: OWN_DEFINITION,
    },
    government: { label: 'Government', definition: 'A public authority or agency.', source: OWN_DEFINITION },
    media: { label: 'Media', definition: 'Journalism.', source: OWN_DEFINITION },
    community: { label: 'Community', definition: 'Issue threads, forum posts, wikis, community-kept lists.', source: OWN_DEFINITION },
    court: { label: 'Court', definition: 'Filings, rulings and indictments.', source: OWN_DEFINITION },
  },
});
