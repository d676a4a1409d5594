import { z } from 'zod';
import { attribution } from './attribution.ts';
import { aliases, entityId, externalIds, facts } from './entity-fields.ts';
import { claim, known, references } from './evidence.ts';
import { line, term } from './fields.ts';
import { actorKind } from './vocabulary/actor-kind.ts';

/** An activity cluster, unit or named person. Clusters and people are never merged: the first is an analyst's construct. */
export const actor = z
  .strictObject({
    schema: z.literal('actor/1').meta({ description: 'Kind and version of the record.' }),
    id: entityId,
    name: line('The name under which the claimants of this corpus know it.', 120),
    kind: term(actorKind, 'A cluster of activity, an organized unit, or a person.'),
    summary: claim.meta({ description: 'What it is, as its claimants describe it.' }),
    aliases: aliases.optional(),
    externalIds: externalIds.optional(),
    attribution: known(attribution, 'Claims that tie this actor to another actor, or to a sponsor.').optional(),
    facts: facts.optional(),
    references,
  })
  .meta({ id: 'actor', title: 'Actor', description: 'An activity cluster, a unit or a person to whom a claimant attributes activity.' });

export type Actor = z.infer<typeof actor>;
