import { problemCodes } from '../base/problem-codes.ts';
import { resourceAddress } from '../graph/addresses.ts';
import type { Graph } from '../graph/graph.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { fieldDocs } from '../schema/field-docs.ts';
import { recordKindNames, recordKinds } from '../schema/record.ts';
import type { Page } from './page.ts';

/** The pages that explain the site itself: about, data, format, search, not found. */
export function plainPages(graph: Graph): Page[] {
  return [aboutPage(), dataPage(graph), formatPage(), searchPage(), notFoundPage()];
}

function aboutPage(): Page {
  return {
    address: 'about/',
    frame: () => ({
      title: 'How evidence works',
      description:
        'How Threatpedia ties every sentence to sources, counts origins, shows attribution and tells unknown from none and missing.',
    }),
    content: (view) => (
      <article class="prose">
        <h1>How evidence works</h1>
        <p class="lede">
          An encyclopedia of incidents is only as good as the way from a sentence back to what somebody saw. These are the rules that every
          record is held to by a validator.
        </p>
        <h2>A sentence is a claim</h2>
        <p>
          Every sentence, date, version, digest and edge carries citations. Where a citation names exact strings — a version, a hash, a name
          — the source must contain them. Hover or focus a number to see document, date and strings; follow it to the reference list; from
          there to the document’s own page with everything that rests on it.
        </p>
        <p>
          Classifications are ours and carry no number: vector, impact, entry stage, confidence and evidence level of a record follow the
          definitions of the <a href={view.href('vocabulary/')}>vocabulary</a>. So are the kind and the site of an organization.
        </p>
        <h2>Origins, not articles</h2>
        <p>
          Ten articles about one report are one witness. References say which others they repeat, and each record shows from how many
          independent origins it speaks at most: a repetition that nobody has recorded would make them fewer.
        </p>
        <h2>Attribution is a ledger</h2>
        <p>
          A record never says who did it. It says who claims so, on which day, with which confidence, in the claimant’s own words where
          there are any. <a href={view.href('vocabulary/confidence/')}>Confidence</a> and{' '}
          <a href={view.href('vocabulary/likelihood/')}>likelihood</a> are two things. Clusters keep the names that their claimants gave
          them, and two names are not merged because an article does so.
        </p>
        <h2>Unknown, none, missing</h2>
        <ul>
          <li>
            <span class="absent">No structured records.</span> Nobody has written one. It says nothing about the world.
          </li>
          <li>
            <b>None.</b> … Sources establish that there is none, and are cited.
          </li>
          <li>
            <b>Unknown.</b> … It was looked into, and the sources leave it open.
          </li>
        </ul>
        <h2>The path</h2>
        <p>
          Build system, channel, account, repository and release are separate things with identities of their own. Each hop of a path is{' '}
          <a href={view.href('vocabulary/path-state/compromised/')}>compromised</a>,{' '}
          <a href={view.href('vocabulary/path-state/abused/')}>abused</a>, <a href={view.href('vocabulary/path-state/intact/')}>intact</a>{' '}
          or <a href={view.href('vocabulary/path-state/unknown/')}>unknown</a>. A vendor’s update channel is never merged with another
          vendor’s: the <a href={view.href('vocabulary/channel-kind/')}>kind of channel</a> groups them instead.
        </p>
        <h2>Known since</h2>
        <p>
          A statement is public from the day on which its earliest dated source was. Undated sources never count as available. So the corpus
          can be asked what was known on a day, without hindsight.
        </p>
        <h2>What is not here</h2>
        <p>No severity score, no risk ranking, no automated attribution, no generated conclusions.</p>
      </article>
    ),
  };
}

function dataPage(graph: Graph): Page {
  return {
    address: 'data/',
    frame: () => ({
      title: 'Data and API',
      description:
        'Everything on this site as JSON: one file per record and entity, the graph, the whole corpus, and an OpenAPI description.',
    }),
    content: (view) => {
      const first = [...graph.nodes.values()].find(({ kind }) => kind === 'incident');
      const files = [
        ['api/v1/openapi.json', 'OpenAPI 3.1 description of everything below'],
        ['api/v1/corpus.json', 'every record, as its curators wrote it'],
        ['api/v1/graph.json', 'every node and edge, with evidence and known-since'],
        ['api/v1/incidents/index.json', 'all incidents in brief'],
        ['api/v1/entities/index.json', 'the kinds of entity and where their lists are'],
        ['api/v1/statistics.json', 'counts'],
        ['api/v1/vocabularies.json', 'every vocabulary with its definitions'],
      ] as const;
      return (
        <article class="prose">
          <h1>Data and API</h1>
          <p class="lede">
            Everything on these pages is also data. The API is a set of plain files: what you download is what the server gives. The{' '}
            <a href={view.href('data/api/')}>API reference</a> describes each address, and the questions that a running server answers
            besides.
          </p>
          <dl class="kinds">
            {files.map(([address, meaning]) => (
              <div>
                <dt>
                  <a href={view.href(address)} type="application/json">
                    <code>/{address}</code>
                  </a>
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
          {view.site.downloads.length > 0 ? (
            <>
              <h2>For other tools</h2>
              <p>
                The whole corpus in formats that other tools read. None of them can say everything:{' '}
                <code>threatpedia export FORMAT --loss</code> tells what each leaves out, and <code>threatpedia export</code> also takes
                filters and a date. While <code>threatpedia serve</code> runs, <code>/taxii2/</code> gives the STIX files over TAXII 2.1.
              </p>
              <dl class="kinds">
                {view.site.downloads.map(({ address, title, mediaType, lossy }) => (
                  <div>
                    <dt>
                      <a href={view.href(address)} type={mediaType} download>
                        <code>{address.slice(address.indexOf('/') + 1)}</code>
                      </a>
                    </dt>
                    <dd>
                      {title}; {lossy} fields of a record are left out or shortened
                    </dd>
                  </div>
                ))}
              </dl>
            </>
          ) : null}
          <h2>Numbers</h2>
          <p>
            Every picture of <a href={view.href('statistics/')}>Measure</a> stands beside its table as CSV and its drawing as SVG.
          </p>
          <h2>One resource each</h2>
          <p>
            Every page has a JSON file beside it in the API: <code>/api/v1/&lt;kind&gt;/&lt;name&gt;.json</code>
            {first ? (
              <>
                , for example <a href={view.href(resourceAddress(first))}>{first.label}</a>
              </>
            ) : null}
            . The kinds are{' '}
            {Object.values(nodeKinds)
              .map(({ folder }) => folder)
              .join(', ')}
            .
          </p>
          <pre class="query" tabindex={0} role="group" aria-label="Examples">
            <code>{`curl ${view.site.origin}/api/v1/incidents\ncurl ${view.site.origin}/api/v1/indicators/domain/<name>.json`}</code>
          </pre>
          <h2>Licence</h2>
          <p>
            Text and data are under{' '}
            <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">
              CC BY 4.0
            </a>
            : use them for anything, and name “Threatpedia contributors” with the record’s id. The software is under Apache-2.0. Cited
            documents belong to their publishers.
          </p>
        </article>
      );
    },
  };
}

function formatPage(): Page {
  return {
    address: 'format/',
    frame: () => ({
      title: 'Record format',
      description:
        'Every field of every record kind, with its meaning, and every problem that the validator can report. Generated from the schema.',
    }),
    content: (view) => (
      <article class="prose format">
        <h1>Record format</h1>
        <p class="lede quiet">
          Generated from the schema. A record is one YAML file; editors complete its fields from the JSON Schemas in the repository.
        </p>
        <nav class="jump" aria-label="Record kinds">
          {recordKindNames.map((kind) => (
            <a href={`#${kind}`}>{recordKinds[kind].title}</a>
          ))}
          <a href="#problems">Problems</a>
        </nav>
        {recordKindNames.map((kind) => (
          <section id={kind} aria-labelledby={`${kind}-title`}>
            <h2 id={`${kind}-title`}>{recordKinds[kind].title}</h2>
            <p>
              One file each in <code>corpus/{recordKinds[kind].folder}/</code>. {recordKinds[kind].schema.meta()?.description}
            </p>
            <dl class="fields">
              {fieldDocs(kind).map((field) => (
                <div class={`level-${Math.min(3, field.path.split('.').length)}`}>
                  <dt>
                    <code>{field.path}</code>{' '}
                    <small>
                      {field.vocabulary ? (
                        <>
                          one of <a href={view.href(`vocabulary/${field.vocabulary}/`)}>{field.vocabulary}</a>
                        </>
                      ) : (
                        field.shape
                      )}
                      {field.required ? ' · required' : ''}
                    </small>
                  </dt>
                  <dd>{field.description}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section id="problems" aria-labelledby="problems-title">
          <h2 id="problems-title">What the validator reports</h2>
          <dl class="fields">
            {Object.entries(problemCodes).map(([code, { severity, title, explanation }]) => (
              <div>
                <dt>
                  <code>{code}</code> <small>{severity}</small>
                </dt>
                <dd>
                  {title}. {explanation}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </article>
    ),
  };
}

function searchPage(): Page {
  return {
    address: 'search/',
    unlisted: true,
    frame: () => ({ title: 'Search', description: 'Search records, entities, aliases, versions, hashes and domains.', noIndex: true }),
    content: (view) => (
      <>
        <h1>Search</h1>
        <div data-search-results>
          <p class="lede quiet">
            Searching runs in your browser and needs JavaScript. Without it, the lists hold everything:{' '}
            <a href={view.href('incidents/')}>incidents</a>, <a href={view.href('entities/')}>entities by kind</a>,{' '}
            <a href={view.href('sources/')}>sources</a>, <a href={view.href('vocabulary/')}>vocabulary</a>.
          </p>
        </div>
      </>
    ),
  };
}

function notFoundPage(): Page {
  return {
    address: '404.html',
    unlisted: true,
    frame: () => ({ title: 'Not found', description: 'There is no page at this address.', noIndex: true }),
    content: () => (
      <>
        <h1>There is no page here</h1>
        <p class="lede quiet">
          The address leads to no record, entity or document of this corpus. A name, version, hash or domain typed into the search above
          finds what there is; or start from the <a href="/incidents/">list of incidents</a>.
        </p>
      </>
    ),
  };
}
