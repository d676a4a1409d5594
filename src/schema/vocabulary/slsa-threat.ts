import { defineVocabulary, SLSA_THREATS } from '../vocabulary.ts';

export const slsaThreat = defineVocabulary({
  name: 'slsa-threat',
  title: 'SLSA threat',
  definition: 'Which link of the chain was attacked, by the letters of SLSA.',
  terms: {
    A: { label: 'A — Producer', definition: 'The producer itself meant harm.', source: SLSA_THREATS },
    B: {
      label: 'B — Modifying the source',
      definition: 'A change entered the source against the producer’s intent, through the ordinary way of changing it.',
      source: SLSA_THREATS,
    },
    C: { label: 'C — Source code management', definition: 'The system that keeps the source was subverted.', source: SLSA_THREATS },
    D: {
      label: 'D — External build parameters',
      definition: 'The build was started with parameters or from source other than intended.',
      source: SLSA_THREATS,
    },
    E: { label: 'E — Build process', definition: 'What the build made was changed while it ran.', source: SLSA_THREATS },
    F: { label: 'F — Artifact publication', definition: 'Something was published that the build did not make.', source: SLSA_THREATS },
    G: {
      label: 'G — Distribution channel',
      definition: 'The package was changed or replaced on the way to its users.',
      source: SLSA_THREATS,
    },
    H: { label: 'H — Package selection', definition: 'Users were led to choose the wrong package.', source: SLSA_THREATS },
    I: { label: 'I — Usage', definition: 'The package was used in a way that did harm.', source: SLSA_THREATS },
  },
});
