// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const impact = defineVocabulary({
  name: 'impact',
  title: 'impact',
  definition: '',
  terms: {
    'malware-distribution': { label: 'malware-distribution', definition: '', source: OWN_DEFINITION },
    backdoor: { label: 'backdoor', definition: '', source: OWN_DEFINITION },
    'credential-theft': { label: 'credential-theft', definition: '', source: OWN_DEFINITION },
    'cryptocurrency-theft': { label: 'cryptocurrency-theft', definition: '', source: OWN_DEFINITION },
    cryptomining: { label: 'cryptomining', definition: '', source: OWN_DEFINITION },
    'data-exfiltration': { label: 'data-exfiltration', definition: '', source: OWN_DEFINITION },
    'data-destruction': { label: 'data-destruction', definition: '', source: OWN_DEFINITION },
    ransomware: { label: 'ransomware', definition: '', source: OWN_DEFINITION },
    'downstream-compromise': { label: 'downstream-compromise', definition: '', source: OWN_DEFINITION },
    'self-propagation': { label: 'self-propagation', definition: '', source: OWN_DEFINITION },
    espionage: { label: 'espionage', definition: '', source: OWN_DEFINITION },
    'malicious-redirect': { label: 'malicious-redirect', definition: '', source: OWN_DEFINITION },
    'service-disruption': { label: 'service-disruption', definition: '', source: OWN_DEFINITION },
    'protest-message': { label: 'protest-message', definition: '', source: OWN_DEFINITION },
    'proof-of-concept': { label: 'proof-of-concept', definition: '', source: OWN_DEFINITION },
    'none-observed': { label: 'none-observed', definition: '', source: OWN_DEFINITION },
  },
});
