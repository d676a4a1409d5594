import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const organizationKind = defineVocabulary({
  name: 'organization-kind',
  title: 'Organization kind',
  definition: 'What sort of organization it is.',
  terms: {
    'software-vendor': { label: 'Software vendor', definition: 'Makes and distributes software.', source: OWN_DEFINITION },
    'security-vendor': {
      label: 'Security vendor',
      definition: 'Sells security products or services and publishes research.',
      source: OWN_DEFINITION,
    },
    'registry-operator': { label: 'Registry operator', definition: 'Runs a package registry or marketplace.', source: OWN_DEFINITION },
    'source-hosting-provider': { label: 'Source-hosting provider', definition: 'Runs a service for repositories.', source: OWN_DEFINITION },
    'open-source-project': { label: 'Open-source project', definition: 'A project and its maintainers.', source: OWN_DEFINITION },
    foundation: { label: 'Foundation', definition: 'A non-profit body that hosts projects or standards.', source: OWN_DEFINITION },
    government: { label: 'Government', definition: 'A public authority.', source: OWN_DEFINITION },
    'research-institution': { label: 'Research institution', definition: 'A university or research body.', source: OWN_DEFINITION },
    'service-provider': { label: 'Service provider', definition: 'Runs infrastructure or services for others.', source: OWN_DEFINITION },
    publisher: { label: 'Publisher', definition: 'Journalism and publishing.', source: OWN_DEFINITION },
    company: { label: 'Company', definition: 'Any other company.', source: OWN_DEFINITION },
  },
});
