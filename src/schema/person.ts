import { z } from 'zod';
import { entityId, facts, plainNames } from './entity-fields.ts';
import { claim, references } from './evidence.ts';
import { line, term, uniqueList } from './fields.ts';
import { personKind } from './vocabulary/person-kind.ts';

export const person = z
  .strictObject({
    schema: z.literal('person/1').meta({ description: 'Kind and version of the record.' }),
    id: entityId,
    name: line('The name used in public.', 120),
    kind: term(personKind, 'Maintainer, researcher, or a persona whose bearer is not established.'),
    summary: claim.meta({ description: 'Who they are in their public role.' }),
    aliases: plainNames.optional(),
    accounts: uniqueList(line('provider:handle.', 120), 'Public accounts, as provider:handle.').optional(),
    facts: facts.optional(),
    references,
  })
  .meta({ id: 'person', title: 'Person', description: 'A maintainer, researcher or persona, in their public role only.' });

export type Person = z.infer<typeof person>;
