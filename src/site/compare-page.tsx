import { addressOf } from '../graph/addresses.ts';
import { referenceIndex } from '../graph/evidence-dates.ts';
import { findNode, type Graph, type NodeKind, nodeId, recordsOf } from '../graph/graph.ts';
import { compareByDate, publicYear } from '../graph/incident-list.ts';
import { itemsOf, referenceIdOf } from '../schema/cited.ts';
import type { Citation, DatedFact } from '../schema/evidence.ts';
import { plainText } from '../schema/link-markup.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { confidence } from '../schema/vocabulary/confidence.ts';
import { hopStage } from '../schema/vocabulary/hop-stage.ts';
import { pathState } from '../schema/vocabulary/path-state.ts';
import { valuesOf } from '../schema/vocabulary.ts';
import { termLabel } from './components/terms.tsx';
import { dataScript } from './data-script.ts';
import type { Page } from './page.ts';
import { pictureHops, STATES } from './path-picture.tsx';

/** A name with the address of its page, relative to the site’s root; empty where it has none. */
export type ComparedName = readonly [label: string, address: string];

/** Numbers of the references, as the incident’s own page lists them. */
export type ComparedCites = readonly number[];

/** What a comparison shows beyond the row of an incident. */
export interface ComparedIncident {
  /** Stage, mark, state in words, name and sources of each hop, in order. */
  readonly hops: readonly (readonly [stage: string, mark: string, state: string, name: ComparedName, cites: ComparedCites])[];
  /** Claims of attribution: whom they name, what they claim, who claims it, when and how surely, and the sources. */
  readonly claims: readonly (readonly [target: ComparedName, relation: string, by: ComparedName, how: string, cites: ComparedCites])[];
  readonly lessons: readonly (readonly [text: string, cites: ComparedCites])[];
  /** Sources of the dates: first observed, first public warning, disclosed, contained. */
  readonly dates: readonly ComparedCites[];
}

/** What the page that compares has in the browser, beside the rows of the list. */
export interface CompareData {
  readonly stages: readonly string[];
  readonly incidents: Readonly<Record<string, ComparedIncident>>;
}

/** The data as a script that sets one global. */
export function compareData(graph: Graph): Generator<string> {
  const stages = ['Upstream', ...valuesOf(hopStage).map((stage) => termLabel(hopStage, stage))];
  const incidents = Object.fromEntries(recordsOf(graph, 'incident').map((record) => [record.data.id, comparedIncident(graph, record)]));
  return dataScript('threatpediaCompared', { stages, incidents });
}

function comparedIncident(graph: Graph, record: IncidentRecord): ComparedIncident {
  const { data } = record;
  const index = referenceIndex(record);
  const numbers = (cites: readonly Citation[]): ComparedCites => [...new Set(cites.map((cited) => index.numberOf(referenceIdOf(cited))))];
  const name = (kind: NodeKind, key: string, label = findNode(graph, kind, key)?.label ?? key): ComparedName => [
    label,
    graph.nodes.has(nodeId(kind, key)) ? addressOf({ kind, key }) : '',
  ];
  const dateCites = (fact: DatedFact | undefined) => (fact && 'date' in fact ? numbers(fact.cites) : []);
  return {
    hops: pictureHops(graph, data).map(({ laneLabel, state, title, target, cites }) => [
      laneLabel,
      STATES[state].mark,
      termLabel(pathState, state),
      target ? name(target.kind, target.key, title) : [title, ''],
      numbers(cites),
    ]),
    claims: itemsOf(data.attribution).map(({ target, relation, claimant, claimed, confidence: sure, cites }) => [
      'actor' in target ? name('actor', target.actor) : name('campaign', target.campaign),
      relation.replaceAll('-', ' '),
      name('organization', claimant),
      `${claimed}, confidence ${termLabel(confidence, sure.code).toLowerCase()}`,
      numbers(cites),
    ]),
    lessons: itemsOf(data.defensiveLessons).map(({ text, cites }) => [plainText(text), numbers(cites)]),
    dates: [data.firstObserved, data.firstPublicWarning, data.disclosed, data.contained].map(dateCites),
  };
}

/** The page that sets two or three incidents side by side. */
export function comparePage(graph: Graph): Page {
  const incidents = recordsOf(graph, 'incident').sort((left, right) => compareByDate(right.data, left.data));
  return {
    address: 'compare/',
    frame: (view) => ({
      title: 'Compare incidents',
      description: 'Two or three incidents side by side: paths by stage, vectors, dates, claims and lessons.',
      scripts: [view.site.assets.askData, view.site.assets.compareData, view.site.assets.compare],
    }),
    content: (view) => (
      <article class="compare">
        <h1>Compare incidents</h1>
        <p class="lede quiet">Two or three records side by side, their paths stage by stage. The URL keeps your choice.</p>
        <noscript>
          <p>
            Comparing records needs JavaScript. Each record reads without it: see the{' '}
            <a href={view.href('incidents/')}>list of all incidents</a>.
          </p>
        </noscript>
        <form
          class="compare-form"
          data-compare
          data-root={view.href('').replace(/index\.html$/, '')}
          data-leaf={view.site.options.plainFiles ? 'index.html' : ''}
          hidden
        >
          {['First', 'Second', 'Third'].map((label, index) => (
            <label>
              {label}
              <input
                name={`i${index + 1}`}
                type="search"
                list="compare-incidents"
                autocomplete="off"
                spellcheck={false}
                placeholder={index === 2 ? 'none' : 'title, year or id'}
              />
            </label>
          ))}
          <datalist id="compare-incidents">
            {incidents.map(({ data }) => (
              <option value={`${data.title} · ${publicYear(data) ?? 'undated'} · ${data.id}`} />
            ))}
          </datalist>
          <p class="compare-legend">
            <label>
              <input type="checkbox" name="differences" /> Show only differences
            </label>{' '}
            <span class="compare-same">Rows in this colour</span> are the same for all.
          </p>
        </form>
        <div data-comparison aria-live="polite"></div>
      </article>
    ),
  };
}
