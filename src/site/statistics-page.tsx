import type { Child } from 'hono/jsx';
import type { OutputFile } from '../base/output-file.ts';
import { addressOf } from '../graph/addresses.ts';
import { findNode, type Graph } from '../graph/graph.ts';
import { type Matrix, type Measures, measure } from '../measures/measures.ts';
import { depth } from '../schema/vocabulary/depth.ts';
import { ecosystem } from '../schema/vocabulary/ecosystem.ts';
import { entryStage } from '../schema/vocabulary/entry-stage.ts';
import { vector } from '../schema/vocabulary/vector.ts';
import type { Vocabulary } from '../schema/vocabulary.ts';
import { Bars } from './charts/bars.tsx';
import { Cascades } from './charts/cascades.tsx';
import { DwellLines, Strips } from './charts/days.tsx';
import { median } from './charts/frame.ts';
import { Heat } from './charts/heat.tsx';
import { Shares } from './charts/shares.tsx';
import { termLabel } from './components/terms.tsx';
import type { Page } from './page.ts';
import type { View } from './view.ts';

const ROWS_SHOWN = 14;
const DWELL_SHOWN = 30;

/** One picture with what it counts, what it leaves out, and its numbers: the table on the page and the file beside it are the same. */
interface Chart {
  readonly id: string;
  readonly title: string;
  /** What is counted and what is not, for whoever wants to use the number. */
  readonly definition: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly picture: (hrefOf: (id: string) => string) => Child;
}

/** The page of pictures. */
export function statisticsPage(graph: Graph): Page {
  return {
    address: 'statistics/',
    frame: () => ({
      title: 'Statistics',
      description:
        'Incidents by year, vector, stage and ecosystem, time to disclosure, attribution and evidence, each with its table and definition.',
    }),
    content: (view) => <Statistics view={view} graph={graph} />,
  };
}

/** The numbers behind each picture as CSV (RFC 4180), and the pictures as files that stand alone. */
export function* statisticsFiles(graph: Graph, origin: string): Generator<OutputFile> {
  for (const { id, head, rows, picture } of chartsOf(graph)) {
    yield { path: `statistics/${id}.csv`, content: [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('') };
    const drawn = String(picture((incident) => `${origin}/${addressOf({ kind: 'incident', key: incident })}`));
    yield {
      path: `statistics/${id}.svg`,
      content: `<?xml version="1.0" encoding="UTF-8"?>\n${drawn.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ').replace(/(<svg [^>]*>)/, `$1<style>${ALONE}</style>`)}\n`,
    };
  }
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function Statistics({ view, graph }: { view: View; graph: Graph }) {
  const { incidents, depths } = measure(graph);
  return (
    <article class="statistics">
      <h1>Statistics</h1>
      <p class="lede">
        What {incidents} recorded incidents look like together: {depths.featured} told in full, {depths.structured} structured,{' '}
        {depths.indexed} from a catalogue with one reference each.
      </p>
      <p>
        These are numbers of a corpus, not of the world. What is recorded was noticed, reported in sources that can be read, and chosen;
        recent and English-language cases and package registries are reported more, and thousands of single malicious packages count here as
        the incidents that name them. Compare rows with care and years not at all as a trend. Each picture says what it counts, and its
        numbers can be downloaded.
      </p>
      {chartsOf(graph).map((chart) => (
        <figure class="chart-figure" id={chart.id} aria-labelledby={`${chart.id}-title`}>
          <h2 id={`${chart.id}-title`}>{chart.title}</h2>
          <p class="note">{chart.definition}</p>
          <div class="chart-scroll" tabindex={0} role="group" aria-label={`Picture: ${chart.title}`}>
            {chart.picture((id) => view.hrefOf({ kind: 'incident', key: id }))}
          </div>
          <figcaption>
            <details>
              <summary>Numbers</summary>
              <div class="table-frame">
                <table>
                  <caption class="hidden">{chart.title}</caption>
                  <thead>
                    <tr>
                      {chart.head.map((name) => (
                        <th scope="col">{name}</th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {chart.rows.map(([first, ...rest]) => (
                      <tr>
                        <th scope="row">{first}</th>
                        {rest.map((value) => (
                          <td>{value}</td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </details>
            <span>
              <a href={view.href(`statistics/${chart.id}.csv`)}>CSV</a> · <a href={view.href(`statistics/${chart.id}.svg`)}>SVG</a>
            </span>
          </figcaption>
        </figure>
      ))}
    </article>
  );
}

const charts = new WeakMap<Graph, readonly Chart[]>();

function chartsOf(graph: Graph): readonly Chart[] {
  const known = charts.get(graph) ?? makeCharts(graph, measure(graph));
  charts.set(graph, known);
  return known;
}

function makeCharts(graph: Graph, measures: Measures): Chart[] {
  const titleOf = (id: string) => findNode(graph, 'incident', id)?.label ?? id;
  const label = (vocabulary: Vocabulary) => (value: string) => termLabel(vocabulary, value);
  const depthLabels = measures.byYear.columns.map(label(depth));
  const vectors = firstRows(measures.vectorsByYear, ROWS_SHOWN);
  const ecosystems = firstColumns(measures.stageByEcosystem, ROWS_SHOWN);
  const spansOf = measures.vectorsByYear.rows
    .map((name) => ({ label: termLabel(vector, name), spans: measures.toDisclosure.filter(({ vectors: own }) => own.includes(name)) }))
    .filter(({ spans }) => spans.length > 1);
  const drawnDwell = measures.dwell
    .filter(({ warned, disclosed, contained }) => [warned, disclosed, contained].filter((days) => days !== undefined).length > 1)
    .slice(0, DWELL_SHOWN);
  const divergence = ['Differs', 'Does not differ', 'Unknown', 'Not recorded'];
  const attribution = ['One actor claimed', 'Several or disputed', 'None, by a source', 'Unknown', 'Not recorded'];
  const charts: Chart[] = [
    {
      id: 'by-year',
      title: 'Incidents by year, by how thoroughly they are recorded',
      definition:
        'Each incident counts once, in the year of its disclosure; where that is not known, of the first public warning, else of the first activity. Years without incidents are shown.',
      ...tableOf('Year', measures.byYear, (year) => year, depthLabels),
      picture: () => <Bars matrix={measures.byYear} labels={depthLabels} xTitle="year" />,
    },
    {
      id: 'vectors-by-year',
      title: 'How attacks came in, by year',
      definition: `Each incident counts in the row of each of its vectors, so rows add up to more than there are incidents. The ${vectors.rows.length} most frequent vectors are drawn; the file has all ${measures.vectorsByYear.rows.length}.`,
      ...tableOf('Vector', measures.vectorsByYear, label(vector), measures.vectorsByYear.columns),
      picture: () => <Heat matrix={vectors} rowLabel={label(vector)} columnLabel={(year) => `’${year.slice(2)}`} slanted={false} />,
    },
    {
      id: 'to-disclosure',
      title: 'From first activity to disclosure',
      definition: `Days between first observed activity and disclosure, of the ${measures.toDisclosure.length} incidents whose record gives both to the day without doubt; all others are left out. A dot is an incident, in the row of each of its vectors; the upright bar is the median; the scale is logarithmic. Only vectors with two or more such incidents.`,
      head: ['Vector', 'Incidents', 'Shortest', 'Median', 'Longest'],
      rows: spansOf.map(({ label: name, spans }) => {
        const days = spans.map((span) => span.days);
        return [name, days.length, Math.min(...days), median(days) ?? '', Math.max(...days)];
      }),
      picture: () => <Strips rows={spansOf} />,
    },
    {
      id: 'dwell',
      title: 'What followed the first activity, incident by incident',
      definition: `Days from first observed activity to first public warning, disclosure and containment, where the record gives them to the day without doubt: ${measures.dwell.length} incidents. Drawn, on a logarithmic scale, are the ${drawnDwell.length} longest of those that give two of the three. A mark that is missing is a date that is unknown, coarser or not recorded.`,
      head: ['Incident', 'Warned', 'Disclosed', 'Contained'],
      rows: measures.dwell.map(({ title, warned, disclosed, contained }) => [title, warned ?? '', disclosed ?? '', contained ?? '']),
      picture: () => <DwellLines dwell={drawnDwell} />,
    },
    {
      id: 'stage-by-ecosystem',
      title: 'At which stage attacks entered, by ecosystem',
      definition: `Incidents whose record names the stage at which the attack entered; those where it is unknown or not recorded are left out. An incident in two ecosystems counts in both columns. The ${ecosystems.columns.length} most frequent ecosystems are drawn.`,
      ...tableOf('Stage', measures.stageByEcosystem, label(entryStage), measures.stageByEcosystem.columns.map(label(ecosystem))),
      picture: () => <Heat matrix={ecosystems} rowLabel={label(entryStage)} columnLabel={label(ecosystem)} slanted />,
    },
    {
      id: 'divergence',
      title: 'Whether what was delivered differed from the source',
      definition: 'Each incident once, by depth of record. Where it differed, reading the source would not have shown the attack.',
      ...tableOf('Depth', measures.divergence, label(depth), divergence),
      picture: () => <Shares matrix={measures.divergence} rowLabel={label(depth)} labels={divergence} shades={[1, 2, 4, 5]} />,
    },
    {
      id: 'attribution',
      title: 'What is claimed about who did it',
      definition:
        'Each incident once, by depth of record. A claim is not a finding of this corpus. “Several or disputed” are incidents with claims about two or more actors, which may be names for the same, or with a claim that disputes another.',
      ...tableOf('Depth', measures.attribution, label(depth), attribution),
      picture: () => <Shares matrix={measures.attribution} rowLabel={label(depth)} labels={attribution} shades={[1, 2, 3, 4, 5]} />,
    },
    {
      id: 'origins',
      title: 'On how many independent origins records rest',
      definition:
        'Incidents by the number of origins to which their references go back: ten articles on one report are one. At most so many, because a repetition that nobody has recorded counts as its own. Indexed records have one by nature.',
      ...tableOf('Origins', measures.origins, (band) => band, ['Incidents']),
      picture: () => <Bars matrix={measures.origins} labels={['incidents']} xTitle="number of origins" />,
    },
  ];
  if (measures.seedings.length > 0) {
    charts.push({
      id: 'cascades',
      title: 'Which incident led to which',
      definition:
        'Every tie between two incidents in which a source says that access or software of the one led to the other, with how sure that is.',
      head: ['From', 'To', 'How sure'],
      rows: measures.seedings.map(({ from, to, tier }) => [titleOf(from), titleOf(to), tier]),
      picture: (hrefOf) => <Cascades seedings={measures.seedings} titleOf={titleOf} hrefOf={hrefOf} />,
    });
  }
  return charts;
}

function tableOf(name: string, { rows, cells }: Matrix, rowLabel: (row: string) => string, columns: readonly string[]) {
  return { head: [name, ...columns], rows: rows.map((row, at) => [rowLabel(row), ...(cells[at] ?? [])]) };
}

function firstRows({ rows, columns, cells }: Matrix, most: number): Matrix {
  return { rows: rows.slice(0, most), columns, cells: cells.slice(0, most) };
}

function firstColumns({ rows, columns, cells }: Matrix, most: number): Matrix {
  return { rows, columns: columns.slice(0, most), cells: cells.map((row) => row.slice(0, most)) };
}

/** The style of a picture that stands alone; a page’s style sheet has the same classes in light and dark. */
const ALONE = `text{font:11px system-ui,sans-serif;fill:#4a5057}.grid{stroke:#dcd8ce}.series-1,.share-1,.dot,.mark-2{fill:#12416f}.series-2,.share-2{fill:#b3541e}.series-3,.share-4{fill:#a8adb3}.share-3{fill:#2d7a4b}.share-5{fill:#dcd8ce}.on-share-1,.on-share-2,.on-share-3{fill:#fff}.heat-0{fill:#f2eee3}.heat-1{fill:#d6e4f2}.heat-2{fill:#a9c8e6}.heat-3{fill:#6fa3d4}.heat-4{fill:#3674ae}.heat-5{fill:#12416f}.on-heat-4,.on-heat-5{fill:#fff}.dot{fill-opacity:.6}.median{stroke:#9a1c16;stroke-width:2.5}.span{stroke:#8b8577}.mark-1{fill:#b3541e}.mark-3{fill:#2d7a4b}.arrow{fill:none;stroke:#565c63}.tip{fill:#565c63}.box{fill:#fff;stroke:#12416f}.box-title{fill:#1c1e21;font-weight:600}`;
