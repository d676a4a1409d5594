// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const organizationRole = defineVocabulary({
  name: 'organization-role',
  title: 'organization-role',
  definition: '',
  terms: {
    vendor: { label: 'vendor', definition: '', source: OWN_DEFINITION },
    affected: { label: 'affected', definition: '', source: OWN_DEFINITION },
    victim: { label: 'victim', definition: '', source: OWN_DEFINITION },
    operator: { label: 'operator', definition: '', source: OWN_DEFINITION },
    discoverer: { label: 'discoverer', definition: '', source: OWN_DEFINITION },
    investigator: { label: 'investigator', definition: '', source: OWN_DEFINITION },
    responder: { label: 'responder', definition: '', source: OWN_DEFINITION },
    claimant: { label: 'claimant', definition: '', source: OWN_DEFINITION },
  },
});
