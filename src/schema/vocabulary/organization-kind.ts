// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const organizationKind = defineVocabulary({
  name: 'organization-kind',
  title: 'organization-kind',
  definition: '',
  terms: {
    'software-vendor': { label: 'software-vendor', definition: '', source: OWN_DEFINITION },
    'security-vendor': { label: 'security-vendor', definition: '', source: OWN_DEFINITION },
    'registry-operator': { label: 'registry-operator', definition: '', source: OWN_DEFINITION },
    'source-hosting-provider': { label: 'source-hosting-provider', definition: '', source: OWN_DEFINITION },
    'open-source-project': { label: 'open-source-project', definition: '', source: OWN_DEFINITION },
    foundation: { label: 'foundation', definition: '', source: OWN_DEFINITION },
    government: { label: 'government', definition: '', source: OWN_DEFINITION },
    'research-institution': { label: 'research-institution', definition: '', source: OWN_DEFINITION },
    'service-provider': { label: 'service-provider', definition: '', source: OWN_DEFINITION },
    publisher: { label: 'publisher', definition: '', source: OWN_DEFINITION },
    company: { label: 'company', definition: '', source: OWN_DEFINITION },
  },
});
