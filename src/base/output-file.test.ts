import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inChunks } from './output-file.ts';

const CHUNK = 256 * 1024;

describe('content in chunks', () => {
  test('is the same bytes, whatever the pieces, and none is larger than a chunk', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.uint8Array({ maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const whole = Buffer.concat(pieces.map((one) => (typeof one === 'string' ? Buffer.from(one) : one)));
        expect(Buffer.concat([...inChunks(pieces)])).toEqual(whole);
      }),
    );
  });

  test.each([
    ['letters of one byte', 'a'],
    ['letters of three bytes, which a chunk cannot end within', '’'],
    ['pairs of surrogates', '🜁'],
  ])('a text of %s that is longer than a chunk goes over its end', (_, letter) => {
    const text = `x${letter.repeat(CHUNK)}`;
    const chunks = [...inChunks(['start ', text, new Uint8Array(CHUNK + 3).fill(7)])];
    expect(Buffer.concat(chunks).equals(Buffer.concat([Buffer.from(`start ${text}`), Buffer.alloc(CHUNK + 3, 7)]))).toBe(true);
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(CHUNK);
  });

  test('of nothing is nothing', () => {
    expect([...inChunks([])]).toEqual([]);
    expect([...inChunks(['', new Uint8Array()])]).toEqual([]);
  });
});
