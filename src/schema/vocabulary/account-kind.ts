import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const accountKind = defineVocabulary({
  name: 'account-kind',
  title: 'Account kind',
  definition: 'What sort of account or credential it is.',
  terms: {
    'registry-publisher': {
      label: 'Registry publisher',
      definition: 'An account with the right to publish in a package registry.',
      source: OWN_DEFINITION,
    },
    'source-hosting-user': {
      label: 'Source-hosting user',
      definition: 'A person’s account at a source-hosting service.',
      source: OWN_DEFINITION,
    },
    'source-hosting-bot': {
      label: 'Source-hosting bot',
      definition: 'A machine account or app at a source-hosting service.',
      source: OWN_DEFINITION,
    },
    'access-token': {
      label: 'Access token',
      definition: 'A token or key, where sources speak of it rather than of its account.',
      source: OWN_DEFINITION,
    },
    'corporate-account': { label: 'Corporate account', definition: 'An account in an organization’s own network.', source: OWN_DEFINITION },
    'cloud-account': { label: 'Cloud account', definition: 'An account at a cloud provider.', source: OWN_DEFINITION },
    'email-account': { label: 'E-mail account', definition: 'A mailbox, often the way to another account.', source: OWN_DEFINITION },
    'domain-registrar-account': {
      label: 'Domain registrar account',
      definition: 'An account that controls a domain.',
      source: OWN_DEFINITION,
    },
    'cdn-account': {
      label: 'CDN account',
      definition: 'An account that controls what a content delivery network serves.',
      source: OWN_DEFINITION,
    },
    'signing-identity': { label: 'Signing identity', definition: 'A certificate or key that signs releases.', source: OWN_DEFINITION },
  },
});
