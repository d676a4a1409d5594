import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const platform = defineVocabulary({
  name: 'platform',
  title: 'Platform',
  definition: 'Where software runs.',
  terms: {
    windows: { label: 'Windows', definition: 'Microsoft Windows.', source: OWN_DEFINITION },
    macos: { label: 'macOS', definition: 'Apple macOS.', source: OWN_DEFINITION },
    linux: { label: 'Linux', definition: 'Linux systems.', source: OWN_DEFINITION },
    android: { label: 'Android', definition: 'Android devices.', source: OWN_DEFINITION },
    ios: { label: 'iOS', definition: 'iPhone and iPad.', source: OWN_DEFINITION },
    web: { label: 'Web', definition: 'Web browsers.', source: OWN_DEFINITION },
    'network-device': { label: 'Network device', definition: 'Routers, appliances and the like.', source: OWN_DEFINITION },
  },
});
