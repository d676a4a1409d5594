import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const impact = defineVocabulary({
  name: 'impact',
  title: 'Impact',
  definition:
    'What is known to have come of the incident. Only what sources establish; a capability that nobody saw used is not an impact.',
  terms: {
    'malware-distribution': {
      label: 'Malware distribution',
      definition: 'Users received malicious code through the channel they trusted.',
      source: OWN_DEFINITION,
    },
    backdoor: {
      label: 'Backdoor',
      definition: 'The delivered code gave remote access or command execution.',
      synonyms: ['remote access', 'RAT'],
      source: OWN_DEFINITION,
    },
    'credential-theft': {
      label: 'Credential theft',
      definition: 'Passwords, tokens, keys or sessions were collected.',
      synonyms: ['infostealer', 'stealer', 'password theft', 'token theft', 'secret theft'],
      source: OWN_DEFINITION,
    },
    'cryptocurrency-theft': {
      label: 'Cryptocurrency theft',
      definition: 'Wallets or transactions were robbed.',
      synonyms: ['crypto theft', 'wallet drainer', 'drainer', 'clipper'],
      source: OWN_DEFINITION,
    },
    cryptomining: {
      label: 'Cryptomining',
      definition: 'Victims’ machines were used to mine.',
      synonyms: ['cryptojacking', 'coin miner', 'cryptominer', 'miner'],
      source: OWN_DEFINITION,
    },
    'data-exfiltration': {
      label: 'Data exfiltration',
      definition: 'Data other than credentials was taken.',
      synonyms: ['data theft', 'exfiltration', 'data leak'],
      source: OWN_DEFINITION,
    },
    'data-destruction': {
      label: 'Data destruction',
      definition: 'Data was wiped or overwritten.',
      synonyms: ['wiper', 'wiping'],
      source: OWN_DEFINITION,
    },
    ransomware: {
      label: 'Ransomware',
      definition: 'Data was encrypted for extortion.',
      synonyms: ['extortion', 'encryptor'],
      source: OWN_DEFINITION,
    },
    'downstream-compromise': {
      label: 'Downstream compromise',
      definition: 'Organizations that used the software were intruded upon through it.',
      source: OWN_DEFINITION,
    },
    'self-propagation': {
      label: 'Self-propagation',
      definition: 'The attack spread by itself to further packages, repositories or machines.',
      synonyms: ['worm'],
      source: OWN_DEFINITION,
    },
    espionage: {
      label: 'Espionage',
      definition: 'Chosen victims were watched or searched for information.',
      synonyms: ['spying', 'spyware', 'surveillance'],
      source: OWN_DEFINITION,
    },
    'malicious-redirect': {
      label: 'Malicious redirect',
      definition: 'Visitors or requests were sent to pages of the attacker.',
      source: OWN_DEFINITION,
    },
    'service-disruption': {
      label: 'Service disruption',
      definition: 'Software or services stopped working.',
      synonyms: ['outage', 'denial of service', 'DoS'],
      source: OWN_DEFINITION,
    },
    'protest-message': {
      label: 'Protest message',
      definition: 'The code showed a message or acted as a protest.',
      synonyms: ['protestware'],
      source: OWN_DEFINITION,
    },
    'proof-of-concept': {
      label: 'Proof of concept',
      definition: 'Done to show that it can be done, with permission or without harm.',
      synonyms: ['PoC'],
      source: OWN_DEFINITION,
    },
    'none-observed': { label: 'None observed', definition: 'Sources that looked found no effect on users.', source: OWN_DEFINITION },
  },
});
