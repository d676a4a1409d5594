// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const indicatorType = defineVocabulary({
  name: 'indicator-type',
  title: 'indicator-type',
  definition: '',
  terms: {
    domain: { label: 'domain', definition: '', source: OWN_DEFINITION },
    ipv4: { label: 'ipv4', definition: '', source: OWN_DEFINITION },
    ipv6: { label: 'ipv6', definition: '', source: OWN_DEFINITION },
    url: { label: 'url', definition: '', source: OWN_DEFINITION },
    'email-address': { label: 'email-address', definition: '', source: OWN_DEFINITION },
    'file-name': { label: 'file-name', definition: '', source: OWN_DEFINITION },
    'file-path': { label: 'file-path', definition: '', source: OWN_DEFINITION },
    'registry-key': { label: 'registry-key', definition: '', source: OWN_DEFINITION },
    mutex: { label: 'mutex', definition: '', source: OWN_DEFINITION },
    'user-agent': { label: 'user-agent', definition: '', source: OWN_DEFINITION },
    'repository-name': { label: 'repository-name', definition: '', source: OWN_DEFINITION },
    'branch-name': { label: 'branch-name', definition: '', source: OWN_DEFINITION },
    'workflow-name': { label: 'workflow-name', definition: '', source: OWN_DEFINITION },
    'process-name': { label: 'process-name', definition: '', source: OWN_DEFINITION },
    'wallet-address': { label: 'wallet-address', definition: '', source: OWN_DEFINITION },
  },
});
