import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const channelKind = defineVocabulary({
  name: 'channel-kind',
  title: 'Channel kind',
  definition: 'How releases reach users. Channels of different owners are never one channel; the kind groups them.',
  terms: {
    'public-package-registry': {
      label: 'Public package registry',
      definition: 'A registry open to all publishers, such as npm or PyPI.',
      synonyms: ['package registry'],
      source: OWN_DEFINITION,
    },
    'vendor-signed-update': {
      label: 'Vendor signed update',
      definition: 'The vendor’s own update mechanism that delivers signed releases to installed software.',
      synonyms: ['signed update'],
      source: OWN_DEFINITION,
    },
    'vendor-download': {
      label: 'Vendor download',
      definition: 'The vendor’s own site from which people fetch installers or scripts.',
      synonyms: ['download page'],
      source: OWN_DEFINITION,
    },
    'source-hosting': {
      label: 'Source hosting',
      definition: 'Releases or archives taken from a source-hosting service.',
      synonyms: ['repository hosting'],
      source: OWN_DEFINITION,
    },
    'ci-action-marketplace': {
      label: 'CI action references',
      definition: 'Actions fetched by name and reference when a workflow runs.',
      synonyms: ['GitHub Action', 'CI action'],
      source: OWN_DEFINITION,
    },
    cdn: {
      label: 'Content delivery network',
      definition: 'A host from which pages or programs load code at run time.',

      source: OWN_DEFINITION,
    },
    'container-registry': { label: 'Container registry', definition: 'A registry of container images.', source: OWN_DEFINITION },
    'extension-marketplace': {
      label: 'Extension marketplace',
      definition: 'A store for extensions of editors or browsers.',
      source: OWN_DEFINITION,
    },
    'linux-distribution': {
      label: 'Linux distribution',
      definition: 'The package archive of an operating-system distribution.',
      source: OWN_DEFINITION,
    },
    'mobile-app-store': { label: 'Mobile app store', definition: 'A store for mobile applications.', source: OWN_DEFINITION },
    'mirror-network': { label: 'Mirror network', definition: 'Copies of an archive run by others.', source: OWN_DEFINITION },
    'management-push': {
      label: 'Management push',
      definition: 'Software pushed to managed machines by a management product or provider.',
      synonyms: ['RMM', 'MDM'],
      source: OWN_DEFINITION,
    },
    'physical-media': {
      label: 'Physical media',
      definition: 'Devices or media handed over physically.',
      synonyms: ['USB'],
      source: OWN_DEFINITION,
    },
  },
});
