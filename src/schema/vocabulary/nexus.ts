import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

const named = (label: string, adjective: string, code: string, synonyms: readonly string[] = []) => ({
  label,
  definition: `The claimant itself speaks of a ${adjective} nexus, actor or service.`,
  synonyms: [adjective, ...synonyms],
  source: OWN_DEFINITION,
  mapping: { stix: code },
});

export const nexus = defineVocabulary({
  name: 'nexus',
  title: 'Claimed nexus',
  definition:
    'The country to which an attribution claim ties the activity, where the claimant says so in its own words. A claim, never a finding of this corpus; the counterpart is the ISO 3166-1 code, as STIX writes countries.',
  terms: {
    china: named('China', 'Chinese', 'CN', ['PRC']),
    iran: named('Iran', 'Iranian', 'IR'),
    'north-korea': named('North Korea', 'North Korean', 'KP', ['DPRK']),
    russia: named('Russia', 'Russian', 'RU'),
    vietnam: named('Vietnam', 'Vietnamese', 'VN'),
  },
});
