import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { AppError } from '../../base/problem.ts';
import { IndexError } from './index-format.ts';
import { type ByteSource, type KnowledgeIndex, openIndex } from './open-index.ts';

/** An open index file. */
export interface IndexFile extends KnowledgeIndex {
  readonly source: ByteSource;
  close(): Promise<void>;
}

/** Opens an index file. Throws AppError: `not-found` where it cannot be read, `io` where it is damaged or of another format. */
export async function openIndexFile(path: string): Promise<IndexFile> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new AppError('not-found', `cannot read the index ${path}`, { cause });
  });
  const source: ByteSource = {
    read: async (offset, length) => {
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await file.read(buffer, 0, length, offset);
      return buffer.subarray(0, bytesRead);
    },
  };
  try {
    return { ...(await openIndex(source, crc32)), source, close: () => file.close() };
  } catch (cause) {
    await file.close();
    if (cause instanceof IndexError)
      throw new AppError('io', `${path}: ${cause.message}; build it again with \`threatpedia index build\``, { cause });
    throw cause;
  }
}
