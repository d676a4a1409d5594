import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BASE_RECORD } from './faults/base-record.ts';
import { threatpedia } from './support/run.ts';
import { projectRoot } from './support/shared.ts';

let faulty: string;

beforeAll(async () => {
  faulty = await mkdtemp(join(tmpdir(), 'threatpedia-cli-'));
  await cp(join(projectRoot, 'corpus', 'organizations'), join(faulty, 'organizations'), { recursive: true });
  await writeFile(join(faulty, 'organizations', 'broken.yaml'), BASE_RECORD.replace('incident/1', 'incidnt/1'));
});

afterAll(() => rm(faulty, { recursive: true, force: true }));

describe('exit codes that scripts can trust', () => {
  const cases: readonly (readonly [name: string, args: readonly string[], code: number])[] = [
    ['a valid corpus', ['validate'], 0],
    ['help', ['--help'], 0],
    ['the version', ['--version'], 0],
    ['a known word', ['explain', 'channel-kind'], 0],
    ['an unknown word', ['explain', 'nonsense-word'], 1],
    ['an unknown id', ['show', 'nothing-of-this-name'], 1],
    ['a list that is empty', ['list', 'zzzzzzz'], 1],
    ['no command', [], 2],
    ['an unknown command', ['exterminate'], 2],
    ['a value outside a vocabulary', ['list', '--vector', 'magic'], 2],
    ['a port that is none', ['serve', '--port', 'http'], 2],
    ['a date that is none', ['show', 'unc4736', '--as-of', '2023-13-01'], 2],
    ['an origin with a path', ['build', '--origin', 'https://example.org/path'], 2],
    ['a corpus that does not exist', ['--corpus', '/nonexistent', 'stats'], 3],
    ['a path that does not exist', ['validate', 'corpus/nothing.yaml'], 3],
  ];
  test.each(cases)('%s', async (_, args, code) => {
    expect((await threatpedia(args)).code).toBe(code);
  });

  test('a faulty corpus: 1 from validate, 2 from what would show it', async () => {
    expect((await threatpedia(['--corpus', faulty, 'validate'])).code).toBe(1);
    const { code, stderr } = await threatpedia(['--corpus', faulty, 'stats']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('did you mean "incident/1"?')]);
  });
});

describe('stats', () => {
  test('counts what the corpus holds, as JSON', async () => {
    const statistics = JSON.parse((await threatpedia(['stats', '--json'])).stdout) as Record<string, unknown>;
    expect(statistics).toMatchObject({
      incidents: { featured: expect.any(Number), structured: expect.any(Number), indexed: expect.any(Number) },
      uncitedClaims: 0,
    });
    expect(statistics.claims).toBeGreaterThan(500);
    expect(statistics.references).toBeGreaterThan(100);
    expect((statistics.entities as Record<string, number>)['build-system']).toBeGreaterThan(2);
  });
});

describe('validate', () => {
  test('tells only of the file that was asked about', async () => {
    const { stdout } = await threatpedia(['--corpus', faulty, 'validate', join(faulty, 'organizations', 'mandiant.yaml')]);
    expect(stdout).toBe('');
  });

  test('JSON, SARIF and GitHub annotations name the same place', async () => {
    const at = async (format: string) => (await threatpedia(['--corpus', faulty, 'validate', '--format', format])).stdout;
    expect(JSON.parse(await at('json'))).toMatchObject({
      problems: [{ severity: 'error', code: 'unknown-kind', at: { line: 1, column: 9 } }],
    });
    const sarif = JSON.parse(await at('sarif')) as {
      version: string;
      runs: { tool: { driver: { rules: { id: string }[] } }; results: unknown[] }[];
    };
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0]?.tool.driver.rules.map(({ id }) => id)).toEqual(['unknown-kind']);
    expect(sarif.runs[0]?.results).toMatchObject([
      { ruleId: 'unknown-kind', level: 'error', locations: [{ physicalLocation: { region: { startLine: 1, startColumn: 9 } } }] },
    ]);
    expect(await at('github')).toMatch(/^::error file=.*broken\.yaml,line=1,col=9,title=unknown-kind::/);
    expect(await at('text')).toMatch(/broken\.yaml:1:9 error\[unknown-kind\] .*\n {2}1 \| schema: incidnt\/1\n {4}\| {9}\^/);
  });

  test('no colour in a pipe, colour where it is forced, none where NO_COLOR says so', async () => {
    const escapeCharacter = String.fromCharCode(27);
    expect((await threatpedia(['--corpus', faulty, 'validate'])).stdout).not.toContain(escapeCharacter);
    expect((await threatpedia(['--corpus', faulty, 'validate'], { FORCE_COLOR: '1' })).stdout).toContain(escapeCharacter);
    expect((await threatpedia(['--corpus', faulty, 'validate'], { NO_COLOR: '1' })).stdout).not.toContain(escapeCharacter);
  });
});

describe('new', () => {
  test('writes a skeleton that only lacks its facts, and never over a file', async () => {
    const args = ['--corpus', faulty, 'new', 'incident', '--id', 'SC-2026-SOME-PACKAGE'];
    expect((await threatpedia(args)).code).toBe(0);
    const text = await readFile(join(faulty, 'incidents', '2026', 'some-package.yaml'), 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/\.\.\/\.\.\/schemas\/incident\.schema\.json\n/);
    expect(text).toContain('id: SC-2026-SOME-PACKAGE');
    const { stdout } = await threatpedia(['--corpus', faulty, 'validate', '--format', 'json', join(faulty, 'incidents')]);
    const codes = new Set((JSON.parse(stdout) as { problems: { code: string }[] }).problems.map(({ code }) => code));
    expect(
      [...codes].filter(
        (code) => !['missing-field', 'invalid-value', 'unknown-term', 'claim-without-citation', 'wrong-type'].includes(code),
      ),
    ).toEqual([]);
    expect((await threatpedia(args)).code).toBe(3);
  });
});

describe('what people read', () => {
  test.each(['validate', 'build', 'serve', 'show', 'path', 'list', 'export', 'import', 'stats', 'verify', 'new', 'explain'])(
    '%s --help has examples',
    async (command) => {
      const { stdout } = await threatpedia([command, '--help']);
      expect(stdout).toMatch(/Examples:\n {2}\$ (PORT=\d+ )?threatpedia /);
    },
  );

  test('the way from X_TRADER to 3CX names its record', async () => {
    const { stdout } = await threatpedia(['path', 'X_TRADER', '3CX DesktopApp']);
    expect(stdout).toContain('SC-2023-3CX-DESKTOPAPP');
  });

  test('a way from a misspelt name is a wrong use, and the right name is told', async () => {
    const { code, stderr } = await threatpedia(['path', 'Trading Tecnologies', '3cx']);
    expect(code).toBe(2);
    expect(stderr).toContain('nothing is called "Trading Tecnologies"; did you mean "Trading Technologies"?');
  });

  test('a list says which date it shows, and what else may have been meant', async () => {
    const { stdout } = await threatpedia(['list', 'SC-2026-MASTRA', 'or', 'SC-2024-ENDOOR-INSTALLER']);
    expect(stdout).toContain('first seen 2026-06-17');
    expect(stdout).toContain('undated');
    const nothing = await threatpedia(['list', 'npm', 'worms', '2025', 'zzz']);
    expect(nothing.code).toBe(1);
    expect(nothing.stderr).toContain("did you mean 'ecosystem:npm vector:self-propagating-worm year:2025'");
  });

  test('where the corpus is thin is told in text and as data', async () => {
    const { incidents } = JSON.parse((await threatpedia(['stats', '--json'])).stdout) as { incidents: Record<string, number> };
    const coverage = JSON.parse((await threatpedia(['stats', '--coverage', '--json'])).stdout) as {
      byYear: Record<string, number>[];
      sections: Record<string, number>[];
      evidence: { claims: number; singleOrigin: number; origins: number; references: number }[];
    };
    for (const depth of ['featured', 'structured', 'indexed']) {
      expect(coverage.byYear.reduce((sum, row) => sum + (row[depth] ?? 0), 0)).toBe(incidents[depth]);
    }
    expect(coverage.evidence).toHaveLength(Object.values(incidents).reduce((sum, count) => sum + count, 0));
    for (const row of coverage.evidence) expect(row.singleOrigin).toBeLessThanOrEqual(row.claims);
    // A featured record leaves out nothing that its depth promises.
    expect(coverage.sections.find(({ name }) => name === ('timeline' as never))?.featured).toBe(0);
    const { stdout } = await threatpedia(['stats', '--coverage']);
    expect(stdout).toMatch(/^Year +featured +structured +indexed$/m);
  });

  test('the path of an incident names each hop', async () => {
    const { stdout } = await threatpedia(['show', 'SC-2018-EVENT-STREAM']);
    expect(stdout).toMatch(/! source +abused +github\.com\/dominictarr\/event-stream: The maintainer/);
  });

  test('what was known on a day does not tell the later story', async () => {
    const { stdout } = await threatpedia(['show', 'organization:3cx', '--as-of', '2023-03-31', '--json']);
    expect(stdout).toContain('"record": null');
    expect(stdout).not.toContain('unc4736');
  });
});
