import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { prettyJson } from '../src/base/canonical-json.ts';
import { reportJsonSchema } from '../src/check/report/report-json-schema.ts';
import { findRecordFiles } from '../src/corpus/read-corpus.ts';
import { jsonSchemas } from '../src/schema/json-schema.ts';
import { recordKindNames } from '../src/schema/record.ts';
import { projectRoot } from './support/shared.ts';

const schemas = [...jsonSchemas(), reportJsonSchema()];

describe('generated files', () => {
  test('every record kind has a schema file and there is no other', () => {
    expect(readdirSync(join(projectRoot, 'schemas')).sort()).toEqual(
      [...recordKindNames, 'check-report'].map((kind) => `${kind}.schema.json`).sort(),
    );
  });

  test.each(schemas.map(({ path, schema }) => [path, schema] as const))('%s is up to date (node scripts/generate.mjs)', (path, schema) => {
    expect(readFileSync(join(projectRoot, path), 'utf8')).toBe(prettyJson(schema));
  });

  test('every field of every schema says what it means', () => {
    const silent: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const { properties } = value as { properties?: Record<string, { description?: string; $ref?: string }> };
      for (const [name, field] of Object.entries(properties ?? {})) if (!field.description && !field.$ref) silent.push(`${path}.${name}`);
      for (const [key, item] of Object.entries(value)) visit(item, `${path}.${key}`);
    };
    for (const { path, schema } of schemas) visit(schema, path);
    expect(silent).toEqual([]);
  });
});

describe('the corpus against the JSON Schemas that editors use', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { uri: true } });
  const validators = new Map(schemas.map(({ path, schema }) => [path, ajv.compile(schema)]));

  test('every record is valid', async () => {
    const { files } = await findRecordFiles(join(projectRoot, 'corpus'));
    expect(files.length).toBeGreaterThan(20);
    const faults: string[] = [];
    for (const file of files) {
      const text = readFileSync(join(projectRoot, 'corpus', file), 'utf8');
      const data: unknown = parse(text);
      const [kind = ''] = String((data as { schema: string }).schema).split('/');
      const validate = validators.get(`schemas/${kind}.schema.json`);
      if (!validate?.(data)) faults.push(`${file}: ${JSON.stringify(validate?.errors?.slice(0, 3))}`);
      const declared = /^# yaml-language-server: \$schema=(\S+)/.exec(text)?.[1];
      if (!declared || !join('corpus', file, '..', declared).endsWith(join('schemas', `${kind}.schema.json`)))
        faults.push(`${file}: no or wrong $schema line`);
    }
    expect(faults).toEqual([]);
  });
});
