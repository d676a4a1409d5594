import { join } from 'node:path/posix';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeSitePath, filesFor, parseSitePath } from './site-path.ts';

describe('paths of the site', () => {
  const accepted: readonly (readonly [address: string, path: string])[] = [
    ['http://localhost', '/'],
    ['http://localhost/', '/'],
    ['http://localhost/incidents/?q=../x#y', '/incidents/'],
    ['http://localhost/a%20b', '/a b'],
    ['http://localhost/packages/npm/%40scope/name/', '/packages/npm/@scope/name/'],
    ['http://localhost/100%25', '/100%'],
    ['http://localhost/%252e%252e/x', '/%2e%2e/x'],
  ];
  test.each(accepted)('%s is %s', (address, path) => {
    expect(parseSitePath(address)).toBe(path);
  });

  const refused = [
    'http://localhost/..',
    'http://localhost/../x',
    'http://localhost/a/..%2f..%2fx',
    'http://localhost/%2e%2e/x',
    'http://localhost/.git/config',
    'http://localhost/a/.hidden',
    'http://localhost//host/',
    'http://localhost/a//b',
    'http://localhost/%2fhost',
    'http://localhost/a%5cb',
    'http://localhost/a%00',
    'http://localhost/a%0d%0ab',
    'http://localhost/%',
    'http://localhost/%ff',
    `http://localhost/${'a'.repeat(2_100)}`,
  ];
  test.each(refused)('%s is none', (address) => {
    expect(parseSitePath(address)).toBeUndefined();
  });

  test('no address names a file outside of the folder', () => {
    const pieces = fc.array(
      fc.constantFrom('.', '..', '/', '\\', '%2e', '%2f', '%5c', '%252e', '%00', 'a', 'api', 'v1', '?', '#', '%c0%ae'),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const path = parseSitePath(`http://localhost/${parts.join('')}`);
        if (path === undefined) return;
        for (const file of filesFor(path)) expect(join('/srv/site', file).startsWith('/srv/site/')).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  test('an encoded path is read as it was, and is never the address of another site', () => {
    const segment = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((text) => `a${text}`);
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), (segments) => {
        const path = `/${segments.join('/')}`;
        const encoded = encodeSitePath(path);
        expect(new URL(encoded, 'http://localhost/x').host).toBe('localhost');
        const read = parseSitePath(new URL(encoded, 'http://localhost').href);
        if (read !== undefined) expect(read).toBe(path);
      }),
    );
  });
});

describe('files for a path', () => {
  const cases: readonly (readonly [path: string, files: readonly string[]])[] = [
    ['/', ['/index.html']],
    ['/incidents/', ['/incidents/index.html']],
    ['/assets/site.css', ['/assets/site.css']],
    ['/api/v1/incidents/', ['/api/v1/incidents/index.json']],
    ['/api/v1/Incidents', ['/api/v1/Incidents', '/api/v1/Incidents.json', '/api/v1/Incidents/index.json']],
    [
      '/api/v1/incidents/SC-2023-X',
      ['/api/v1/incidents/sc-2023-x', '/api/v1/incidents/sc-2023-x.json', '/api/v1/incidents/sc-2023-x/index.json'],
    ],
    [
      '/api/v1/packages/npm/package.json',
      ['/api/v1/packages/npm/package.json', '/api/v1/packages/npm/package.json.json', '/api/v1/packages/npm/package.json/index.json'],
    ],
  ];
  test.each(cases)('%s', (path, files) => {
    expect(filesFor(path)).toEqual(files);
  });
});
