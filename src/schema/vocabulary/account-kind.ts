// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const accountKind = defineVocabulary({
  name: 'account-kind',
  title: 'account-kind',
  definition: '',
  terms: {
    'registry-publisher': { label: 'registry-publisher', definition: '', source: OWN_DEFINITION },
    'source-hosting-user': { label: 'source-hosting-user', definition: '', source: OWN_DEFINITION },
    'source-hosting-bot': { label: 'source-hosting-bot', definition: '', source: OWN_DEFINITION },
    'access-token': { label: 'access-token', definition: '', source: OWN_DEFINITION },
    'corporate-account': { label: 'corporate-account', definition: '', source: OWN_DEFINITION },
    'cloud-account': { label: 'cloud-account', definition: '', source: OWN_DEFINITION },
    'email-account': { label: 'email-account', definition: '', source: OWN_DEFINITION },
    'domain-registrar-account': { label: 'domain-registrar-account', definition: '', source: OWN_DEFINITION },
    'cdn-account': { label: 'cdn-account', definition: '', source: OWN_DEFINITION },
    'signing-identity': { label: 'signing-identity', definition: '', source: OWN_DEFINITION },
  },
});
