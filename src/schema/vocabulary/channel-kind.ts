// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const channelKind = defineVocabulary({
  name: 'channel-kind',
  title: 'channel-kind',
  definition: '',
  terms: {
    'public-package-registry': { label: 'public-package-registry', definition: '', source: OWN_DEFINITION },
    'vendor-signed-update': { label: 'vendor-signed-update', definition: '', source: OWN_DEFINITION },
    'vendor-download': { label: 'vendor-download', definition: '', source: OWN_DEFINITION },
    'source-hosting': { label: 'source-hosting', definition: '', source: OWN_DEFINITION },
    'ci-action-marketplace': { label: 'ci-action-marketplace', definition: '', source: OWN_DEFINITION },
    cdn: { label: 'cdn', definition: '', source: OWN_DEFINITION },
    'container-registry': { label: 'container-registry', definition: '', source: OWN_DEFINITION },
    'extension-marketplace': { label: 'extension-marketplace', definition: '', source: OWN_DEFINITION },
    'linux-distribution': { label: 'linux-distribution', definition: '', source: OWN_DEFINITION },
    'mobile-app-store': { label: 'mobile-app-store', definition: '', source: OWN_DEFINITION },
    'mirror-network': { label: 'mirror-network', definition: '', source: OWN_DEFINITION },
    'management-push': { label: 'management-push', definition: '', source: OWN_DEFINITION },
    'physical-media': { label: 'physical-media', definition: '', source: OWN_DEFINITION },
  },
});
