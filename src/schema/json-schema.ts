import { z } from 'zod';
import { recordKindNames, recordKinds } from './record.ts';
import { vocabularies } from './vocabularies.ts';

/** EDTF as far as a regular expression can tell; the validator also knows how long months are. */
const EDTF_PATTERN =
  '^(\\.\\.|\\d{4}(-\\d{2}(-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2}))?)?)?[?~%]?)?(/(\\.\\.|\\d{4}(-\\d{2}(-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2}))?)?)?[?~%]?)?)?$';

/**
 * One JSON Schema (2020-12) per record kind, for editors and for readers in other languages. Descriptions and vocabularies come along; rules that need
 * code (canonical purls, dates in order, links) are the validator’s alone.
 */
export function jsonSchemas(): readonly { readonly path: string; readonly schema: object }[] {
  return recordKindNames.map((kind) => {
    const { $schema, ...rest } = z.toJSONSchema(recordKinds[kind].schema, {
      target: 'draft-2020-12',
      io: 'input',
      override: ({ jsonSchema }) => refine(jsonSchema),
    });
    return { path: `schemas/${kind}.schema.json`, schema: { $schema, $id: `urn:threatpedia:schema:${kind}:1`, ...rest } };
  });
}

/** What the conversion drops or editors want: patterns of checks made in code, and what each value of a vocabulary means. */
function refine(schema: z.core.JSONSchema.BaseSchema): void {
  const { vocabulary: name } = schema as { vocabulary?: string };
  if (typeof schema.description === 'string' && schema.description.endsWith('EDTF level 1.')) schema.pattern = EDTF_PATTERN;
  const digest = typeof schema.description === 'string' ? /^(\d+) lower-case hexadecimal digits\.$/.exec(schema.description) : null;
  if (digest) schema.pattern = `^[0-9a-f]{${digest[1]}}$`;
  if (schema.format === 'uri') schema.pattern = '^https?://';
  const vocabulary = vocabularies.find((known) => known.name === name);
  if (vocabulary && schema.enum) {
    const descriptions = schema.enum.map((value) => vocabulary.terms[String(value)]?.definition ?? '');
    schema.enumDescriptions = descriptions;
    schema.markdownEnumDescriptions = descriptions;
  }
  delete (schema as { vocabulary?: string }).vocabulary;
}
