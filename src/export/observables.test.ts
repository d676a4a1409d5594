import { expect, test } from 'vitest';
import type { IncidentRecord } from '../schema/record.ts';
import { filesCsv, indicatorsCsv } from './observables.ts';

const SHA256 = '62ee164b9b306250c1172583f138c9614139264f889fa99614903c12755468d0';

function record(fields: object): IncidentRecord {
  const references = [
    { id: 'first', url: 'https://example.org/a', publisher: 'A', title: 'A', kind: 'vendor' },
    { id: 'second', url: 'https://example.org/b', publisher: 'B', title: 'B', kind: 'vendor' },
  ];
  return { kind: 'incident', file: 'x.yaml', data: { id: 'SC-2024-X', references, ...fields } } as unknown as IncidentRecord;
}

test('every file is a row: digests by algorithm, its text without links, its documents each once', () => {
  const artifacts = [
    {
      name: 'setup.exe',
      version: '1.10',
      platform: 'windows',
      state: 'malicious',
      sha256: SHA256,
      text: 'Drops [[malware:x|X]], then waits.',
      cites: ['second', { ref: 'first', anchors: ['x'] }, { ref: 'second', anchors: ['y'] }],
    },
  ];
  expect(filesCsv(record({ artifacts }))).toBe(
    `file,version,platform,state,sha256,sha1,md5,sha512,note,source_urls\r\nsetup.exe,1.10,windows,malicious,${SHA256},,,,"Drops X, then waits.",https://example.org/b https://example.org/a\r\n`,
  );
});

test('no cell of an indicator runs as a formula', () => {
  const indicators = [{ type: 'file-path', value: '=HYPERLINK("x")', text: '@SUM(1)', cites: ['first'] }];
  expect(indicatorsCsv(record({ indicators }))).toBe(
    `type,value,note,source_urls\r\nfile-path,"'=HYPERLINK(""x"")",'@SUM(1),https://example.org/a\r\n`,
  );
});

test('a record without observables has no table', () => {
  expect(filesCsv(record({}))).toBeUndefined();
  expect(indicatorsCsv(record({ indicators: { unknown: { why: 'Nobody published any.' } } }))).toBeUndefined();
});
