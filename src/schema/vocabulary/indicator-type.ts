import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const indicatorType = defineVocabulary({
  name: 'indicator-type',
  title: 'Indicator type',
  definition: 'What sort of observable an indicator is.',
  terms: {
    domain: {
      label: 'Domain',
      definition: 'A host name that belongs to the attack.',
      source: OWN_DEFINITION,
      mapping: { stix: 'domain-name' },
    },
    ipv4: {
      label: 'IPv4 address',
      definition: 'An IPv4 address; worth little outside the time in which it was seen.',
      source: OWN_DEFINITION,
      mapping: { stix: 'ipv4-addr' },
    },
    ipv6: {
      label: 'IPv6 address',
      definition: 'An IPv6 address; worth little outside the time in which it was seen.',
      source: OWN_DEFINITION,
      mapping: { stix: 'ipv6-addr' },
    },
    url: { label: 'URL', definition: 'A full address.', source: OWN_DEFINITION, mapping: { stix: 'url' } },
    'email-address': {
      label: 'E-mail address',
      definition: 'An address used by the attacker.',
      source: OWN_DEFINITION,
      mapping: { stix: 'email-addr' },
    },
    'file-name': { label: 'File name', definition: 'A name without folder.', source: OWN_DEFINITION, mapping: { stix: 'file' } },
    'file-path': {
      label: 'File path',
      definition: 'A full path, with variables where paths vary.',
      source: OWN_DEFINITION,
      mapping: { stix: 'file' },
    },
    'registry-key': {
      label: 'Registry key',
      definition: 'A key of the Windows registry.',
      source: OWN_DEFINITION,
      mapping: { stix: 'windows-registry-key' },
    },
    mutex: { label: 'Mutex', definition: 'A named lock that the malware takes.', source: OWN_DEFINITION, mapping: { stix: 'mutex' } },
    'user-agent': { label: 'User agent', definition: 'The user-agent text of its requests.', source: OWN_DEFINITION },
    'repository-name': {
      label: 'Repository name',
      definition: 'The name of a repository that the attack makes or uses.',
      source: OWN_DEFINITION,
    },
    'branch-name': { label: 'Branch name', definition: 'The name of a branch that the attack makes.', source: OWN_DEFINITION },
    'workflow-name': {
      label: 'Workflow name',
      definition: 'The name or file of a CI workflow that the attack adds.',
      source: OWN_DEFINITION,
    },
    'process-name': {
      label: 'Process name',
      definition: 'The name of a running process.',
      source: OWN_DEFINITION,
      mapping: { stix: 'process' },
    },
    'wallet-address': { label: 'Wallet address', definition: 'An address of a cryptocurrency wallet.', source: OWN_DEFINITION },
  },
});
