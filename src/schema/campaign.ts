import { z } from 'zod';
import { attribution } from './attribution.ts';
import { aliases, entityId, externalIds, facts } from './entity-fields.ts';
import { claim, datedFact, known, references } from './evidence.ts';
import { line } from './fields.ts';

export const campaign = z
  .strictObject({
    schema: z.literal('campaign/1').meta({ description: 'Kind and version of the record.' }),
    id: entityId,
    name: line('Its name.', 120),
    summary: claim.meta({ description: 'What the campaign comprises.' }),
    aliases: aliases.optional(),
    externalIds: externalIds.optional(),
    firstObserved: datedFact('Earliest activity.').optional(),
    lastObserved: datedFact('Latest activity.').optional(),
    attribution: known(attribution, 'Who claims that which actor ran it.').optional(),
    facts: facts.optional(),
    references,
  })
  .meta({ id: 'campaign', title: 'Campaign', description: 'A set of intrusions or publications that a claimant groups under one name.' });

export type Campaign = z.infer<typeof campaign>;
