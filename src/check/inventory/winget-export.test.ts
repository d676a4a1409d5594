import { describe, expect, test } from 'vitest';
import { parseText, readCuts, refusal, skippedReasons, WRONG_SHAPES } from './inventory-test-kit.ts';
import { wingetExport } from './winget-export.ts';

const document = {
  $schema: 'https://aka.ms/winget-packages.schema.2.0.json',
  CreationDate: '2026-11-23T10:00:00.000-00:00',
  Sources: [
    {
      Packages: [
        { PackageIdentifier: 'SomeVendor.Phone.Desktop', Version: '18.12.416' },
        { PackageIdentifier: 'Other.Tool' },
        { PackageIdentifier: 'Odd.Tool', Version: 'Unknown' },
        { Version: '1' },
        null,
      ],
      SourceDetails: {
        Argument: 'https://cdn.winget.microsoft.com/cache',
        Identifier: 'x',
        Name: 'winget',
        Type: 'Microsoft.PreIndexed.Package',
      },
    },
    {
      Packages: [{ PackageIdentifier: '9NBLGGH4NNS1', Version: '1.0' }],
      SourceDetails: { Argument: 'https://winget.example.com/api', Name: 'ours', Type: 'Microsoft.Rest' },
    },
    {},
  ],
  WinGetVersion: '1.9.0',
};
const text = JSON.stringify(document, undefined, 2);

describe('an export', () => {
  const inventory = parseText(wingetExport, text);

  test('each package is a program by its identifier', () => {
    expect(inventory.components.map(({ identity, version }) => [identity.kind === 'application' && identity.bundleId, version])).toEqual([
      ['SomeVendor.Phone.Desktop', '18.12.416'],
      ['Other.Tool', undefined],
      ['Odd.Tool', undefined],
      ['9NBLGGH4NNS1', '1.0'],
    ]);
    expect(inventory.formatVersion).toBe('2.0');
    expect(inventory.components[0]?.at).toEqual({ pointer: '/Sources/0/Packages/0' });
  });

  test('it is also known as the program of its vendor', () => {
    expect(inventory.components[0]).toMatchObject({
      identity: { kind: 'application', name: 'SomeVendor.Phone.Desktop', vendor: 'SomeVendor', platform: 'windows' },
      alsoKnownAs: [{ identity: { kind: 'application', name: 'Phone.Desktop', vendor: 'SomeVendor', platform: 'windows' } }],
    });
    expect(inventory.components[3]?.alsoKnownAs).toBeUndefined();
  });

  test('sources other than those of Windows are other registries', () => {
    expect(inventory.components.map(({ source }) => source)).toEqual([
      { kind: 'registry' },
      { kind: 'registry' },
      { kind: 'registry' },
      { kind: 'other-registry', host: 'winget.example.com' },
    ]);
  });

  test('what has no identifier is skipped', () => {
    expect(skippedReasons(inventory)).toEqual(['2 package without an identifier', '1 source without packages']);
  });
});

test('UTF-16 as PowerShell writes it is read', () => {
  const units = Uint16Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0));
  expect(wingetExport.parse(new Uint8Array(units.buffer), { path: 'packages.json' }).components).toHaveLength(4);
});

test('an export without packages holds nothing', () => {
  expect(parseText(wingetExport, '{"Sources": []}').components).toEqual([]);
});

test.each(['', '{"Sources": {}}', '{"sources": []}'])('%j is refused', (input) => {
  expect(refusal(wingetExport, input)).toMatch(/^expected/);
});

test('every cut is refused', () => {
  expect(readCuts(wingetExport, text).filter(({ cut }) => cut < text.length - 1)).toEqual([]);
});

test.each(WRONG_SHAPES)('hostile input %.40s is refused', (input) => {
  expect(refusal(wingetExport, input)).toMatch(/^expected/);
});
