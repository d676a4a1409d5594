import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorCodes } from '../src/base/problem.ts';
import { MAGIC } from '../src/check/index/index-format.ts';
import { exitCodes } from '../src/cli/context.ts';
import { recordKindNames } from '../src/schema/record.ts';
import { projectRoot } from './support/shared.ts';

const page = readFileSync(join(projectRoot, 'docs/compatibility.md'), 'utf8');
const rows = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, ...cells]) => cells);

test('the exit codes that are promised are those of the command', () => {
  expect(rows(/^\| (\d) \| `(\w+)` \|/gm)).toEqual(Object.entries(exitCodes).map(([name, code]) => [String(code), name]));
});

test('the error codes that are promised are those of the library', () => {
  const section = page.slice(page.indexOf('## Errors of the library'), page.indexOf('## Ids and addresses'));
  expect([...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code)).toEqual([...errorCodes]);
});

test('versions that are told are those in use, and every described file is there', () => {
  expect(page).toContain(`\`${MAGIC}\``);
  for (const kind of recordKindNames) {
    const schema = JSON.stringify(JSON.parse(readFileSync(join(projectRoot, `schemas/${kind}.schema.json`), 'utf8')));
    expect(schema).toContain(`"${kind}/1"`);
  }
  const report = readFileSync(join(projectRoot, 'schemas/check-report.schema.json'), 'utf8');
  expect(report.includes('"check-report/1"') && page.includes('`"schema": "check-report/1"`')).toBe(true);
  for (const [, target = ''] of page.matchAll(/\]\(([\w./-]+\.md)\)/g)) {
    expect(() => readFileSync(join(projectRoot, 'docs', target)), target).not.toThrow();
  }
});
