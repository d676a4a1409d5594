import { expect, test } from 'vitest';
import { cleanReleasesAfter } from './clean-release.ts';
import type { Knowledge } from './knowledge.ts';

const knowledge: Knowledge = {
  id: 'SC-2021-UA-PARSER-JS',
  origin: 'corpus',
  name: 'ua-parser-js',
  state: 'malicious',
  clean: [{ version: '1.0.1', knownSince: '2021-10-22' }, { version: '0.7.30', knownSince: '2021-10-22' }, { version: '0.8.1' }],
};

test.each([
  ['a version goes to the next clean release of its own line', '0.7.29', undefined, ['0.7.30', '0.8.1', '1.0.1']],
  ['one after all of them goes to any', '2.0.0', undefined, ['0.7.30', '0.8.1', '1.0.1']],
  ['what has no version goes to any', undefined, undefined, ['0.7.30', '0.8.1', '1.0.1']],
  ['on an earlier day only what was known counts', '0.8.0', '2021-10-22', ['1.0.1']],
  ['before that there is none', '0.8.0', '2021-10-21', []],
])('%s', (_name, version, asOf, expected) => {
  const component = {
    identity: { kind: 'package', type: 'npm', name: 'ua-parser-js' },
    version,
    source: { kind: 'registry' },
    at: {},
  } as const;
  expect(cleanReleasesAfter(component, knowledge, asOf).map((release) => release.version)).toEqual(expected);
});
