import { z } from 'zod';
import { edtf, line, slug, term, uniqueList, webUrl, withCode } from './fields.ts';
import { referenceKind } from './vocabulary/reference-kind.ts';

const referenceId = slug('Id of a reference of this record.');

export const anchor = line('An exact short string of fact — a version, hash, name, date, domain — that the source contains.', 80);

/** A citation: the id of a reference, or with the exact strings to find there and the place in the document. */
export const citation = z
  .union([
    referenceId,
    z.strictObject({
      ref: referenceId,
      anchors: uniqueList(anchor, 'Exact strings that the source contains, so that anyone can find them there again.').optional(),
      locator: line('Where in the source: page, section, row.', 120).optional(),
    }),
  ])
  .meta({ id: 'citation', title: 'Citation', description: 'What a claim rests on: a reference id, or `{ ref, anchors, locator }`.' });

/** At least one citation: what makes a sentence a claim. */
export const cites = z
  .array(citation)
  .min(1, 'expected at least one citation')
  .meta({ description: 'The references that this statement rests on; at least one.' });

/** Text of a claim: one to three sentences, no markup but `[[kind:key|label]]` links. */
export const claimText = z.string().min(1).max(900).meta({
  description: 'One to three sentences of plain text. `[[kind:key|label]]` links to a record or to a primitive of this record.',
});

/** A sentence with its evidence. */
export const claim = z
  .strictObject({ text: claimText, cites })
  .meta({ id: 'claim', title: 'Claim', description: 'One to three sentences and the references they rest on.' });

/** Looked for and not established. */
export const unknownState = z
  .strictObject({
    unknown: z
      .strictObject({ why: line('What was looked at and why it does not settle the matter.', 600) })
      .meta({ description: 'Looked for, not established.' }),
  })
  .meta({
    id: 'unknown',
    title: 'Unknown',
    description: 'The matter was looked into and the sources leave it open. Differs from absent (no record) and from `none`.',
  });

/** Evidence of absence. */
export const noneState = z
  .strictObject({
    none: z.strictObject({ why: line('What the sources say instead.', 600), cites }).meta({ description: 'Evidence that there is none.' }),
  })
  .meta({
    id: 'none',
    title: 'None',
    description: 'Sources establish that there is none. Differs from absent (no record) and from `unknown`.',
  });

/** A list that may be filled, absent (no structured record), evidenced as empty, or unknown. The four never collapse. */
export function known<Item extends z.ZodType>(item: Item, description: string) {
  return z.union([z.array(item), noneState, unknownState]).meta({
    description: `${description} A list, \`none: { why, cites }\` or \`unknown: { why }\`; absent means no structured record.`,
  });
}

/** A date with its evidence, or unknown. */
export function datedFact(description: string) {
  return z
    .union([z.strictObject({ date: edtf('When.'), text: claimText.optional(), cites }), unknownState])
    .meta({ description: `${description} \`{ date, text?, cites }\`, or \`unknown: { why }\`.` });
}

/** A question that may be answered yes, no or unknown; yes and no need evidence. */
export function triState(description: string) {
  return z
    .strictObject({
      value: z.enum(['yes', 'no', 'unknown']).meta({ description: 'Quoted or not, only these three words.' }),
      why: line('What settles the question, or why it is open.', 600),
      cites: cites.optional(),
    })
    .superRefine((fact, context) => {
      if (fact.value !== 'unknown' && !fact.cites) {
        context.addIssue({
          code: 'custom',
          path: ['value'],
          ...withCode('missing-citation-for-value', `"${fact.value}" needs a citation; only "unknown" may stand without one`),
        });
      }
    })
    .meta({ description });
}

/** A document that claims rest on. */
export const reference = z
  .strictObject({
    id: slug('Short handle for citations in this record, such as mandiant-2023-04-20.'),
    title: line('The document’s own title.'),
    titleFromAddress: z
      .literal(true)
      .meta({ description: 'The document’s own title was not seen; the title given is read from its address.' })
      .optional(),
    publisher: line('Who published it, by the name readers know.', 120),
    url: webUrl('Public address.'),
    published: edtf(
      'Publication date of the document. Leave out when the document does not say; it then never counts as available.',
    ).optional(),
    kind: term(referenceKind, 'What sort of source it is.'),
    relays: uniqueList(
      referenceId,
      'References of this record that it repeats: a report and the articles about it are one origin.',
    ).optional(),
    origins: uniqueList(
      slug('Handle of an origin, the same in every reference that goes back to it, such as talos-2017-09-18.'),
      'Origins that it repeats and that are no references of this record themselves: a report that was read only in articles about it.',
    ).optional(),
    archived: webUrl('Archived copy.').optional(),
    captured: z
      .strictObject({
        at: edtf('When the copy was taken.'),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .meta({ description: 'SHA-256 of the copy.' }),
      })
      .meta({ description: 'The copy in which anchors were found; kept outside the repository under its hash.' })
      .optional(),
  })
  .meta({ id: 'reference', title: 'Reference', description: 'A source document. The same URL is one source across all records.' });

export const references = z
  .array(reference)
  .min(1, 'expected at least one reference')
  .meta({ description: 'The documents of this record. Numbered on the page in this order.' });

export type Citation = z.infer<typeof citation>;
export type Reference = z.infer<typeof reference>;
export type UnknownState = z.infer<typeof unknownState>;
export type NoneState = z.infer<typeof noneState>;
export type Known<Item> = readonly Item[] | NoneState | UnknownState;
export type DatedFact = { date: string; text?: string | undefined; cites: Citation[] } | UnknownState;
