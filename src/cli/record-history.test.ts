import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastChanges, recordHistory, withChangedFields } from './record-history.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threatpedia-history-'));
  git('init', '--quiet');
  await commit('2026-01-02', 'A record', { 'corpus/incidents/a.yaml': 'id: A\ntitle: One\nreferences:\n  - id: x\n' });
  await commit('2026-01-03', 'The page is faster', {
    'corpus/incidents/a.yaml': 'id: A\ntitle: Two\nreferences:\n  - id: x\n  - id: y\n',
    'src/page.ts': 'fast();\n',
  });
  await commit('2026-01-04', 'A remark', { 'corpus/incidents/a.yaml': 'id: A\n# why\ntitle: Two\nreferences:\n  - id: x\n  - id: y\n' });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function git(...args: readonly string[]): void {
  execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
  });
}

async function commit(day: string, subject: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  git('add', '.');
  process.env.GIT_COMMITTER_DATE = `${day}T12:00:00Z`;
  git('commit', '--quiet', '-m', subject);
  delete process.env.GIT_COMMITTER_DATE;
}

test('a record’s history tells what changed in it, and the words of a commit only where they are about records', async () => {
  const corpus = join(folder, 'corpus');
  const history = await withChangedFields(corpus, await recordHistory(corpus));
  expect([...history.keys()]).toEqual(['incidents/a.yaml']);
  const changes = history.get('incidents/a.yaml')?.map(({ commit, ...change }) => ({ ...change, isWhole: /^[0-9a-f]{40}$/.test(commit) }));
  expect(changes).toEqual([
    { date: '2026-01-04T12:00:00.000Z', subject: 'A remark', isNew: false, fields: [], isWhole: true },
    {
      date: '2026-01-03T12:00:00.000Z',
      subject: undefined,
      isNew: false,
      fields: ['title: One → Two', 'references: 1 added'],
      isWhole: true,
    },
    { date: '2026-01-02T12:00:00.000Z', subject: 'A record', isNew: true, fields: undefined, isWhole: true },
  ]);
  expect(lastChanges(history)).toEqual(new Map([['incidents/a.yaml', '2026-01-04']]));
});

test('a folder in no repository has no history', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'threatpedia-no-history-'));
  expect(await withChangedFields(elsewhere, await recordHistory(elsewhere))).toEqual(new Map());
  await rm(elsewhere, { recursive: true });
});
