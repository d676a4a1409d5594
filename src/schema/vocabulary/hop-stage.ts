import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const hopStage = defineVocabulary({
  name: 'hop-stage',
  title: 'Hop stage',
  definition: 'The lanes of a path, from where code is written to where it runs.',
  terms: {
    source: { label: 'Source', definition: 'Source code and the place where it is kept and reviewed.', source: OWN_DEFINITION },
    dependency: { label: 'Dependency', definition: 'Something made by others that the software takes in.', source: OWN_DEFINITION },
    build: { label: 'Build', definition: 'The systems that turn source into an artifact.', source: OWN_DEFINITION },
    sign: { label: 'Sign', definition: 'The step that signs or attests the artifact.', source: OWN_DEFINITION },
    publish: { label: 'Publish', definition: 'The act and the account through which a release becomes available.', source: OWN_DEFINITION },
    deliver: { label: 'Deliver', definition: 'The channel that carries the release to its users.', source: OWN_DEFINITION },
    run: { label: 'Run', definition: 'The software as it is installed, imported or executed.', source: OWN_DEFINITION },
  },
});
