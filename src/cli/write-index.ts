import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { AppError } from '../base/problem.ts';
import { indexFailure, openIndexFile } from '../check/index/index-file.ts';
import { isCorpusIndex } from '../check/index/index-format.ts';
import { verifyIndex } from '../check/index/open-index.ts';
import type { PackageIndex } from '../site/view.ts';

/**
 * Copies an index of malicious packages without holding it, and verifies every part of the copy. Throws AppError where it is missing, damaged, or
 * an index of something else.
 */
export async function copyPackageIndex(from: string, to: string): Promise<PackageIndex> {
  await (await openIndexFile(from)).close();
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  const { header, source, close } = await openIndexFile(to, from);
  try {
    if (isCorpusIndex(header)) throw new AppError('usage', `${from} is the index of a corpus; --index takes one of malicious packages`);
    await verifyIndex(source, header, crc32).catch((cause: unknown) => {
      throw indexFailure(from, cause);
    });
    return { header, bytes: (await stat(to)).size };
  } finally {
    await close();
  }
}

/** Writes a file in pieces beside its place and puts it there in one step, so that a reader never sees half of it. Gives its length. */
export async function writeAtomically(path: string, pieces: Iterable<Uint8Array>): Promise<number> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.new`;
  const file = await open(draft, 'w');
  let bytes = 0;
  try {
    let pending: Uint8Array[] = [];
    let pendingBytes = 0;
    const flush = async () => {
      await file.write(Buffer.concat(pending));
      [pending, pendingBytes] = [[], 0];
    };
    for (const piece of pieces) {
      pending.push(piece);
      pendingBytes += piece.length;
      bytes += piece.length;
      if (pendingBytes > 1024 * 1024) await flush();
    }
    await flush();
    await file.sync();
    await file.close();
    await rename(draft, path);
  } catch (cause) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw new AppError('io', `${path} could not be written`, { cause });
  }
  return bytes;
}
