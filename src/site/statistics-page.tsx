import { csvText } from '../base/csv-text.ts';
import type { OutputFile } from '../base/output-file.ts';
import { addressOf } from '../graph/addresses.ts';
import { publicSince } from '../graph/evidence-dates.ts';
import { type Graph, nodeId, recordsOf } from '../graph/graph.ts';
import { measuresOf } from '../statistics/corpus-measures.ts';
import { type Sample, sampleOf } from '../statistics/sample.ts';
import { type ChartLinks, coverText } from './charts/chart-section.tsx';
import { pictureFile } from './charts/picture.tsx';
import type { Page } from './page.ts';
import { pictures, STATISTICS_FOLDER, StatisticsSections } from './statistics-sections.tsx';
import type { View } from './view.ts';

/** What the corpus amounts to in numbers, and what these cannot tell. */
export function statisticsPage(graph: Graph): Page {
  return {
    address: STATISTICS_FOLDER,
    frame: () => ({
      title: 'Measure',
      description:
        'Vectors over the years, time to disclosure, entry stages, attribution and evidence, counted over the whole corpus, with definitions, tables and downloads.',
    }),
    content: (view) => {
      const records = recordsOf(graph, 'incident');
      const measures = measuresOf(records);
      const links: ChartLinks = {
        href: (address) => view.href(address),
        query: (query) => query && `${view.href('incidents/')}?q=${encodeURIComponent(query)}`,
        incident: (id) => {
          const node = graph.nodes.get(nodeId('incident', id));
          return node && { href: view.hrefOf(node), label: node.label };
        },
      };
      return (
        <article class="statistics">
          <h1>Measure</h1>
          <SampleText view={view} sample={sampleOf(records.map(({ data }) => data))} />
          <nav class="jump" aria-label="On this page">
            {pictures(measures, () => '').map(([{ id, title }]) => (
              <a href={`#${id}`}>{title}</a>
            ))}
          </nav>
          <div data-as-of data-days={yearEnds(graph).join(' ')} hidden />
          <div
            data-measures
            data-root={view.href('')}
            data-leaf={view.site.options.plainFiles ? 'index.html' : ''}
            data-code={view.href(view.site.assets.measures)}
            data-data={view.href(view.site.assets.measuresData)}
          >
            <StatisticsSections links={links} measures={measures} />
          </div>
        </article>
      );
    },
  };
}

function SampleText({ view, sample }: { view: View; sample: Sample }) {
  const { catalogue, depths } = sample;
  return (
    <>
      <p class="lede">
        {sample.incidents} incidents that people wrote down, not a sample of all that happened. The numbers below describe this corpus: what
        was noticed, published and read by its curators.
      </p>
      <div class="prose">
        <p>
          {depths.featured} records are <a href={view.href('vocabulary/depth/featured/')}>featured</a>, {depths.structured}{' '}
          <a href={view.href('vocabulary/depth/structured/')}>structured</a> and {depths.indexed}{' '}
          <a href={view.href('vocabulary/depth/indexed/')}>indexed</a>; only the first two promise dates, path and attribution, and each
          picture says which it covers.
          {catalogue ? (
            <>
              {' '}
              {catalogue.incidents} of the incidents cite one document,{' '}
              <a href={view.href(addressOf({ kind: 'source', key: catalogue.key }))}>{catalogue.title}</a> of {catalogue.publisher}: what it
              took in shapes the years and vectors here, and what it left out, or what came after it, is here only as far as somebody has
              written it.
            </>
          ) : null}
        </p>
        <p>
          An incident counts once, however many packages, releases or victims it had: a flood of thousands of look-alike packages by one
          publisher is one, like a single altered installer. A rising or falling column tells of attention as much as of attacks. There are
          no rates, because nobody knows how much there was to attack, and no trend lines.
        </p>
      </div>
    </>
  );
}

/** The ends of the years in which documents that incidents cite appeared, and the last day on which one did. */
function yearEnds(graph: Graph): string[] {
  const known = recordsOf(graph, 'incident').flatMap(({ data }) => data.references.flatMap((reference) => publicSince(reference) ?? []));
  const days = [...new Set(known)].sort();
  const last = days.at(-1);
  const years = new Set(days.map((day) => day.slice(0, 4)));
  return last === undefined ? [] : [...[...years].map((year) => `${year}-12-31`).filter((day) => day < last), last];
}

/** Tables and pictures as files. */
export function* statisticsFiles(graph: Graph): Generator<OutputFile> {
  for (const [measure, picture] of pictures(measuresOf(recordsOf(graph, 'incident')), () => '')) {
    const { id, title, unit, table } = measure;
    yield { path: `${STATISTICS_FOLDER}${id}.csv`, content: csvText([table.columns.map(({ name }) => name), ...table.rows]) };
    yield { path: `${STATISTICS_FOLDER}${id}.svg`, content: pictureFile({ id, title, unit, picture, source: coverText(measure) }) };
  }
}
