import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import { AppError } from '../base/problem.ts';

/** One file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Larger files of an archive are refused, whatever length they claim. */
export const MAX_ENTRY_BYTES = 32 * 1024 * 1024;
const MAX_ENTRIES = 5_000_000;

/**
 * The files of a zip archive whose names are wanted, in the archive's order, one in memory at a time. Names are only looked at, never used as
 * paths. Throws AppError where the archive is damaged, encrypted, or a file inflates beyond {@link MAX_ENTRY_BYTES}.
 */
export async function* zipEntries(path: string, wanted: (name: string) => boolean): AsyncGenerator<ZipEntry> {
  // Two windows: one over the directory at the end, one over the files.
  const [directory, files] = [new WindowedFile(path), new WindowedFile(path)];
  const fail = (message: string, cause?: unknown) => new AppError('io', `${path}: ${message}`, { cause });
  try {
    const archive = await fromRandomAccessReaderPromise(directory, directory.length, { lazyEntries: true, autoClose: false }).catch(
      (cause: unknown) => {
        throw fail('is no zip archive', cause);
      },
    );
    if (archive.entryCount > MAX_ENTRIES) throw fail(`holds more than ${MAX_ENTRIES} files`);
    for await (const entry of archive.eachEntry()) {
      if (!wanted(entry.fileName)) continue;
      if (entry.isEncrypted()) throw fail(`${entry.fileName} is encrypted`);
      if (entry.uncompressedSize > MAX_ENTRY_BYTES || entry.compressedSize > MAX_ENTRY_BYTES) throw fail(`${entry.fileName} is too large`);
      yield { name: entry.fileName, bytes: readEntry(files, entry, fail) };
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : fail('is damaged', cause);
  } finally {
    directory.closeSync();
    files.closeSync();
  }
}

interface EntryPlace {
  readonly fileName: string;
  readonly relativeOffsetOfLocalHeader: number;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly compressionMethod: number;
  readonly crc32: number;
}

/** Two hundred thousand small files are read one after the other: streams for each would cost more than the reading. */
function readEntry(file: WindowedFile, entry: EntryPlace, fail: (message: string, cause?: unknown) => AppError): Buffer {
  // APPNOTE 4.3.7: 30 bytes, then name and extra field whose lengths stand at 26 and 28.
  const header = file.readNow(entry.relativeOffsetOfLocalHeader, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw fail(`${entry.fileName} has no header`);
  const start = entry.relativeOffsetOfLocalHeader + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const stored = file.readNow(start, entry.compressedSize);
  let bytes: Buffer;
  try {
    bytes =
      entry.compressionMethod === 0
        ? Buffer.from(stored)
        : inflateRawSync(stored, { maxOutputLength: Math.max(1, entry.uncompressedSize) });
  } catch (cause) {
    throw fail(`${entry.fileName} cannot be inflated`, cause);
  }
  if (bytes.length !== entry.uncompressedSize || crc32(bytes) !== entry.crc32) throw fail(`${entry.fileName} does not match its checksum`);
  return bytes;
}

/** A file that is read through a window, so that many small reads near each other cost one. */
class WindowedFile extends RandomAccessReader {
  readonly length: number;
  readonly #descriptor: number;
  #window = Buffer.alloc(0);
  #start = 0;

  constructor(path: string) {
    super();
    this.#descriptor = openSync(path, 'r');
    this.length = fstatSync(this.#descriptor).size;
  }

  /** Bytes that are valid until the next read. */
  readNow(position: number, length: number): Buffer {
    if (position < this.#start || position + length > this.#start + this.#window.length) {
      const buffer = Buffer.allocUnsafe(Math.max(length, 1024 * 1024));
      this.#window = buffer.subarray(0, readSync(this.#descriptor, buffer, 0, buffer.length, position));
      this.#start = position;
    }
    return this.#window.subarray(position - this.#start, position - this.#start + length);
  }

  closeSync(): void {
    closeSync(this.#descriptor);
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    const bytes = this.readNow(position, length);
    bytes.copy(buffer, offset);
    callback(bytes.length < length ? new Error('unexpected end of the archive') : null);
  }
}
