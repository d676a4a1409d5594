import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const entryStage = defineVocabulary({
  name: 'entry-stage',
  title: 'Entry stage',
  definition:
    'Where the attacker first gained influence over the path of the software. One value: the earliest stage that sources establish.',
  terms: {
    source: {
      label: 'Source',
      definition: 'The attacker first changed or controlled source code, its repository or its maintainers’ rights there.',
      source: OWN_DEFINITION,
      mapping: { slsa: ['B', 'C'], cncf: 'Source Code' },
    },
    dependency: {
      label: 'Dependency',
      definition: 'The attacker first entered through something the software depends on: a library, an action, a tool that others made.',
      source: OWN_DEFINITION,
      mapping: { slsa: ['H'], attack: ['T1195.001'] },
    },
    build: {
      label: 'Build',
      definition: 'The attacker first entered where source becomes an artifact: build server, workflow, compiler, release machine.',
      source: OWN_DEFINITION,
      mapping: { slsa: ['E'], cncf: 'Dev Tooling' },
    },
    sign: {
      label: 'Sign',
      definition: 'The attacker first gained the signing key or the right to have something signed.',
      source: OWN_DEFINITION,
      mapping: { cncf: 'Trust and Signing' },
    },
    publish: {
      label: 'Publish',
      definition: 'The attacker first gained the right to publish: a registry account or token, an upload area, a tag.',
      source: OWN_DEFINITION,
      mapping: { slsa: ['F'], cncf: 'Publishing Infrastructure' },
    },
    deliver: {
      label: 'Deliver',
      definition: 'The attacker first gained what stands between publication and user: mirror, content delivery, domain, update server.',
      source: OWN_DEFINITION,
      mapping: { slsa: ['G'], cncf: 'Publishing Infrastructure' },
    },
  },
});
