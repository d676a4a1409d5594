import { prettyJsonArray } from '../base/canonical-json.ts';
import { getEdtf } from '../base/edtf.ts';
import { pageOf } from './csv.ts';
import { allBut, type ExportFormat, type Selection } from './export-format.ts';
import { INCIDENT_FIELDS } from './fields.ts';

const LOSSES = [
  ...allBut(INCIDENT_FIELDS, ['id', 'title', 'references'], 'a citation names documents'),
  { field: 'references', why: 'what rests on each of them, and what repeats what' },
];

/** A document to be cited: the record itself, or one of its references. */
interface Citable {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly url: string;
  readonly published: string | undefined;
}

/** The records, of the day of their last change, and the documents that they rest on, each address once. */
function* citables({ incidents, site, changed }: Selection): Generator<Citable> {
  for (const record of incidents) {
    const { id, title } = record.data;
    yield { id, title, publisher: 'Threatpedia', url: pageOf(site, record), published: changed?.get(record.file) };
  }
  const seen = new Set<string>();
  for (const { data } of incidents) {
    for (const { id, title, publisher, url, published } of data.references) {
      if (seen.has(url)) continue;
      seen.add(url);
      yield { id: `${data.id}:${id}`, title, publisher, url, published };
    }
  }
}

/** Records and their sources as BibTeX `@online` entries. */
export const bibtex: ExportFormat = {
  id: 'bibtex',
  title: 'BibTeX, records and their sources',
  mediaType: 'application/x-bibtex; charset=utf-8',
  extension: 'bib',
  asOf: true,
  losses: LOSSES,
  *render(selection) {
    let before = '';
    for (const { id, title, publisher, url, published } of citables(selection)) {
      const [year, month, day] = dateParts(published);
      const fields = [
        ['title', `{${escapeTex(title)}}`],
        ['author', `{{${escapeTex(publisher)}}}`],
        ['url', `{${url.replace(/[{}\\]/g, (character) => encodeURIComponent(character))}}`],
        ...(year ? [['year', `{${year}}`]] : []),
        ...(month ? [['month', `{${month}}`]] : []),
        ...(day ? [['day', `{${day}}`]] : []),
      ];
      yield `${before}@online{${id.replace(/[^A-Za-z0-9:-]/g, '-')},\n${fields.map(([name, value]) => `  ${name} = ${value}`).join(',\n')}\n}\n`;
      before = '\n';
    }
  },
};

/** Records and their sources as CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html). */
export const csl: ExportFormat = {
  id: 'csl',
  title: 'CSL-JSON, records and their sources',
  mediaType: 'application/vnd.citationstyles.csl+json',
  extension: 'json',
  asOf: true,
  losses: LOSSES,
  *render(selection) {
    yield* prettyJsonArray(cslItems(selection));
  },
};

function* cslItems(selection: Selection): Generator<object> {
  for (const { id, title, publisher, url, published } of citables(selection)) {
    const issued = dateParts(published);
    yield {
      id,
      type: 'webpage',
      title,
      author: [{ literal: publisher }],
      URL: url,
      ...(issued.length > 0 ? { issued: { 'date-parts': [issued] } } : {}),
    };
  }
}

/** Year, month and day of a date as far as it gives them; nothing for intervals and dates that are no exact ones. */
function dateParts(date: string | undefined): number[] {
  const start = date === undefined || !/^\d{4}(-\d{2}){0,2}$/.test(getEdtf(date).text) ? undefined : date;
  return start?.split('-').map(Number) ?? [];
}

function escapeTex(text: string): string {
  return text
    .replace(/[\\{}]/g, '')
    .replace(/[&%$#_]/g, (character) => `\\${character}`)
    .replace(/~/g, '\\textasciitilde{}')
    .replace(/\^/g, '\\textasciicircum{}');
}
