import { z } from 'zod';
import { cites, claimText } from './evidence.ts';
import { edtf, line, slug, term } from './fields.ts';
import { attributionLayer } from './vocabulary/attribution-layer.ts';
import { attributionRelation } from './vocabulary/attribution-relation.ts';
import { confidence } from './vocabulary/confidence.ts';
import { likelihood } from './vocabulary/likelihood.ts';
import { nexus } from './vocabulary/nexus.ts';

/**
 * One entry of an attribution ledger: who claims what, when, how sure. Confidence and likelihood are two fields (ICD-203); codes are
 * stored, numbers are derived where a format wants them. Entries that disagree stand side by side.
 */
export const attribution = z
  .strictObject({
    target: z
      .union([z.strictObject({ actor: slug('Id of an actor record.') }), z.strictObject({ campaign: slug('Id of a campaign record.') })])
      .meta({ description: 'Whom or what the claim names: `{ actor: id }` or `{ campaign: id }`.' }),
    relation: term(attributionRelation, 'What is claimed between the two.'),
    claimant: slug('Id of the organization record that makes the claim.'),
    claimed: edtf('When the claim was made public.'),
    confidence: z
      .strictObject({
        code: term(confidence, 'The claimant’s confidence as a code.'),
        word: line('The claimant’s own word, quoted.', 80).optional(),
      })
      .meta({ description: 'How sure the claimant is: a code, and the claimant’s own word where there is one.' }),
    likelihood: term(likelihood, 'How likely the claimant calls it, where it says so.').optional(),
    layer: term(attributionLayer, 'Which question it answers: the technical cluster, the operator, the sponsor.'),
    nexus: term(nexus, 'The country to which the claim itself ties the activity, where its own words do.').optional(),
    text: claimText,
    cites,
  })
  .meta({
    id: 'attribution',
    title: 'Attribution',
    description: 'One claim of attribution, with its claimant, date, confidence and evidence.',
  });

export type Attribution = z.infer<typeof attribution>;
