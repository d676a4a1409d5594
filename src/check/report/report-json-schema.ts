import { z } from 'zod';
import { checkReportSchema } from './report-schema.ts';

/** The JSON Schema (2020-12) of the JSON report, as it is committed. */
export function reportJsonSchema(): { readonly path: string; readonly schema: object } {
  const { $schema, ...rest } = z.toJSONSchema(checkReportSchema, { target: 'draft-2020-12' });
  return { path: 'schemas/check-report.schema.json', schema: { $schema, $id: 'urn:threatpedia:schema:check-report:1', ...rest } };
}
