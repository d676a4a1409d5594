import { findNode, type Graph, recordsOf } from '../graph/graph.ts';
import { compareByDate } from '../graph/incident-list.ts';
import { itemsOf } from '../schema/cited.ts';
import { plainText } from '../schema/link-markup.ts';
import { confidence } from '../schema/vocabulary/confidence.ts';
import { hopStage } from '../schema/vocabulary/hop-stage.ts';
import { pathState } from '../schema/vocabulary/path-state.ts';
import { valuesOf } from '../schema/vocabulary.ts';
import { termLabel } from './components/terms.tsx';
import { dataScript } from './data-script.ts';
import type { Page } from './page.ts';
import { pictureHops, STATES } from './path-picture.tsx';

/** What a comparison shows beyond the row of an incident. */
export interface ComparedIncident {
  /** Stage, mark, state in words and name of each hop, in order. */
  readonly hops: readonly (readonly [stage: string, mark: string, state: string, title: string])[];
  /** Claims of attribution in one line each. */
  readonly claims: readonly string[];
  readonly lessons: readonly string[];
}

/** What the page that compares has in the browser, beside the rows of the list. */
export interface CompareData {
  readonly stages: readonly string[];
  readonly incidents: Readonly<Record<string, ComparedIncident>>;
}

/** The data as a script that sets one global. */
export function compareData(graph: Graph): Generator<string> {
  const stages = ['Upstream', ...valuesOf(hopStage).map((stage) => termLabel(hopStage, stage))];
  const incidents: Record<string, ComparedIncident> = {};
  for (const { data } of recordsOf(graph, 'incident')) {
    const compared: ComparedIncident = {
      hops: pictureHops(graph, data).map(({ laneLabel, state, title }) => [
        laneLabel,
        STATES[state].mark,
        termLabel(pathState, state),
        title,
      ]),
      claims: itemsOf(data.attribution).map(({ target, relation, claimant, claimed, confidence: sure }) => {
        const [kind, id] = 'actor' in target ? (['actor', target.actor] as const) : (['campaign', target.campaign] as const);
        const name = findNode(graph, kind, id)?.label ?? id;
        const by = findNode(graph, 'organization', claimant)?.label ?? claimant;
        return `${name}: ${relation.replaceAll('-', ' ')}, by ${by}, ${claimed}, confidence ${termLabel(confidence, sure.code).toLowerCase()}`;
      }),
      lessons: itemsOf(data.defensiveLessons).map(({ text }) => plainText(text)),
    };
    if (compared.hops.length + compared.claims.length + compared.lessons.length === 0) continue;
    incidents[data.id] = compared;
  }
  return dataScript('threatpediaCompared', { stages, incidents });
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
        <p class="lede quiet">Two or three records side by side, their paths stage by stage. The address holds the choice.</p>
        <noscript>
          <p>Setting records side by side needs JavaScript. Each record reads without it; the list has them all.</p>
        </noscript>
        <form
          class="compare-form"
          data-compare
          data-incidents={view.href('incidents/').replace(/index\.html$/, '')}
          data-leaf={view.site.options.plainFiles ? 'index.html' : ''}
          hidden
        >
          {['First', 'Second', 'Third'].map((label, index) => (
            <label>
              {label}
              <select name={`i${index + 1}`}>
                <option value="">{index === 2 ? 'none' : 'choose'}</option>
                {incidents.map(({ data }) => (
                  <option value={data.id}>{data.title}</option>
                ))}
              </select>
            </label>
          ))}
        </form>
        <div data-comparison aria-live="polite"></div>
      </article>
    ),
  };
}
