import { z } from 'zod';
import { entityId, facts, plainNames } from './entity-fields.ts';
import { claim, references } from './evidence.ts';
import { line, term, webUrl } from './fields.ts';
import { organizationKind } from './vocabulary/organization-kind.ts';

export const organization = z
  .strictObject({
    schema: z.literal('organization/1').meta({ description: 'Kind and version of the record.' }),
    id: entityId,
    name: line('Its name.', 120),
    kind: term(organizationKind, 'What sort of organization it is.'),
    summary: claim.meta({ description: 'What it is, in as far as the corpus needs it.' }).optional(),
    aliases: plainNames.optional(),
    homepage: webUrl('Its own site.').optional(),
    facts: facts.optional(),
    references: references.optional(),
  })
  .meta({ id: 'organization', title: 'Organization', description: 'A vendor, claimant, registry operator, agency or project.' });

export type Organization = z.infer<typeof organization>;
