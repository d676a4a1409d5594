import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findShared } from '../../tests/support/shared.ts';
import { osvPackageKey, readOsvRecord } from './osv-record.ts';

const record = (more: Record<string, unknown>) => ({
  id: 'MAL-2024-1',
  modified: '2024-02-01T00:00:00Z',
  published: '2024-01-01T00:00:00Z',
  affected: [{ package: { ecosystem: 'npm', name: 'left' }, versions: ['1.0.0'] }],
  ...more,
});

describe('an OSV record', () => {
  test.each([
    ['npm', '@ctrl/tinycolor', 'npm:@ctrl/tinycolor'],
    ['PyPI', 'Foo.Bar__baz', 'pypi:foo-bar-baz'],
    ['crates.io', 'rustdecimal', 'cargo:rustdecimal'],
    ['Maven', 'org.example:thing', 'maven:org.example/thing'],
    ['VSCode', 'nrwl.angular-console', 'vscode-extension:nrwl/angular-console'],
    ['Debian:12', 'xz-utils', 'deb:debian/xz-utils'],
    ['GitHub Actions', 'tj-actions/changed-files', 'github:tj-actions/changed-files'],
    ['Some New One', 'x', 'some-new-one:x'],
    ['constructor', 'x', 'constructor:x'],
  ])('of %s is filed under a key of purl spelling', (ecosystem, name, key) => {
    expect(osvPackageKey(ecosystem, name)).toBe(key);
  });

  test('keeps versions, ranges, dates and the best sources', () => {
    const [entry] = readOsvRecord(
      record({
        aliases: ['GHSA-xxxx'],
        references: [
          { type: 'PACKAGE', url: 'https://example.org/package' },
          { type: 'ARTICLE', url: 'https://example.org/article' },
          { type: 'WEB', url: 'javascript:alert(1)' },
        ],
        affected: [
          {
            package: { ecosystem: 'npm', name: 'left' },
            versions: ['1.0.0', '1.0.0'],
            ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.0.1' }] }],
          },
        ],
      }),
    ).entries;
    expect(entry).toEqual({
      key: 'npm:left',
      knowledge: {
        id: 'MAL-2024-1',
        origin: 'osv',
        name: 'left',
        state: 'malicious',
        versions: ['1.0.0'],
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.0.1' }] }],
        knownSince: '2024-01-01',
        aliases: ['GHSA-xxxx'],
        sources: ['https://example.org/article', 'https://example.org/package'],
      },
    });
  });

  test('without publication date was known at its last change', () => {
    expect(readOsvRecord(record({ published: undefined })).entries[0]?.knowledge.knownSince).toBe('2024-02-01');
  });

  test('with neither versions nor ranges means the whole package; with ranges that cannot be read it means nothing', () => {
    const bare = record({ affected: [{ package: { ecosystem: 'npm', name: 'left' } }] });
    expect(readOsvRecord(bare).entries[0]?.knowledge.ranges).toEqual([{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }]);
    const broken = record({ affected: [{ package: { ecosystem: 'npm', name: 'left' }, ranges: [{ type: 'NEW', events: [] }] }] });
    expect(readOsvRecord(broken)).toMatchObject({ entries: [], skipped: ['affected entry whose versions and ranges cannot be read'] });
  });

  test.each([
    ['no object', 7],
    ['no id', { affected: [] }],
    ['an id that is a path', record({ id: '../../etc/passwd' })],
  ])('with %s is left out with a reason', (_name, value) => {
    expect(readOsvRecord(value)).toMatchObject({ id: undefined, entries: [], skipped: ['record without id'] });
  });

  test('whatever it holds never throws', () => {
    fc.assert(
      fc.property(
        fc.object({
          maxDepth: 4,
          key: fc.constantFrom('id', 'affected', 'package', 'ecosystem', 'name', 'versions', 'ranges', 'events', '__proto__', 'type'),
        }),
        (value) => {
          readOsvRecord(value);
          readOsvRecord(record({ affected: [value] }));
        },
      ),
    );
  });
});

const samples = findShared('data/ossf-malicious-packages');

describe.skipIf(!samples)('real records (where the shared data is present)', () => {
  const folder = samples ?? '';

  test.each(['samples', 'samples-2026'])('every one of %s is read', (part) => {
    for (const file of readdirSync(join(folder, part)).filter((name) => name !== 'PROVENANCE.json')) {
      const value: unknown = JSON.parse(readFileSync(join(folder, part, file), 'utf8'));
      const { entries, skipped } = readOsvRecord(value);
      expect([file, skipped]).toEqual([file, []]);
      expect(entries.length).toBe((value as { affected: unknown[] }).affected.length);
    }
  });

  test('all 33,076 of June 2025 are read, 56 of them withdrawn', async () => {
    const lines = createInterface({ input: createReadStream(join(folder, 'mal-records-2025-06.jsonl.gz')).pipe(createGunzip()) });
    let [records, withdrawn, skipped] = [0, 0, 0];
    for await (const line of lines) {
      const reading = readOsvRecord(JSON.parse(line));
      records++;
      skipped += reading.skipped.length;
      if (reading.entries[0]?.knowledge.withdrawn) withdrawn++;
    }
    expect({ records, withdrawn, skipped }).toEqual({ records: 33_076, withdrawn: 56, skipped: 0 });
  });
});
