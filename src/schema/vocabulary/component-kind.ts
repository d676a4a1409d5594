// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const componentKind = defineVocabulary({
  name: 'component-kind',
  title: 'component-kind',
  definition: '',
  terms: {
    package: { label: 'package', definition: '', source: OWN_DEFINITION },
    application: { label: 'application', definition: '', source: OWN_DEFINITION },
    library: { label: 'library', definition: '', source: OWN_DEFINITION },
    appliance: { label: 'appliance', definition: '', source: OWN_DEFINITION },
    firmware: { label: 'firmware', definition: '', source: OWN_DEFINITION },
    'container-image': { label: 'container-image', definition: '', source: OWN_DEFINITION },
    'ci-action': { label: 'ci-action', definition: '', source: OWN_DEFINITION },
    'editor-extension': { label: 'editor-extension', definition: '', source: OWN_DEFINITION },
    'browser-extension': { label: 'browser-extension', definition: '', source: OWN_DEFINITION },
    'cdn-script': { label: 'cdn-script', definition: '', source: OWN_DEFINITION },
    'os-image': { label: 'os-image', definition: '', source: OWN_DEFINITION },
    'mobile-application': { label: 'mobile-application', definition: '', source: OWN_DEFINITION },
    'development-tool': { label: 'development-tool', definition: '', source: OWN_DEFINITION },
    plugin: { label: 'plugin', definition: '', source: OWN_DEFINITION },
    service: { label: 'service', definition: '', source: OWN_DEFINITION },
  },
});
