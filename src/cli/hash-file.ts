import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Digests } from '../check/identity.ts';

/** The digests of a file by which incidents list files, read once in pieces. */
export async function hashFile(path: string): Promise<Digests> {
  const [sha256, sha1, md5] = [createHash('sha256'), createHash('sha1'), createHash('md5')];
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    sha256.update(chunk);
    sha1.update(chunk);
    md5.update(chunk);
  }
  return { sha256: sha256.digest('hex'), sha1: sha1.digest('hex'), md5: md5.digest('hex') };
}
