import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const componentKind = defineVocabulary({
  name: 'component-kind',
  title: 'Component kind',
  definition: 'What sort of software a component is.',
  terms: {
    package: { label: 'Package', definition: 'A package of a public registry, named by a purl.', source: OWN_DEFINITION },
    application: { label: 'Application', definition: 'A program that people install and run.', source: OWN_DEFINITION },
    library: {
      label: 'Library',
      definition: 'Code that other software links, not distributed as a registry package.',
      source: OWN_DEFINITION,
    },
    appliance: { label: 'Appliance', definition: 'A device or virtual machine sold with its software.', source: OWN_DEFINITION },
    firmware: { label: 'Firmware', definition: 'Software stored in a device.', source: OWN_DEFINITION },
    'container-image': { label: 'Container image', definition: 'An image of a container registry.', source: OWN_DEFINITION },
    'ci-action': { label: 'CI action', definition: 'A reusable step or workflow of a CI service.', source: OWN_DEFINITION },
    'editor-extension': { label: 'Editor extension', definition: 'An extension of a code editor or IDE.', source: OWN_DEFINITION },
    'browser-extension': { label: 'Browser extension', definition: 'An extension of a web browser.', source: OWN_DEFINITION },
    'cdn-script': { label: 'CDN script', definition: 'A script that web pages load from somebody else’s host.', source: OWN_DEFINITION },
    'os-image': {
      label: 'Operating-system image',
      definition: 'An installation or disk image of an operating system.',
      source: OWN_DEFINITION,
    },
    'mobile-application': { label: 'Mobile application', definition: 'An app for phones or tablets.', source: OWN_DEFINITION },
    'development-tool': {
      label: 'Development tool',
      definition: 'A compiler, SDK, command-line tool or uploader used in making software.',
      source: OWN_DEFINITION,
    },
    plugin: { label: 'Plugin', definition: 'An extension of a content-management or other platform.', source: OWN_DEFINITION },
    service: { label: 'Service', definition: 'Software used as a hosted service.', source: OWN_DEFINITION },
  },
});
