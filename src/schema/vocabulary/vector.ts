import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const vector = defineVocabulary({
  name: 'vector',
  title: 'Vector',
  definition:
    'How the attacker got in and how the attack spread. Several may apply; each must be visible in the record’s path or narrative.',
  terms: {
    'build-system-compromise': {
      label: 'Build-system compromise',
      definition: 'The attacker altered or controlled the system that builds the artifact.',
      source: OWN_DEFINITION,
      mapping: { attack: ['T1195.002'], slsa: ['E'], cncf: 'Dev Tooling', sap: 'AV-400' },
    },
    'source-repository-compromise': {
      label: 'Source-repository compromise',
      definition: 'The attacker changed code in the repository without the right to, or took over the service that hosts it.',
      source: OWN_DEFINITION,
      mapping: { attack: ['T1195.002'], slsa: ['C'], cncf: 'Source Code', sap: 'AV-300' },
    },
    'malicious-maintainer': {
      label: 'Malicious maintainer',
      definition: 'Somebody who had earned or been given maintainers’ rights used them to place malicious code.',
      source: OWN_DEFINITION,
      mapping: { slsa: ['A', 'B'], cncf: 'Malicious Maintainer', sap: 'AV-302' },
    },
    'maintainer-handover': {
      label: 'Maintainer handover',
      definition: 'The project or package was handed over, given or sold to somebody who then abused it.',
      source: OWN_DEFINITION,
      mapping: { slsa: ['A'], cncf: 'Malicious Maintainer' },
    },
    'publisher-account-takeover': {
      label: 'Publisher account takeover',
      definition: 'An account with the right to publish was taken over: password, session or second factor.',
      source: OWN_DEFINITION,
      mapping: { slsa: ['F'], cncf: 'Malicious Maintainer', sap: 'AV-602' },
    },
    'stolen-credential': {
      label: 'Stolen credential',
      definition: 'A token, key or password that had leaked or been stolen was used; the account itself was not taken over.',
      source: OWN_DEFINITION,
      mapping: { sap: 'AV-603' },
    },
    'ci-workflow-exploitation': {
      label: 'CI workflow exploitation',
      definition:
        'A flaw in a workflow let outsiders run code or read secrets in it: untrusted input, dangerous triggers, poisoned caches.',
      source: OWN_DEFINITION,
      mapping: { slsa: ['E'] },
    },
    'mutable-reference-tampering': {
      label: 'Mutable-reference tampering',
      definition: 'A tag, branch or other name that others rely on was moved to malicious content.',
      source: OWN_DEFINITION,
      mapping: { slsa: ['C'] },
    },
    'distribution-infrastructure-compromise': {
      label: 'Distribution-infrastructure compromise',
      definition: 'The server, storage or mirror that hands out releases was altered.',
      source: OWN_DEFINITION,
      mapping: { attack: ['T1195.002'], slsa: ['G'], cncf: 'Publishing Infrastructure', sap: 'AV-505' },
    },
    'domain-acquisition': {
      label: 'Domain acquisition',
      definition: 'A domain that carries code was bought or transferred together with its users’ trust.',
      source: OWN_DEFINITION,
    },
    'expired-domain-takeover': {
      label: 'Expired-domain takeover',
      definition: 'A lapsed domain was registered again and with it came an account or a script source.',
      source: OWN_DEFINITION,
    },
    'code-signing-abuse': {
      label: 'Code-signing abuse',
      definition: 'Malicious code carried a valid signature of the vendor, through a stolen key or an abused signing step.',
      source: OWN_DEFINITION,
      mapping: { attack: ['T1553.002'], cncf: 'Trust and Signing' },
    },
    'malicious-dependency': {
      label: 'Malicious dependency',
      definition: 'A dependency was added so that its malicious code would run wherever the software is installed.',
      source: OWN_DEFINITION,
      mapping: { attack: ['T1195.001'], slsa: ['H'] },
    },
    'dependency-confusion': {
      label: 'Dependency confusion',
      definition: 'A public package took the name of a private one so that resolvers preferred it.',
      source: OWN_DEFINITION,
      mapping: { attack: ['T1195.001'], slsa: ['H'], sap: 'AV-509' },
    },
    typosquatting: {
      label: 'Typosquatting',
      definition: 'A package took a name that is easily mistaken for another’s.',
      source: OWN_DEFINITION,
      mapping: { attack: ['T1195.001'], slsa: ['H'], cncf: 'Negligence', sap: 'AV-204' },
    },
    'malicious-package': {
      label: 'Malicious package',
      definition: 'A package was published for no other purpose than to harm those who install it.',
      source: OWN_DEFINITION,
      mapping: { attack: ['T1195.001'], sap: 'AV-100' },
    },
    'self-propagating-worm': {
      label: 'Self-propagating worm',
      definition: 'The payload used what it found on victims to publish itself further.',
      source: OWN_DEFINITION,
    },
    'upstream-compromise': {
      label: 'Upstream compromise',
      definition: 'The access came from an earlier compromise of other software, recorded as an incident of its own.',
      source: OWN_DEFINITION,
      mapping: { cncf: 'Attack Chaining' },
    },
    'maintainer-sabotage': {
      label: 'Maintainer sabotage',
      definition: 'Rightful maintainers damaged their own software on purpose, in protest or otherwise.',
      source: OWN_DEFINITION,
      mapping: { slsa: ['A'], cncf: 'Malicious Maintainer', sap: 'AV-801' },
    },
    'malicious-extension': {
      label: 'Malicious extension',
      definition: 'An extension of an editor, browser or platform carried the attack.',
      source: OWN_DEFINITION,
    },
    'development-tool-tampering': {
      label: 'Development-tool tampering',
      definition: 'A compiler, IDE, SDK or other tool was altered so that what it makes is altered.',
      source: OWN_DEFINITION,
      mapping: { attack: ['T1195.001'], cncf: 'Dev Tooling' },
    },
    'repository-hijack': {
      label: 'Repository hijack',
      definition: 'A name that had become free — user, organization, repository — was taken so that old links lead to the attacker.',
      source: OWN_DEFINITION,
      mapping: { sap: 'AV-501' },
    },
    'management-software-exploitation': {
      label: 'Management-software exploitation',
      definition: 'Software that manages many machines was exploited to push malicious code to all of them.',
      source: OWN_DEFINITION,
    },
    'update-mechanism-hijack': {
      label: 'Update-mechanism hijack',
      definition: 'Updates were redirected or replaced on their way, without altering what the vendor published.',
      source: OWN_DEFINITION,
      mapping: { attack: ['T1195.002'], slsa: ['G'] },
    },
    'social-engineering': {
      label: 'Social engineering',
      definition: 'People were deceived into giving access, publishing or installing: phishing, impersonation, pressure.',
      source: OWN_DEFINITION,
    },
    'firmware-implant': {
      label: 'Firmware implant',
      definition: 'Firmware or hardware left its maker or reached its user altered.',
      source: OWN_DEFINITION,
      mapping: { attack: ['T1195.003'] },
    },
    unknown: {
      label: 'Unknown',
      definition: 'No source that was read tells how the attacker got in. It stands alone.',
      source: OWN_DEFINITION,
    },
  },
});
