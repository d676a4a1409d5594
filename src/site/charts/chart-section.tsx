import type { Child } from 'hono/jsx';
import { formatCount } from '../../base/format-count.ts';
import type { Cell, Measure } from '../../statistics/measure.ts';
import { NARROW, type Picture, PictureSvg, WIDE } from './picture.tsx';
import type { QueryLink } from './query-target.tsx';

/** A picture in a page: for a desk and for a phone, of which the style sheet shows one. */
export function Drawn({ id, title, picture }: { id: string; title: string; picture: Picture }) {
  return (
    <>
      <PictureSvg id={id} title={title} picture={picture} width={WIDE} form="wide" />
      <PictureSvg id={id} title={title} picture={picture} width={NARROW} form="narrow" />
    </>
  );
}

/** How a picture and its table link: at build, and in a browser that draws them anew. */
export interface ChartLinks {
  /** A link to an address of the site. */
  href(address: string): string;
  /** Where a query leads; missing where the list of incidents, which is that of today, would not bear out the numbers. */
  readonly query?: QueryLink;
  /** Name and link of an incident; undefined where a text is no id of one. */
  incident(id: string): { readonly href: string; readonly label: string } | undefined;
}

interface ChartSectionProps {
  readonly links: ChartLinks;
  readonly measure: Measure;
  readonly picture: Picture;
  /** Folder of the files, with trailing slash. */
  readonly folder: string;
  /** More about this picture than its measure says. */
  readonly children?: Child;
}

/** A measure with its picture, definition, table and files. */
export function ChartSection({ links, measure, picture, folder, children }: ChartSectionProps) {
  const { id, title, unit, definition, unknowns } = measure;
  return (
    <section id={id} class="chart-section" aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>{title}</h2>
      <p class="chart-unit">{unit}</p>
      <div class="chart-columns">
        <figure>
          {measure.table.rows.length === 0 ? (
            <p class="absent">No structured records.</p>
          ) : (
            <Drawn id={id} title={title} picture={picture} />
          )}
          <figcaption>{coverText(measure)}</figcaption>
        </figure>
        <div class="chart-notes">
          <p>
            <b>What is counted.</b> {definition}
          </p>
          <p>
            <b>What is not known.</b> {unknowns}
          </p>
          {children}
          <p class="chart-files">
            Download <a href={links.href(`${folder}${id}.csv`)}>CSV</a> <a href={links.href(`${folder}${id}.svg`)}>SVG</a>
          </p>
        </div>
      </div>
      <details class="chart-table">
        <summary>Table: {title.charAt(0).toLowerCase() + title.slice(1)}</summary>
        <DataTable links={links} measure={measure} />
      </details>
    </section>
  );
}

/** Which records a picture covers. */
export function coverText({ depths, incidents }: Measure): string {
  const kinds = depths.length === 3 ? 'all depths' : `${depths.join(' and ')} records only`;
  return `Source: Threatpedia corpus, ${incidents} incidents (${kinds}). CC BY 4.0`;
}

/** Rows that a page shows: more are for programs, which take the file. */
const MOST_ROWS = 500;

function DataTable({ links, measure: { id, title, table } }: { links: ChartLinks; measure: Measure }) {
  const isNumber = table.columns.map((_, column) => table.rows.every((row) => row[column] === null || typeof row[column] === 'number'));
  return (
    <div class="table-frame" tabindex={0} role="group" aria-label={`Table: ${title}`}>
      <table class="numbers" id={`${id}-table`}>
        <caption class="hidden">{title}</caption>
        <thead>
          <tr>
            {table.columns.map(({ label }, column) => (
              <th scope="col" class={isNumber[column] ? 'number' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, MOST_ROWS).map((row, at) => (
            <tr>
              {row.map((cell, column) =>
                column === 0 ? (
                  <th scope="row">
                    <CellText links={links} cell={cell} />
                  </th>
                ) : (
                  <td class={isNumber[column] ? 'number' : undefined}>
                    <CellText links={links} cell={cell} query={table.queries?.[at]?.[column]} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {table.rows.length > MOST_ROWS ? (
        <p>
          The first {MOST_ROWS} of {formatCount(table.rows.length)} rows; the CSV has all.
        </p>
      ) : null}
    </div>
  );
}

function CellText({ links, cell, query }: { links: ChartLinks; cell: Cell; query?: string | undefined }) {
  if (cell === null) return <span class="absent">not given</span>;
  const list = typeof cell === 'number' && cell > 0 ? links.query?.(query) : undefined;
  if (list) return <a href={list}>{formatCount(cell as number)}</a>;
  const incident = typeof cell === 'string' ? links.incident(cell) : undefined;
  if (incident) return <a href={incident.href}>{incident.label}</a>;
  return <>{typeof cell === 'number' ? formatCount(cell) : cell}</>;
}
