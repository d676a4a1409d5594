// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const externalIdSource = defineVocabulary({
  name: 'external-id-source',
  title: 'external-id-source',
  definition: '',
  terms: {
    attack: { label: 'attack', definition: '', source: OWN_DEFINITION },
    'misp-galaxy': { label: 'misp-galaxy', definition: '', source: OWN_DEFINITION },
    malpedia: { label: 'malpedia', definition: '', source: OWN_DEFINITION },
    'mitre-cve': { label: 'mitre-cve', definition: '', source: OWN_DEFINITION },
    ghsa: { label: 'ghsa', definition: '', source: OWN_DEFINITION },
    osv: { label: 'osv', definition: '', source: OWN_DEFINITION },
  },
});
