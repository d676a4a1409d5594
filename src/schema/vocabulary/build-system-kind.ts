import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const buildSystemKind = defineVocabulary({
  name: 'build-system-kind',
  title: 'Build-system kind',
  definition: 'What sort of system turns source into an artifact.',
  terms: {
    'vendor-build-pipeline': {
      label: 'Vendor build pipeline',
      definition: 'A vendor’s internal build servers and steps.',
      source: OWN_DEFINITION,
    },
    'hosted-ci': {
      label: 'Hosted CI',
      definition: 'A CI service run by somebody else, such as GitHub Actions on hosted runners.',
      source: OWN_DEFINITION,
    },
    'self-hosted-ci': { label: 'Self-hosted CI', definition: 'A CI system or runner on the owner’s own machines.', source: OWN_DEFINITION },
    'developer-workstation': { label: 'Developer workstation', definition: 'A person’s own machine.', source: OWN_DEFINITION },
    'distribution-build-farm': {
      label: 'Distribution build farm',
      definition: 'The build service of an operating-system distribution.',
      source: OWN_DEFINITION,
    },
    'release-tarball-process': {
      label: 'Release tarball process',
      definition: 'The step by which maintainers make the source archive that others build from.',
      source: OWN_DEFINITION,
    },
    'publishing-workflow': {
      label: 'Publishing workflow',
      definition: 'An automated step that builds and publishes a package.',
      source: OWN_DEFINITION,
    },
  },
});
