import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRecord } from '../src/corpus/parse-record.ts';
import { BASE_RECORD } from './faults/base-record.ts';
import { projectRoot } from './support/shared.ts';

const run = promisify(execFile);
const encode = (text: string) => new TextEncoder().encode(text);
const parse = (bytes: Uint8Array) =>
  parseRecord(bytes, 'incidents/2024/example.yaml').problems.map(({ code, at }) => `${code} ${at.line}:${at.column}`);

describe('one hostile file', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...[...'bcdefghi'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]`),
  ].join('\n');
  const cases: readonly (readonly [name: string, bytes: Uint8Array, first: RegExp])[] = [
    ['a bomb of aliases', encode(bomb), /^yaml-alias 1:4$/],
    ['500,000 open brackets', encode('['.repeat(500_000)), /^yaml-depth 1:/],
    ['100,000 nested sequences', encode('- '.repeat(100_000)), /^yaml-depth 1:/],
    ['100,000 nested questions', encode('? '.repeat(100_000)), /^yaml-depth 1:/],
    ['900 levels of indentation', encode(Array.from({ length: 900 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')), /^yaml-depth/],
    ['braces after brackets', encode('[{'.repeat(20_000)), /^yaml-depth 1:/],
    ['100,000 keys', encode(Array.from({ length: 100_000 }, (_, index) => `k${index}: 1`).join('\n')), /^(unknown-kind|file-too-large)/],
    ['one line of a million characters', encode(`title: ${'x'.repeat(1_000_000)}`), /^unknown-kind/],
    ['a million spaces', encode(`a: 1\n${' '.repeat(1_000_000)}b: 1`), /^yaml-depth 2:1/],
    ['many documents', encode('--- {}\n'.repeat(20_000)), /^yaml-multiple-documents 2:/],
    [
      'a key of the prototype',
      encode(BASE_RECORD.replace('status: confirmed', '__proto__: { polluted: yes }\nstatus: confirmed')),
      /^yaml-syntax 7:1$/,
    ],
    ['merge keys', encode(BASE_RECORD.replace('status: confirmed', '<<: { title: other }\nstatus: confirmed')), /^unknown-field 7:1$/],
    ['no content', new Uint8Array(), /^unknown-kind 1:1$/],
    ['a list', encode('- a\n- b\n'), /^unknown-kind 1:1$/],
    ['NUL bytes', encode('schema: incident/1\n\0\0\0'), /^(yaml-syntax|missing-field|unknown-kind|wrong-type)/],
    ['bytes that are not UTF-8', Uint8Array.from([...encode('schema: incident/1\nid: '), 0xc3, 0x28]), /^not-utf8 2:5$/],
    ['a latin-1 file', Uint8Array.from([...encode('title: caf'), 0xe9, 0x0a]), /^not-utf8 1:11$/],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x61, 0x00]), /^not-utf8 1:1$/],
  ];

  test.each(cases)('%s is a clear problem, soon', { timeout: 5_000 }, (_, bytes, first) => {
    const problems = parse(bytes);
    expect(problems[0]).toMatch(first);
    expect(problems.length).toBeLessThan(200);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('a replacement character that the file really holds is no fault', () => {
    expect(parse(encode(BASE_RECORD.replace('Example package', 'Example \ufffd package')))).toEqual([]);
  });

  test('a byte-order mark is read over and columns stay true', () => {
    expect(parse(Uint8Array.from([0xef, 0xbb, 0xbf, ...encode(BASE_RECORD)]))).toEqual([]);
    expect(parse(Uint8Array.from([0xef, 0xbb, 0xbf, ...encode(BASE_RECORD.replace('incident/1', 'incident/9'))]))).toEqual([
      'unknown-kind 1:9',
    ]);
  });

  test('Windows line ends are read and columns stay true', () => {
    expect(parse(encode(BASE_RECORD.replaceAll('\n', '\r\n')))).toEqual([]);
    expect(parse(encode(BASE_RECORD.replace('state: abused', 'state: used').replaceAll('\n', '\r\n')))).toEqual(['unknown-term 92:12']);
  });

  test('any bytes give problems or a record, never an exception', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        parse(bytes);
      }),
      { numRuns: 500 },
    );
  });

  test('any mutation of a good record gives problems or a record, never an exception', { timeout: 60_000 }, () => {
    const pieces = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      ': ',
      '- ',
      '\n',
      '\t',
      '"',
      "'",
      '&a ',
      '*a',
      '!t ',
      '|',
      '>',
      '#',
      '\r',
      '? ',
      '<<: ',
      '%',
      '@',
      '`',
      '\u2028',
      '0',
      '1.10',
      'null',
      '~',
      '  ',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(BASE_RECORD.length), fc.nat(12), pieces), { minLength: 1, maxLength: 6 }), (edits) => {
        let text = BASE_RECORD;
        for (const [at, cut, piece] of edits) text = text.slice(0, at) + piece + text.slice(at + cut);
        for (const problem of parseRecord(encode(text), 'incidents/2024/example.yaml').problems) {
          expect(problem.at.line).toBeGreaterThan(0);
          expect(problem.at.column).toBeGreaterThan(0);
          expect(problem.message).not.toBe('');
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a hostile folder', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'threatpedia-hostile-'));
    await mkdir(join(folder, 'incidents', '2024'), { recursive: true });
    await writeFile(join(folder, 'incidents', '2024', 'example.yaml'), BASE_RECORD);
    await writeFile(join(folder, 'huge.yaml'), 'schema: incident/1\n');
    await truncate(join(folder, 'huge.yaml'), 50 * 1024 * 1024);
    for (let index = 0; index < 200; index++)
      await writeFile(join(folder, `bomb-${index}.yaml`), `a: &a [${'x, '.repeat(2_000)}x]\nb: [${'*a, '.repeat(2_000)}*a]\n`);
    await mkdir(join(folder, 'folder.yaml'));
    await run('mkfifo', [join(folder, 'pipe.yaml')]);
    await writeFile(join(folder, 'locked.yaml'), 'schema: actor/1\n');
    await chmod(join(folder, 'locked.yaml'), 0o000);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is read to the end in 256 MB', { timeout: 60_000 }, async () => {
    const command = [join(projectRoot, 'bin/threatpedia.cjs'), '--corpus', folder, 'validate', '--format', 'json'];
    const { stdout } = await run(process.execPath, ['--max-old-space-size=256', ...command], { maxBuffer: 64 * 1024 * 1024 }).catch(
      (error: { stdout: string; code: number }) => {
        expect(error.code).toBe(1);
        return error;
      },
    );
    const { problems } = JSON.parse(stdout) as { problems: { code: string; at: { file: string } }[] };
    expect(problems.filter(({ code }) => code === 'file-too-large').map(({ at }) => at.file.split('/').at(-1))).toEqual(['huge.yaml']);
    expect(new Set(problems.filter(({ code }) => code === 'yaml-alias').map(({ at }) => at.file)).size).toBe(200);
    expect(problems.find(({ at }) => at.file.endsWith('pipe.yaml'))?.code).toBe('file-unreadable');
    expect(problems.some(({ at }) => at.file.endsWith('example.yaml'))).toBe(false);
    const isRoot = process.getuid?.() === 0;
    expect(problems.find(({ at }) => at.file.endsWith('locked.yaml'))?.code).toBe(isRoot ? 'missing-field' : 'file-unreadable');
  });
});
