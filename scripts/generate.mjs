// Writes what is generated and committed: the JSON Schemas. A test checks that nothing changes when this runs.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleForNode } from './bundle.mjs';
import { root } from './setup.mjs';

const out = join(root, 'dist', 'generate');
await bundleForNode({ records: 'src/schema/json-schema.ts', report: 'src/check/report/report-json-schema.ts' }, out);
const { jsonSchemas } = await import(pathToFileURL(join(out, 'records.mjs')).href);
const { reportJsonSchema } = await import(pathToFileURL(join(out, 'report.mjs')).href);
const target = process.argv[2] ?? root;
mkdirSync(join(target, 'schemas'), { recursive: true });
const schemas = [...jsonSchemas(), reportJsonSchema()];
for (const name of readdirSync(join(target, 'schemas'))) {
  if (!schemas.some(({ path }) => basename(path) === name)) rmSync(join(target, 'schemas', name));
}
for (const { path, schema } of schemas) writeFileSync(join(target, path), `${JSON.stringify(schema, undefined, 2)}\n`);
