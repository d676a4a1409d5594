import { problemCodes } from '../base/problem-codes.ts';
import { fieldDocs } from '../schema/field-docs.ts';
import { recordKindNames, recordKinds } from '../schema/record.ts';
import { CHANGES_FEED } from './feeds.ts';
import type { Page } from './page.ts';

/** The pages that explain the site itself: about, API, format, search, not found. */
export function plainPages(): Page[] {
  return [aboutPage(), apiFolderPage(), formatPage(), searchPage(), notFoundPage()];
}

function aboutPage(): Page {
  return {
    address: 'about/',
    frame: () => ({
      title: 'How evidence works',
      description:
        'How Threatpedia ties every sentence to sources, counts origins, shows attribution and tells unknown from none and missing; what gets in, and how to correct it.',
    }),
    content: (view) => (
      <article class="prose">
        <h1>How evidence works</h1>
        <p class="lede">
          An encyclopedia of incidents is only as good as the way from a sentence back to what somebody saw. These are the rules that every
          record is held to by a validator.
        </p>
        <nav class="jump" aria-label="Parts of this page">
          <a href="#inclusion">What gets in</a>
          <a href="#corrections">Corrections</a>
          <a href="#makers">Who makes this</a>
        </nav>
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
        <h2 id="inclusion">What gets in</h2>
        <p>
          An incident gets a record where somebody compromised, abused or imitated a part of the way from source to user — source, build,
          signature, publication, delivery — and where at least one document that could be read states facts of it. An ordinary flaw is
          none, however severe; nor are attacks on users one by one, with no supplier in between.
        </p>
        <ul>
          <li>Facts come only from documents that were read. What cannot be cited stays out; nothing is guessed.</li>
          <li>
            A record promises how complete it is: <a href={view.href('vocabulary/depth/')}>indexed, structured or featured</a>. The
            validator holds it to that.
          </li>
          <li>
            Whether it happened is said as <a href={view.href('vocabulary/record-status/')}>confirmed, reported, disputed or retracted</a>.
            A retracted record stays, so that links to it do.
          </li>
          <li>People appear in their public role only.</li>
          <li>
            Cases that lists of incidents name and that are left out stand with their reason in <code>corpus/COVERAGE.md</code>.
          </li>
        </ul>
        <h2 id="corrections">Corrections</h2>
        <p>
          {view.site.options.corrections ? (
            <>
              Something is wrong or missing? <a href={view.site.options.corrections}>Report it</a>, or use “Suggest a correction” at the end
              of a record, which fills in what it is about.
            </>
          ) : (
            <>
              Something is wrong or missing? The way to a correction is a change to the record’s file, which the end of its page names (
              <code>corpus/…yaml</code>), as <code>CONTRIBUTING.md</code> tells.
            </>
          )}{' '}
          Say what is wrong, and which document says otherwise, with the words in it. A correction goes in when a source that can be read
          bears it out. Where sources contradict each other, both are shown. Every change stands in the history of the record, in the{' '}
          <a href={view.href(`${CHANGES_FEED}.atom`)}>feed of changes</a>, and in the version control of the corpus.
        </p>
        <h2 id="makers">Who makes this</h2>
        <p>
          An open project. Records and software are written by its contributors, whose changes the version control names one by one. Text
          and data are under CC BY 4.0, the software is under Apache-2.0.
        </p>
      </article>
    ),
  };
}

/** Where people look for the API: it leads to what there is. */
function apiFolderPage(): Page {
  return {
    address: 'api/',
    unlisted: true,
    frame: () => ({ title: 'API', description: 'Where the API is described, and its addresses.', noIndex: true }),
    content: (view) => (
      <article class="prose">
        <h1>API</h1>
        <ul>
          <li>
            <a href={view.href('data/api/')}>API reference</a>: every address, with examples
          </li>
          <li>
            <a href={view.href('api/v1/index.json')}>
              <code>/api/v1/index.json</code>
            </a>
            : what there is, for programs
          </li>
          <li>
            <a href={view.href('api/v1/openapi.json')}>
              <code>/api/v1/openapi.json</code>
            </a>
            : the OpenAPI 3.1 description
          </li>
          <li>
            <a href={view.href('data/')}>Data</a>: the whole corpus as files, in formats of other tools, and as feeds
          </li>
        </ul>
      </article>
    ),
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
