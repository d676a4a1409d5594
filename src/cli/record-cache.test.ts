import { cp, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { projectRoot } from '../../tests/support/shared.ts';
import { findRecordFiles, type RecordFile, readFiles } from '../corpus/read-corpus.ts';
import { RecordCache } from './record-cache.ts';

let folder: string;
let corpus: string;
let files: RecordFile[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threatpedia-cache-'));
  corpus = join(folder, 'corpus');
  await cp(join(projectRoot, 'corpus'), corpus, { recursive: true });
  files = (await findRecordFiles(corpus)).files.map((file) => ({ file, shown: file })).slice(0, 80);
  vi.stubEnv('THREATPEDIA_HOME', join(folder, 'home'));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Reads all files through a cache as a command does; gives what was read and which files had to be parsed. */
async function read(): Promise<{ readonly records: readonly unknown[]; readonly parsed: readonly string[] }> {
  const parsed: string[] = [];
  const cache = new RecordCache(corpus, () => 'this');
  const [reader = readFiles] = cache.remembering(
    [
      (root, batch) => {
        parsed.push(...batch.map(({ file }) => file));
        return readFiles(root, batch);
      },
    ],
    files.length,
  );
  const records = (await reader(corpus, files)).map(({ record, problems }) => ({ record, problems }));
  cache.save();
  return { records, parsed };
}

test('what did not change is not parsed again, and reads the same', async () => {
  const first = await read();
  expect(first.parsed).toHaveLength(files.length);
  const again = await read();
  expect(again.parsed).toEqual([]);
  expect(again.records).toEqual(first.records);
});

test('a changed file is parsed, whatever its time says; one with a problem always', async () => {
  const [changed, broken] = [files[0]?.file ?? '', files[1]?.file ?? ''];
  const text = await readFile(join(corpus, changed), 'utf8');
  await writeFile(join(corpus, changed), `${text}# changed\n`);
  await utimes(join(corpus, changed), 0, 0);
  await writeFile(join(corpus, broken), 'schema: actor/1\nid: [');
  expect((await read()).parsed).toEqual([changed, broken]);
  const again = await read();
  expect(again.parsed).toEqual([broken]);
  expect(again.records[1]).toMatchObject({ record: undefined, problems: [expect.objectContaining({ code: 'yaml-syntax' })] });
});

test('a damaged cache, or one of another command, counts as none', async () => {
  const path = join(folder, 'home', (await findCache()) ?? '');
  const whole = await readFile(path, 'utf8');
  await writeFile(path, whole.slice(0, whole.length / 2));
  expect((await read()).parsed).toHaveLength(files.length);
  await writeFile(path, whole.replace(/"reader":"[^"]+"/, '"reader":"another"'));
  expect((await read()).parsed).toHaveLength(files.length);
});

async function findCache(): Promise<string | undefined> {
  return (await readdir(join(folder, 'home'))).find((name) => name.startsWith('records-'));
}
