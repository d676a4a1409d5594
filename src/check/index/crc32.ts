let table: Int32Array | undefined;

/** CRC-32 (ISO 3309) of bytes: finds accidental damage, in Node and in browsers alike. */
export function crc32(bytes: Uint8Array): number {
  table ??= makeTable();
  let crc = -1;
  for (let index = 0; index < bytes.length; index++) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0);
  return ~crc >>> 0;
}

/** What a byte adds, of each byte. */
function makeTable(): Int32Array {
  const made = new Int32Array(256);
  for (let value = 0; value < 256; value++) {
    let crc = value;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    made[value] = crc;
  }
  return made;
}
