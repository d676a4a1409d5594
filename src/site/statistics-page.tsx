import { csvText } from '../base/csv-text.ts';
import type { OutputFile } from '../base/output-file.ts';
import { addressOf } from '../graph/addresses.ts';
import type { Graph } from '../graph/graph.ts';
import { seedTier } from '../schema/vocabulary/seed-tier.ts';
import { type CorpusMeasures, measuresOf } from '../statistics/corpus-measures.ts';
import type { Measure } from '../statistics/measure.ts';
import { ChartSection, coverText } from './charts/chart-section.tsx';
import { delayStrip, FEWEST_DRAWN } from './charts/delay-strip.tsx';
import { dwellChart, MOST_DWELLS_DRAWN } from './charts/dwell-chart.tsx';
import { heatMap } from './charts/heat-map.tsx';
import { type Picture, pictureFile } from './charts/picture.tsx';
import { stackedBars } from './charts/stacked-bars.tsx';
import { stackedColumns } from './charts/stacked-columns.tsx';
import { timeTree } from './charts/time-tree.tsx';
import { termLabel } from './components/terms.tsx';
import type { Page } from './page.ts';
import type { View } from './view.ts';

const FOLDER = 'statistics/';

/** Every measure with its picture, in the order of the page. */
function pictures(measures: CorpusMeasures, hrefOf: (incident: string) => string): [Measure, Picture][] {
  const { cascades } = measures;
  const titles = new Map(cascades.nodes.map(({ incident, title }) => [incident, title]));
  return [
    [measures.vectorsByYear, stackedColumns(measures.vectorsByYear.crosstab)],
    [measures.vectorFrequency, stackedBars(measures.vectorFrequency.crosstab)],
    [measures.timeToDisclosure, delayStrip(measures.timeToDisclosure.rows)],
    [measures.entryStages, heatMap(measures.entryStages.crosstab)],
    [measures.sourceArtifactDivergence, stackedBars(measures.sourceArtifactDivergence.crosstab, { share: true })],
    [measures.attributionStates, stackedBars(measures.attributionStates.crosstab, { share: true })],
    [measures.evidenceOrigins, stackedColumns(measures.evidenceOrigins.crosstab)],
    [
      cascades,
      timeTree({
        nodes: cascades.nodes.map(({ incident, title, date }) => ({ id: incident, label: title, date })),
        edges: cascades.seedings.map(({ from, to, tier }) => ({
          from,
          to,
          style: tier,
          note: `seeded by ${titles.get(from) ?? from} · ${termLabel(seedTier, tier)}`,
        })),
        styles: {
          causal: { label: 'causal: a source says so', dash: undefined, width: 1.6 },
          temporal: { label: 'temporal: in sequence', dash: '4 4', width: 1.6 },
        },
        description: `${cascades.nodes.length} incidents over time, ${cascades.seedings.length} lines from one to the next: ${cascades.seedings.map(({ from, to, tier }) => `${from} to ${to} (${tier})`).join('; ')}.`,
        hrefOf: ({ id }) => hrefOf(id),
      }),
    ],
    [measures.dwellTimes, dwellChart(measures.dwellTimes.dwells)],
  ];
}

/** What the corpus amounts to in numbers, and what these cannot tell. */
export function statisticsPage(graph: Graph): Page {
  return {
    address: FOLDER,
    frame: () => ({
      title: 'Measure',
      description:
        'Vectors over the years, time to disclosure, entry stages, attribution and evidence, counted over the whole corpus, with definitions, tables and downloads.',
    }),
    content: (view) => {
      const measures = measuresOf(graph);
      const all = pictures(measures, (incident) => view.hrefOf({ kind: 'incident', key: incident }));
      return (
        <article class="statistics">
          <h1>Measure</h1>
          <SampleText view={view} measures={measures} />
          <nav class="jump" aria-label="On this page">
            {all.map(([{ id, title }]) => (
              <a href={`#${id}`}>{title}</a>
            ))}
          </nav>
          {all.map(([measure, picture]) => (
            <ChartSection view={view} measure={measure} picture={picture} folder={FOLDER}>
              {measure === measures.timeToDisclosure ? (
                <p>
                  Vectors with fewer than {FEWEST_DRAWN} incidents that can be measured stand in the table only.{' '}
                  {measures.timeToDisclosure.rows[0]?.unmeasured} of {measure.incidents} incidents cannot be measured.
                </p>
              ) : null}
              {measure === measures.dwellTimes && measures.dwellTimes.dwells.length > MOST_DWELLS_DRAWN ? (
                <p>
                  Drawn are the {MOST_DWELLS_DRAWN} of {measures.dwellTimes.dwells.length.toLocaleString('en')} that took the longest to be
                  disclosed.
                </p>
              ) : null}
            </ChartSection>
          ))}
        </article>
      );
    },
  };
}

function SampleText({ view, measures: { sample } }: { view: View; measures: CorpusMeasures }) {
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

/** Tables and pictures as files. */
export function* statisticsFiles(graph: Graph): Generator<OutputFile> {
  for (const [measure, picture] of pictures(measuresOf(graph), () => '')) {
    const { id, title, unit, table } = measure;
    yield { path: `${FOLDER}${id}.csv`, content: csvText([table.columns.map(({ name }) => name), ...table.rows]) };
    yield { path: `${FOLDER}${id}.svg`, content: pictureFile({ id, title, unit, picture, source: coverText(measure) }) };
  }
}
