import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive; what it claims of itself may be wrong on purpose. */
export interface ZippedFile {
  readonly name: string;
  readonly data: Buffer;
  /** Stored unless this is set. */
  readonly deflated?: boolean;
  readonly claimedSize?: number;
  readonly claimedCrc?: number;
  /** General purpose bits (APPNOTE 4.4.4); 1 means encrypted. */
  readonly flags?: number;
}

/** A zip archive (APPNOTE 4.3). */
export function zipOf(files: readonly (ZippedFile | readonly [name: string, text: string])[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const given of files) {
    const file: ZippedFile = 'name' in given ? given : { name: given[0], data: Buffer.from(given[1]) };
    const path = Buffer.from(file.name);
    const data = file.deflated ? deflateRawSync(file.data) : file.data;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(file.flags ?? 0, 2);
    common.writeUInt16LE(file.deflated ? 8 : 0, 4);
    common.writeUInt32LE(file.claimedCrc ?? crc32(file.data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(file.claimedSize ?? file.data.length, 18);
    common.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    parts.push(Buffer.from('PK\u0003\u0004'), common, path, data);
    directory.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, place, path);
    offset += 30 + path.length + data.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
