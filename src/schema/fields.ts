import { z } from 'zod';
import { canonicalUrl } from '../base/canonical-url.ts';
import { isEdtfFault, parseEdtf } from '../base/edtf.ts';
import type { ProblemCode } from '../base/problem-codes.ts';
import { parsePurl } from '../base/purl.ts';
import { type Vocabulary, valuesOf } from './vocabulary.ts';

/**
 * The scalar fields that all records share. Each carries its meaning as metadata, from which the JSON Schemas, the format reference and
 * `explain` are generated; `vocabulary` names the closed list behind a field.
 */
declare module 'zod' {
  interface GlobalMeta {
    vocabulary?: string;
  }
}

/** Marks a custom check with the problem code that the validator reports. */
export function withCode(code: ProblemCode, message: string) {
  return { message, params: { code } };
}

/** One line of plain text. */
export const line = (description: string, max = 300) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^\S(?:[^\n\r]*\S)?$/, 'expected one line without leading or trailing space')
    .meta({ description });

/** An EDTF text. */
export const edtf = (description: string) =>
  z
    .string()
    .max(64)
    .superRefine((text, context) => {
      const parsed = parseEdtf(text);
      if (isEdtfFault(parsed)) context.addIssue({ code: 'custom', ...withCode('invalid-date', parsed.message) });
    })
    .meta({ description: `${description} EDTF level 1.`, examples: ['2023-03-22', '2021-11~', '2026-03-31T00:21Z/2026-03-31T03:15Z'] });

/** The id of a record that is no incident, and of anything declared inside a record. */
export const slug = (description: string) =>
  z
    .string()
    .regex(/^[a-z0-9]+(?:[-._][a-z0-9]+)*$/, 'expected lower-case letters and digits, parted by - . or _')
    .max(100)
    .meta({ description });

export const INCIDENT_ID = /^SC-\d{4}-[A-Z0-9]+(?:-[A-Z0-9]+)*$/;

export const incidentId = (description: string) =>
  z
    .string()
    .regex(INCIDENT_ID, 'expected SC-YEAR-NAME in capitals, such as SC-2023-3CX-DESKTOPAPP')
    .max(80)
    .meta({ description, examples: ['SC-2023-3CX-DESKTOPAPP'] });

export const webUrl = (description: string) =>
  z
    .string()
    .max(2048)
    .refine((text) => canonicalUrl(text) !== undefined, withCode('invalid-url', 'expected an http or https URL without credentials'))
    .meta({ description, format: 'uri' });

/** A purl without version, in canonical spelling. */
export const packageUrl = (description: string) =>
  z
    .string()
    .superRefine((text, context) => {
      const purl = parsePurl(text);
      if (!purl) {
        context.addIssue({
          code: 'custom',
          ...withCode('invalid-purl', `expected a package URL such as pkg:npm/event-stream, got ${JSON.stringify(text)}`),
        });
      } else if (purl.version !== undefined) {
        context.addIssue({
          code: 'custom',
          ...withCode('invalid-purl', `expected a purl without version; write the version under releases`),
        });
      } else if (purl.text !== text) {
        context.addIssue({ code: 'custom', ...withCode('invalid-purl', `expected the canonical spelling ${purl.text}`) });
      }
    })
    .meta({ description, examples: ['pkg:npm/event-stream'] });

/** One value of a vocabulary. */
export function term<Value extends string>(vocabulary: Vocabulary<Value>, description: string) {
  return z.enum(valuesOf(vocabulary)).meta({ description, vocabulary: vocabulary.name });
}

/** A list in which no value stands twice. */
export function uniqueList<Item extends z.ZodType>(item: Item, description: string) {
  return z
    .array(item)
    .superRefine((values, context) => {
      const seen = new Set<unknown>();
      for (const [index, value] of values.entries()) {
        if (typeof value !== 'object' && seen.has(value)) {
          context.addIssue({
            code: 'custom',
            path: [index],
            ...withCode('duplicate-id', `${JSON.stringify(value)} stands twice in this list`),
          });
        }
        seen.add(value);
      }
    })
    .meta({ description });
}
