import { formatCount } from '../base/format-count.ts';
import { seedTier } from '../schema/vocabulary/seed-tier.ts';
import type { CorpusMeasures } from '../statistics/corpus-measures.ts';
import type { Measure } from '../statistics/measure.ts';
import { type ChartLinks, ChartSection } from './charts/chart-section.tsx';
import { delayStrip, FEWEST_DRAWN } from './charts/delay-strip.tsx';
import { dwellChart, MOST_DWELLS_DRAWN } from './charts/dwell-chart.tsx';
import { heatMap } from './charts/heat-map.tsx';
import type { Picture } from './charts/picture.tsx';
import type { QueryLink } from './charts/query-target.tsx';
import { stackedBars } from './charts/stacked-bars.tsx';
import { stackedColumns } from './charts/stacked-columns.tsx';
import { timeTree } from './charts/time-tree.tsx';
import { termLabel } from './components/terms.tsx';

/** Folder of the page and of its files, relative to the site’s root. */
export const STATISTICS_FOLDER = 'statistics/';

/** Every measure with its picture, in the order of the page. */
export function pictures(measures: CorpusMeasures, hrefOf: (incident: string) => string, queryHref?: QueryLink): [Measure, Picture][] {
  const { cascades } = measures;
  const titles = new Map(cascades.nodes.map(({ incident, title }) => [incident, title]));
  return [
    [measures.vectorsByYear, stackedColumns(measures.vectorsByYear.crosstab, queryHref)],
    [measures.vectorFrequency, stackedBars(measures.vectorFrequency.crosstab, { hrefOf: queryHref })],
    [measures.timeToDisclosure, delayStrip(measures.timeToDisclosure.rows)],
    [measures.entryStages, heatMap(measures.entryStages.crosstab, queryHref)],
    [measures.sourceArtifactDivergence, stackedBars(measures.sourceArtifactDivergence.crosstab, { share: true, hrefOf: queryHref })],
    [measures.attributionStates, stackedBars(measures.attributionStates.crosstab, { share: true, hrefOf: queryHref })],
    [measures.evidenceOrigins, stackedColumns(measures.evidenceOrigins.crosstab, queryHref)],
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

/** A section for each measure. */
export function StatisticsSections({ links, measures }: { links: ChartLinks; measures: CorpusMeasures }) {
  return (
    <>
      {pictures(measures, (id) => links.incident(id)?.href ?? '', links.query).map(([measure, picture]) => (
        <ChartSection links={links} measure={measure} picture={picture} folder={STATISTICS_FOLDER}>
          {measure === measures.timeToDisclosure ? (
            <p>
              Vectors with fewer than {FEWEST_DRAWN} incidents that can be measured are in the table only.{' '}
              {measures.timeToDisclosure.rows[0]?.unmeasured} of {measure.incidents} incidents cannot be measured.
            </p>
          ) : null}
          {measure === measures.dwellTimes && measures.dwellTimes.dwells.length > MOST_DWELLS_DRAWN ? (
            <p>
              The picture shows the {MOST_DWELLS_DRAWN} of {formatCount(measures.dwellTimes.dwells.length)} that took the longest to be
              disclosed.
            </p>
          ) : null}
        </ChartSection>
      ))}
    </>
  );
}
