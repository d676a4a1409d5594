// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const platform = defineVocabulary({
  name: 'platform',
  title: 'platform',
  definition: '',
  terms: {
    windows: { label: 'windows', definition: '', source: OWN_DEFINITION },
    macos: { label: 'macos', definition: '', source: OWN_DEFINITION },
    linux: { label: 'linux', definition: '', source: OWN_DEFINITION },
    android: { label: 'android', definition: '', source: OWN_DEFINITION },
    ios: { label: 'ios', definition: '', source: OWN_DEFINITION },
    web: { label: 'web', definition: '', source: OWN_DEFINITION },
    'network-device': { label: 'network-device', definition: '', source: OWN_DEFINITION },
  },
});
