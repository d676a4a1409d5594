import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const externalIdSource = defineVocabulary({
  name: 'external-id-source',
  title: 'Catalogue',
  definition: 'Other catalogues in which the same thing has an id.',
  terms: {
    attack: { label: 'ATT&CK', definition: 'MITRE ATT&CK, Enterprise v18.', source: OWN_DEFINITION },
    'misp-galaxy': { label: 'MISP galaxy', definition: 'Clusters of the MISP project.', source: OWN_DEFINITION },
    malpedia: { label: 'Malpedia', definition: 'The malware inventory of Fraunhofer FKIE.', source: OWN_DEFINITION },
    'mitre-cve': { label: 'CVE', definition: 'The CVE list.', source: OWN_DEFINITION },
    ghsa: { label: 'GHSA', definition: 'The GitHub Advisory Database.', source: OWN_DEFINITION },
    osv: { label: 'OSV', definition: 'OSV.dev and its sources.', source: OWN_DEFINITION },
  },
});
