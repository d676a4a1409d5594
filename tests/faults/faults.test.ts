import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/base/problem.ts';
import { type ProblemCode, problemCodes } from '../../src/base/problem-codes.ts';
import { parseRecord } from '../../src/corpus/parse-record.ts';
import { readCorpus } from '../../src/corpus/read-corpus.ts';
import { BASE_RECORD } from './base-record.ts';
import { seededFaults } from './faults.ts';

const FILE = 'incidents/2024/example.yaml';
const MARK = '«';

function parse(text: string): readonly Problem[] {
  return parseRecord(new TextEncoder().encode(text), FILE).problems;
}

/** The text without its mark, and the line and column where the mark stood. */
function unmark(marked: string): { text: string; line: number; column: number } | { text: string } {
  const offset = marked.indexOf(MARK);
  if (offset < 0) return { text: marked };
  const before = marked.slice(0, offset).split('\n');
  return { text: marked.replace(MARK, ''), line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

describe('seeded faults', () => {
  test('the base record has none', () => {
    expect(parse(BASE_RECORD)).toEqual([]);
  });

  test('there are at least 48 that name a line and column', () => {
    expect(seededFaults.filter(({ by }) => by.includes(MARK)).length).toBeGreaterThanOrEqual(48);
  });

  test.each(seededFaults.map((fault) => [fault.name, fault] as const))('%s', (_, fault) => {
    expect(BASE_RECORD.split(fault.replace), 'the piece to replace occurs').not.toHaveLength(1);
    const expected = unmark(BASE_RECORD.replace(fault.replace, () => fault.by));
    const problems = parse(expected.text);
    const found = problems.filter(({ code }) => code === fault.code);
    expect(found.length, JSON.stringify(problems)).toBeGreaterThan(0);
    if ('line' in expected) {
      expect(found.map(({ at }) => `${at.line}:${at.column}`)).toContain(`${expected.line}:${expected.column}`);
      const problem = found.find(({ at }) => at.line === expected.line && at.column === expected.column);
      expect(problem?.excerpt?.text).toBe(expected.text.split('\n')[expected.line - 1]?.slice(0, 110).replaceAll('\t', ' '));
      expect(problem?.excerpt?.caret).toBe(expected.column - 1);
    }
    if (fault.says) expect(found.map(({ message, fix }) => `${message} ${fix ?? ''}`).join('\n')).toContain(fault.says);
  });

  test('all problems of a file are told at once, each at its place', () => {
    const text = BASE_RECORD.replace('status: confirmed', 'status: certain')
      .replace('version: "1.10"', 'version: 1.10')
      .replace('state: abused', 'state: used');
    expect(parse(text).map(({ code, at }) => `${at.line} ${code}`)).toEqual(['7 unknown-term', '44 wrong-type', '92 unknown-term']);
  });

  test('what the schema refuses in one place hides no broken rule in another', () => {
    const broken = BASE_RECORD.replace('status: confirmed', 'status: certain')
      .replace('title: First warning', 'titel: First warning')
      .replace('state: malicious\n    cites: [{ ref: vendor,', 'state: malicious\n    cites: [{ ref: vendr,')
      .replace(
        '  - id: CVE-2024-0001\n    cites: [vendor]',
        '  - id: CVE\n    cites: [vendor]\n  - id: CVE-2024-0002\n    cites: [vendor, vndor]',
      )
      .replace('withdrawn: 2024-03-05', 'withdrawn: 2024-02-05');
    expect(parse(broken).map(({ code, at }) => `${at.line}:${at.column} ${code}`)).toEqual([
      '7:9 unknown-term',
      '33:5 missing-field',
      '34:5 unknown-field',
      '77:9 invalid-value',
      '48:20 unknown-reference',
      '80:21 unknown-reference',
      '46:16 dates-out-of-order',
    ]);
  });

  const REST = '    name: Compromise Software Supply Chain\n    cites: [';
  const refused = seededFaults
    .map(({ name, replace, by }) => ({ name, text: unmark(BASE_RECORD.replace(replace, () => by)).text }))
    .filter(({ text }) => text.includes(REST) && !parse(text).some(({ code }) => /^yaml-|^unknown-kind$/.test(code)))
    .filter(({ text }) => parseRecord(new TextEncoder().encode(text), FILE).record === undefined);
  /** Where the schema refuses the list of references, or the very statement, its citations are not checked. */
  const SAME_PART = ['a technique id of the wrong form', 'an address that no browser opens', 'an address with credentials'];

  test.each(refused.map(({ name, text }) => [name, text] as const))(
    '%s: beside an unknown reference, both are told and nothing else',
    (name, text) => {
      const told = (of: string) => parse(of).map(({ code, message }) => `${code} ${message}`);
      const added = SAME_PART.includes(name) ? [] : ['unknown-reference no reference with id "unheard-of"'];
      expect(told(text.replace(REST, `${REST}unheard-of, `))).toEqual([...told(text), ...added]);
    },
  );

  test('there are many of these', () => {
    expect(refused.length).toBeGreaterThan(25);
  });
});

describe('faults between files', () => {
  let folder: string;
  let problems: readonly Problem[];
  const organization = (id: string) => `schema: organization/1\nid: ${id}\nname: ${id}\nkind: company\n`;
  const actor = (id: string, name: string) =>
    `schema: actor/1\nid: ${id}\nname: ${name}\nkind: activity-cluster\nsummary:\n  text: A cluster.\n  cites: [a]\nreferences:\n  - id: a\n    title: About ${id}\n    publisher: P\n    url: https://example.com/${id}\n    kind: media\n`;
  const seeded = (own: string, from: string) =>
    BASE_RECORD.replace('SC-2024-EXAMPLE', `SC-2024-${own}`).replace(
      'path:\n',
      `seededBy:\n  - from: { incident: SC-2024-${from}, component: example }\n    to: example\n    tier: causal\n    text: One led to the other.\n    cites: [vendor]\npath:\n`,
    );
  const files: Readonly<Record<string, string>> = {
    'incidents/2024/one.yaml': seeded('ONE', 'TWO'),
    'incidents/2024/two.yaml': seeded('TWO', 'ONE').replace('title: What we found', 'title: Another title'),
    'incidents/2024/three.yaml': seeded('THREE', 'NONE')
      .replace('kind: package', 'kind: library')
      .replace(
        'attribution:\n  unknown:\n    why: No source names anybody.\n',
        'attribution:\n  - target: { actor: bear-on }\n    relation: attributed-to\n    claimant: vendr\n    claimed: 2024-02-01\n    confidence: { code: not-stated }\n    layer: technical\n    text: They say so.\n    cites: [researcher]\n',
      ),
    'organizations/vendor.yaml': organization('vendor'),
    'actors/bear-one.yaml': actor('bear-one', 'Brown Bear'),
    'actors/bear-two.yaml': actor('bear-two', 'BROWN-BEAR'),
    'actors/again/bear-one.yaml': actor('bear-one', 'Bear One').replace('About bear-one', 'About bear-one'),
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'threatpedia-faults-'));
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    await mkdir(join(folder, 'people'));
    await symlink('/etc/hostname', join(folder, 'people', 'outside.yaml'));
    await writeFile(join(folder, 'actors', 'large.yaml'), `schema: actor/1\n${'# padding\n'.repeat(120_000)}`);
    await mkdir(join(folder, 'actors', 'folder.yaml'));
    problems = (await readCorpus(folder, { shownRoot: '.' })).problems;
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const expected: readonly (readonly [code: ProblemCode, at: string, says: string])[] = [
    ['cyclic-seeding', 'incidents/2024/', 'SC-2024-ONE'],
    ['url-with-two-titles', 'incidents/2024/two.yaml:', 'What we found'],
    ['dangling-link', 'incidents/2024/three.yaml:89:', 'there is no incident "SC-2024-NONE"'],
    ['dangling-link', 'incidents/2024/three.yaml:80:', 'did you mean "bear-one"'],
    ['dangling-link', 'incidents/2024/three.yaml:82:', 'did you mean "vendor"'],
    ['key-with-two-kinds', 'incidents/2024/', 'pkg:npm/example'],
    ['claim-older-than-source', 'incidents/2024/three.yaml:83:', '2024-02-01'],
    ['possible-duplicate', 'incidents/2024/three.yaml:', 'SC-2024-ONE'],
    ['alias-collision', 'actors/bear-two.yaml:3:', 'bear-one'],
    ['duplicate-id', 'actors/', 'bear-one'],
    ['path-outside-corpus', 'people/outside.yaml:1:1', 'not followed'],
    ['file-too-large', 'actors/large.yaml:1:1', '1048576'],
  ];

  test.each(expected)('%s in %s', (code, at, says) => {
    const found = problems.filter(
      (problem) =>
        problem.code === code &&
        `${problem.at.file}:${problem.at.line}:${problem.at.column}`.startsWith(at) &&
        problem.message.includes(says),
    );
    expect(
      found.length,
      problems.map((problem) => `${problem.at.file}:${problem.at.line}:${problem.at.column} ${problem.code} ${problem.message}`).join('\n'),
    ).toBeGreaterThan(0);
  });

  test('every code has a seeded fault', () => {
    const elsewhere: readonly ProblemCode[] = ['file-unreadable', 'not-utf8'];
    const covered = new Set<string>([...seededFaults.map(({ code }) => code), ...expected.map(([code]) => code), ...elsewhere]);
    expect(Object.keys(problemCodes).filter((code) => !covered.has(code))).toEqual([]);
  });
});
