import { expect, test } from 'vitest';
import { parseText, readCuts, refusal, skippedReasons, WRONG_SHAPES } from './inventory-test-kit.ts';
import { wingetList } from './winget-list.ts';

const rows: readonly (readonly string[])[] = [
  ['Some Phone', 'SomeVendor.Phone', '18.12.416', '18.13', 'winget'],
  ['Old Tool 1.0 (x64)', 'ARP\\Machine\\X64\\{00000000-0000}', '1.0', '', ''],
  ['A program with a name that is far too lo…', 'Vendor.Long', '> 2.0', '', 'winget'],
  ['Cut', 'Vendor.AnIdentifierThatIsTooLong…', '3.0', '', ''],
  ['Unknown', 'Vendor.Unknown', 'Unknown', '', 'winget'],
];
const line = (cells: readonly string[]): string => cells.map((cell, index) => cell.padEnd([42, 36, 12, 12, 8][index] ?? 0)).join('');
const table = `${[`\r   - \r${line(['Name', 'Id', 'Version', 'Available', 'Source'])}`, '-'.repeat(108), ...rows.map(line)].join('\r\n')}\r\n1 upgrades available.\r\n`;

test('each row is a program, of winget or only by its name', () => {
  const inventory = parseText(wingetList, table);
  expect(
    inventory.components.map(({ identity, version }) => [identity.kind === 'application' && [identity.name, identity.bundleId], version]),
  ).toEqual([
    [['Some Phone', 'SomeVendor.Phone'], '18.12.416'],
    [['Old Tool 1.0 (x64)', undefined], '1.0'],
    [['Vendor.Long', 'Vendor.Long'], undefined],
    [['Cut', undefined], '3.0'],
    [['Unknown', 'Vendor.Unknown'], undefined],
  ]);
  expect(inventory.components[0]?.at).toEqual({ line: 3 });
  expect(skippedReasons(inventory)).toEqual(['1 line that is no program']);
});

test('wide characters take two columns', () => {
  const text = `名称      ID         版本\n${'-'.repeat(30)}\n微信      Tencent.WeChat 3.9\n`;
  expect(parseText(wingetList, text.replace('ID         ', 'ID             ')).components[0]).toMatchObject({
    identity: { name: '微信', bundleId: 'Tencent.WeChat', vendor: 'Tencent' },
    version: '3.9',
  });
});

test('an empty table holds nothing', () => {
  expect(parseText(wingetList, 'Name Id Version Source\n----------------------\n').components).toEqual([]);
});

test.each(['', 'hello\n', 'Name Id Version\n', 'a b c\n------------\nx y z\n', ...WRONG_SHAPES])('%.40j is refused', (text) => {
  expect(refusal(wingetList, text)).toMatch(/^expected/);
});

test('every cut is refused or a part', () => {
  for (const { inventory } of readCuts(wingetList, table)) expect(inventory.components.length).toBeLessThanOrEqual(rows.length);
});
