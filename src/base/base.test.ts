import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalUrl } from './canonical-url.ts';
import { daysBetween, getEdtf, isEdtfFault, parseEdtf } from './edtf.ts';
import { isPlaceholderHash } from './hash.ts';
import { findNearest } from './nearest.ts';
import { parsePurl } from './purl.ts';
import { textWidth, wrapText } from './text-width.ts';

describe('dates', () => {
  const accepted: readonly (readonly [text: string, earliest: string | undefined, latest: string | undefined])[] = [
    ['2022', '2022-01-01T00:00:00Z', '2022-12-31T23:59:59Z'],
    ['2024-02', '2024-02-01T00:00:00Z', '2024-02-29T23:59:59Z'],
    ['2023-03-22', '2023-03-22T00:00:00Z', '2023-03-22T23:59:59Z'],
    ['2021-11~', '2021-11-01T00:00:00Z', '2021-11-30T23:59:59Z'],
    ['2022?', '2022-01-01T00:00:00Z', '2022-12-31T23:59:59Z'],
    ['2023-03-22/2023-03-30', '2023-03-22T00:00:00Z', '2023-03-30T23:59:59Z'],
    ['2026-03-31T00:21Z/2026-03-31T03:15Z', '2026-03-31T00:21:00Z', '2026-03-31T03:15:59Z'],
    ['2026-03-31T02:00+02:00', '2026-03-31T00:00:00Z', '2026-03-31T00:00:59Z'],
    ['2024-02-20/..', '2024-02-20T00:00:00Z', undefined],
    ['/2024', undefined, '2024-12-31T23:59:59Z'],
  ];
  test.each(accepted)('%s spans %s to %s', (text, earliest, latest) => {
    expect(parseEdtf(text)).toMatchObject({ text, earliest, latest });
  });

  const refused = [
    '',
    '..',
    '../..',
    '23',
    '2023-3',
    '2023-13',
    '2023-02-29',
    '2023-00-01',
    '2023-01-00',
    '2023-01-01T25:00Z',
    '2023-01-01T10:00',
    'March 2023',
    '2023/2022',
    '2023/2024/2025',
    '2023-01-01 10:00',
    '٢٠٢٣',
    'x'.repeat(100),
  ];
  test.each(refused)('%j is refused with what was expected', (text) => {
    const parsed = parseEdtf(text);
    expect(isEdtfFault(parsed) && parsed.message.length > 10).toBe(true);
  });

  test('no date ends before it begins', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1970, max: 2100 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        fc.constantFrom('', '~', '?', '%'),
        (year, month, day, mark) => {
          const parsed = parseEdtf(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}${mark}`);
          if (!isEdtfFault(parsed)) expect((parsed.earliest ?? '') <= (parsed.latest ?? '')).toBe(true);
        },
      ),
    );
  });

  test('days are counted only where both dates are known to the day', () => {
    expect(daysBetween('2023-03-22', '2023-03-30')).toBe(8);
    expect(daysBetween('2023-03-22T23:00Z', '2023-03-23')).toBe(1);
    expect(daysBetween('2022', '2023-03-30')).toBeUndefined();
    expect(daysBetween('2023-03-22/2023-03-30', '2023-04-01')).toBeUndefined();
    expect(() => getEdtf('soon')).toThrow(RangeError);
  });
});

describe('addresses', () => {
  const same: readonly (readonly [string, string])[] = [
    ['http://www.Example.com/a/', 'https://example.com/a'],
    ['https://example.com/a?utm_source=x&id=1#part', 'https://example.com/a?id=1'],
    ['https://example.com:443/a', 'https://example.com/a'],
    ['http://example.com', 'https://example.com'],
  ];
  test.each(same)('%s is %s', (text, canonical) => {
    expect(canonicalUrl(text)).toBe(canonical);
  });

  test.each([
    'ftp://example.com/',
    'javascript:alert(1)',
    'https://user:secret@example.com/',
    'https://localhost/',
    '//example.com',
    'example.com',
    '',
    `https://example.com/${'a'.repeat(3_000)}`,
  ])('%s is refused', (text) => {
    expect(canonicalUrl(text)).toBeUndefined();
  });

  test('a canonical address is canonical', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const once = canonicalUrl(url);
        if (once) expect(canonicalUrl(once)).toBe(once);
      }),
    );
  });
});

describe('package URLs', () => {
  test.each([
    ['pkg:npm/event-stream', 'pkg:npm/event-stream'],
    ['pkg:npm/%40ctrl/tinycolor', 'pkg:npm/%40ctrl/tinycolor'],
    ['pkg:NPM/x', 'pkg:npm/x'],
    ['pkg:github/Tj-Actions/changed-files', 'pkg:github/tj-actions/changed-files'],
    ['pkg:npm/x@1.0?arch=a#b', 'pkg:npm/x@1.0'],
  ])('%s is %s', (text, canonical) => {
    expect(parsePurl(text)?.text).toBe(canonical);
  });

  test('any text is a purl or none, never an exception', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `pkg:${text}`),
          fc.string().map((text) => `pkg:npm/${text}`),
        ),
        (text) => {
          const purl = parsePurl(text);
          if (purl) expect(parsePurl(purl.text)?.text).toBe(purl.text);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('words', () => {
  test.each([
    ['confirmd', 'confirmed'],
    ['mandiant-2023', 'mandiant-2023-04-20'],
    ['zzz', undefined],
  ])('%s: did you mean %s?', (word, nearest) => {
    expect(findNearest(word, ['confirmed', 'reported', 'mandiant-2023-04-20'])).toBe(nearest);
  });

  test.each(['abcdef1234567890'.repeat(4), '0'.repeat(64), 'deadbeef'.repeat(8), 'd41d8cd98f00b204e9800998ecf8427e'])(
    '%s is no real digest',
    (digest) => {
      expect(isPlaceholderHash(digest)).toBe(true);
    },
  );

  test('real digests are not mistaken for made-up ones', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((bytes) => new Set(bytes).size > 20),
        (bytes) => {
          expect(isPlaceholderHash(Buffer.from(bytes).toString('hex'))).toBe(false);
        },
      ),
    );
  });
});

describe('text in pictures', () => {
  test('no line is wider than its box, and no letter is lost unless the end says so', () => {
    const words = fc
      .array(fc.string({ unit: fc.constantFrom(...'abcWM iIl.-_/@1234ÄÖ漢’'), maxLength: 30 }), { maxLength: 6 })
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(words, fc.integer({ min: 40, max: 200 }), fc.integer({ min: 1, max: 6 }), (text, width, maxLines) => {
        const lines = wrapText(text, width, 12.5, { bold: true, maxLines });
        expect(lines.length).toBeLessThanOrEqual(maxLines);
        for (const line of lines) expect(textWidth(line, 12.5, true)).toBeLessThanOrEqual(width);
        if (!lines.at(-1)?.endsWith('…')) expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
      { numRuns: 1_000 },
    );
  });
});

test('every problem code says what it means and how to go on', async () => {
  const { problemCodes } = await import('./problem-codes.ts');
  for (const { title, explanation } of Object.values(problemCodes)) expect(title.length > 10 && explanation.length > 30).toBe(true);
});
