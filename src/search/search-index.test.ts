import { expect, test } from 'vitest';
import { loadCorpusGraph } from '../../tests/support/corpus.ts';
import { searchDataOf } from './search-entries.ts';
import { SearchIndex } from './search-index.ts';

const index = new SearchIndex(searchDataOf(await loadCorpusGraph()));
const find = (text: string) => index.search(text, 50).found;

test('terms of vocabularies are found by label and by synonym', () => {
  expect(find('dprk').map(({ address }) => address)).toContain('vocabulary/nexus/north-korea/');
  expect(find('typosquatting')[0]?.address).toBe('vocabulary/vector/typosquatting/');
});

test('pages are found by what one does there', () => {
  expect(find('lockfile').map(({ address }) => address)).toContain('check/');
});

test('an identifier is right or another one; a name may be misspelt', () => {
  for (const { label, detail } of find('CVE-2024-3094')) expect(`${label} ${detail}`).toMatch(/2024-3094/i);
  for (const { label, detail } of find('T1195.002')) expect(`${label} ${detail}`).toMatch(/T1195\.002|…$/);
  expect(find('CVE-2024-3095')).toEqual([]);
  expect(find('solarwnds')[0]?.label).toMatch(/SolarWinds/);
});

test('a hit says which one it is', () => {
  expect(find('event-stream').find(({ kind }) => kind === 'Incident')?.about).toBe('SC-2018-EVENT-STREAM · 2018-11-26');
  expect(find('event-stream 3.3.6').find(({ kind }) => kind === 'Release')?.about).toBe('SC-2018-EVENT-STREAM');
});
