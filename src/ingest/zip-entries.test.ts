import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ZippedFile, zipOf } from '../../tests/support/zip.ts';
import { readOsvRecords } from './osv-records.ts';
import { MAX_ENTRY_BYTES, zipEntries } from './zip-entries.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threatpedia-zip-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function namesIn(bytes: Buffer): Promise<string[]> {
  const path = join(folder, 'a.zip');
  await writeFile(path, bytes);
  const names: string[] = [];
  for await (const { name } of zipEntries(path, () => true)) names.push(name);
  return names;
}

const zeros = (size: number): Buffer => Buffer.alloc(size);
const text = (name: string): ZippedFile => ({ name, data: Buffer.from('{}'), deflated: true });

describe('an archive', () => {
  test('gives its files in order', async () => {
    expect(await namesIn(zipOf([text('b'), ['a', 'x'], text('c/d')]))).toEqual(['b', 'a', 'c/d']);
  });

  test.each<[string, Buffer, RegExp]>([
    ['that leads out of its folder', zipOf([text('../../outside.json')]), /damaged/],
    ['with an absolute name', zipOf([text('/etc/passwd')]), /damaged/],
    ['with a name of Windows', zipOf([text('C:\\x')]), /damaged/],
    [
      'that inflates beyond what it claims',
      zipOf([{ name: 'bomb', data: zeros(5_000_000), deflated: true, claimedSize: 10 }]),
      /cannot be inflated/,
    ],
    [
      'that claims to inflate beyond the bound',
      zipOf([{ name: 'bomb', data: zeros(10), deflated: true, claimedSize: MAX_ENTRY_BYTES + 1 }]),
      /too large/,
    ],
    ['that inflates beyond the bound', zipOf([{ name: 'bomb', data: zeros(MAX_ENTRY_BYTES + 1), deflated: true }]), /too large/],
    ['whose checksum is wrong', zipOf([{ ...text('a'), claimedCrc: 1 }]), /checksum/],
    ['that is encrypted', zipOf([{ ...text('a'), flags: 1 }]), /encrypted/],
    ['that is cut off', zipOf([text('a'), text('b')]).subarray(0, -30), /no zip archive/],
    ['whose files are missing', Buffer.concat([zipOf([text('a')]).subarray(60)]), /no zip archive|no header|damaged/],
    ['of nothing', Buffer.alloc(0), /no zip archive/],
  ])('%s is refused', async (_, bytes, message) => {
    await expect(namesIn(bytes)).rejects.toThrow(message);
  });

  test('nothing is written anywhere', async () => {
    await namesIn(zipOf([text('../outside.json')])).catch(() => undefined);
    expect((await readdir(folder)).filter((name) => name.includes('outside'))).toEqual([]);
  });
});

describe('lines of records', () => {
  async function read(name: string, bytes: Buffer): Promise<number> {
    await writeFile(join(folder, name), bytes);
    let count = 0;
    for await (const _ of readOsvRecords(join(folder, name))) count++;
    return count;
  }

  test('are read whatever ends them, packed or not', async () => {
    const lines = Buffer.from('{"id":"MAL-2024-1"}\n\n{"id":"é"}\r\n{"id":"MAL-2024-3"}');
    expect([await read('a.jsonl', lines), await read('a.jsonl.gz', gzipSync(lines))]).toEqual([3, 3]);
  });

  test('a line that never ends is refused before it fills memory, packed or not', async () => {
    const endless = Buffer.alloc(MAX_ENTRY_BYTES + 1, 'a');
    await expect(read('b.jsonl', endless)).rejects.toThrow(/longer than/);
    await expect(read('b.jsonl.gz', gzipSync(endless))).rejects.toThrow(/longer than/);
  });
});
