import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const organizationRole = defineVocabulary({
  name: 'organization-role',
  title: 'Organization role',
  definition: 'The part of an organization in an incident.',
  terms: {
    vendor: { label: 'Vendor', definition: 'Made or distributed the software concerned.', source: OWN_DEFINITION },
    affected: { label: 'Affected', definition: 'Its software, service or users were exposed.', source: OWN_DEFINITION },
    victim: { label: 'Victim', definition: 'Was itself intruded upon.', source: OWN_DEFINITION },
    operator: {
      label: 'Channel operator',
      definition: 'Runs the registry, host or service that carried the attack.',
      source: OWN_DEFINITION,
    },
    discoverer: { label: 'Discoverer', definition: 'Found it.', source: OWN_DEFINITION },
    investigator: {
      label: 'Investigator',
      definition: 'Examined it, on behalf of the affected party or independently.',
      source: OWN_DEFINITION,
    },
    responder: { label: 'Responder', definition: 'Acted to contain it.', source: OWN_DEFINITION },
    claimant: { label: 'Claimant', definition: 'Made an attribution claim.', source: OWN_DEFINITION },
  },
});
