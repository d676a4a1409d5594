import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { AppError } from '../../base/problem.ts';
import { IndexError } from './index-format.ts';
import { type ByteSource, type KnowledgeIndex, openIndex } from './open-index.ts';

/** An open index file. */
export interface IndexFile extends KnowledgeIndex {
  readonly source: ByteSource;
  close(): void;
}

/**
 * Opens an index file, which messages call `shown`. Reads are small and wait for nothing else, so they are made at once. Throws AppError: `not-found` where
 * it cannot be read, `io` where it is damaged or of another format.
 */
export async function openIndexFile(path: string, shown = path): Promise<IndexFile> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (cause) {
    throw new AppError('not-found', `cannot read the index ${shown}`, { cause });
  }
  const source: ByteSource = {
    read: (offset, length) => {
      const buffer = Buffer.allocUnsafe(length);
      return buffer.subarray(0, readSync(file, buffer, 0, length, offset));
    },
  };
  try {
    return { ...(await openIndex(source, crc32)), source, close: () => closeSync(file) };
  } catch (cause) {
    closeSync(file);
    throw indexFailure(shown, cause);
  }
}

/** What went wrong with an index, for people; other errors as they are. */
export function indexFailure(shown: string, cause: unknown): unknown {
  if (cause instanceof IndexError)
    return new AppError('io', `${shown}: ${cause.message}; build it again with \`threatpedia index build\``, { cause });
  if (cause instanceof Error && 'code' in cause) return new AppError('io', `cannot read the index ${shown}: ${cause.message}`, { cause });
  return cause;
}
