import { getEdtf } from './edtf.ts';

/** An EDTF date as people read it: `about 2021-11`, `2024-03-28 – 2024-03-30`, `2023-03-29 10:02 UTC`. Doubt in brackets of words, not signs. */
export function edtfWords(date: string): string {
  const { approximate } = getEdtf(date);
  const shown = date
    .replace(/[?~%]/g, '')
    .replace(/^\.\.\//, 'until ')
    .replace(/\/(\.\.)?$/, ' onwards')
    .replace('/', ' – ')
    .replace(/T(\d\d:\d\d)(:\d\d)?Z/g, ' $1 UTC');
  return `${approximate ? 'about ' : ''}${shown}`;
}
