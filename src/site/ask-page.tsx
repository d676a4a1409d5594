import type { Graph } from '../graph/graph.ts';
import { recordsOf } from '../graph/graph.ts';
import { type QueryFieldName, queryFields, sortKeys } from '../query/fields.ts';
import { incidentRow } from '../query/incident-row.ts';
import { MISSING, type ValueTable } from '../query/parse.ts';
import type { IncidentRow } from '../query/row.ts';
import { valueLabels, valueTable } from '../query/value-table.ts';
import { dataScript } from './data-script.ts';
import type { View } from './view.ts';

/** What the page that asks has in the browser: the incidents as rows, the values that fields can have, and what people read for them. */
export interface AskData {
  readonly rows: readonly IncidentRow[];
  readonly values: ValueTable;
  readonly labels: { readonly [F in QueryFieldName]?: Readonly<Record<string, string>> };
}

/** What stands in the field until something is typed. It has an answer. */
export const EXAMPLE = 'vector:build-system-compromise year:2020.. "signed update"';

/** The data as a script that sets one global. */
export function askData(graph: Graph): Generator<string> {
  function* rows() {
    for (const record of recordsOf(graph, 'incident')) yield incidentRow(graph, record);
  }
  return dataScript('threatpediaIncidents', { values: valueTable(graph), labels: valueLabels(graph), rows: rows() });
}

/** The form that asks, and beside the list the values to choose from; both work in the browser only, and are hidden until they do. */
export function AskForm({ view }: { view: View }) {
  return (
    <form
      class="ask"
      method="get"
      data-ask
      data-incidents={view.href('incidents/').replace(/index\.html$/, '')}
      data-vocabulary={view.href('vocabulary/').replace(/index\.html$/, '')}
      data-leaf={view.site.options.plainFiles ? 'index.html' : ''}
      hidden
      role="search"
      aria-label="Incidents"
    >
      <div class="ask-line">
        <label for="ask">Ask</label>
        <input
          id="ask"
          name="q"
          type="search"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxlength={1000}
          placeholder={EXAMPLE}
          aria-describedby="ask-fault"
        />
        <label>
          <span class="hidden">Order</span>
          <select name="sort">
            {Object.entries(sortKeys).map(([key, { high, low }]) => (
              <>
                <option value={`${key}-desc`}>{high}</option>
                <option value={key}>{low}</option>
              </>
            ))}
          </select>
        </label>
      </div>
      <pre id="ask-fault" class="ask-fault" role="alert" hidden></pre>
      <div class="ask-line ask-result">
        <output aria-live="polite"></output>
        <a href={view.href('compare/')} data-picked hidden>
          Compare
        </a>
        <button type="reset">Clear</button>
        <button type="button" data-download="csv">
          CSV
        </button>
        <button type="button" data-download="json">
          JSON
        </button>
      </div>
    </form>
  );
}

/** The language in a table, made from the fields themselves. */
export function AskHelp() {
  return (
    <details class="ask-help">
      <summary>How to ask</summary>
      <p>
        Parts side by side narrow; <code>or</code> widens; <code>-</code> or <code>not</code> before a part excludes; brackets group. Other
        words, and “phrases” in quotes, are looked for in titles, names, aliases, advisory ids and summaries, and among the labels and
        synonyms of values: <code>worms</code>, <code>DPRK</code>. A word is found where one begins so, one of at most three letters and
        digits only whole; a phrase as it stands, inside words too. Words such as <em>in</em>, <em>the</em>, <em>of</em> and <em>attack</em>{' '}
        count in quotes only. A field takes one value or several with commas: any of them. The same language narrows{' '}
        <code>threatpedia list</code> and <code>threatpedia export</code>.
      </p>
      <div class="table-frame">
        <table>
          <caption class="hidden">Fields</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Meaning</th>
              <th scope="col">Example</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(queryFields).map(([name, { meaning, example }]) => (
              <tr>
                <th scope="row">
                  <code>{name}:</code>
                </th>
                <td>
                  <CodeText text={meaning} />
                </td>
                <td>
                  <code>{example}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>Instead of a value:</p>
      <dl class="ask-missing">
        {Object.entries(MISSING).map(([word, meaning]) => (
          <div>
            <dt>
              <code>{word}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>
        Dates and numbers also take ranges: <code>year:2020..2024</code>, <code>disclosed:&gt;=2023-03</code>,{' '}
        <code>references:&gt;20</code>. A date matches only if it certainly lies within.
      </p>
    </details>
  );
}

/** Text in which what stands between backticks is code. */
function CodeText({ text }: { text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
}
