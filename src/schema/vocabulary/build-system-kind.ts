// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const buildSystemKind = defineVocabulary({
  name: 'build-system-kind',
  title: 'build-system-kind',
  definition: '',
  terms: {
    'vendor-build-pipeline': { label: 'vendor-build-pipeline', definition: '', source: OWN_DEFINITION },
    'hosted-ci': { label: 'hosted-ci', definition: '', source: OWN_DEFINITION },
    'self-hosted-ci': { label: 'self-hosted-ci', definition: '', source: OWN_DEFINITION },
    'developer-workstation': { label: 'developer-workstation', definition: '', source: OWN_DEFINITION },
    'distribution-build-farm': { label: 'distribution-build-farm', definition: '', source: OWN_DEFINITION },
    'release-tarball-process': { label: 'release-tarball-process', definition: '', source: OWN_DEFINITION },
    'publishing-workflow': { label: 'publishing-workflow', definition: '', source: OWN_DEFINITION },
  },
});
