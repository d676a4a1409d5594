import type { OutputFile } from '../base/output-file.ts';
import { resourceAddress } from '../graph/addresses.ts';
import type { Graph } from '../graph/graph.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { ALL_FEED, CHANGES_FEED } from './feeds.ts';
import type { Page } from './page.ts';
import type { Site, View } from './view.ts';

/** Files of the API that the data page lists, and what each is for. */
const API_FILES = [
  ['api/v1/openapi.json', 'OpenAPI 3.1 description of everything below'],
  ['api/v1/corpus.json', 'every record, as its curators wrote it'],
  ['api/v1/graph.json', 'every node and edge, with evidence and known-since'],
  ['api/v1/incidents/index.json', 'all incidents in brief'],
  ['api/v1/entities/index.json', 'the kinds of entity and where their lists are'],
  ['api/v1/relations.json', 'every relation and how it reads from either end'],
  ['api/v1/statistics.json', 'counts'],
  ['api/v1/vocabularies.json', 'every vocabulary with its definitions'],
] as const;

/** Addresses of the files of the API whose size the data page says. */
export const LISTED_FILES: readonly string[] = API_FILES.map(([address]) => address);

/** The page that says which data there is, for what, and what each form leaves out. */
export function dataPage(graph: Graph): Page {
  return {
    address: 'data/',
    frame: () => ({
      title: 'Data and API',
      description:
        'Everything on this site as JSON: one file per record and entity, the graph, the whole corpus, and an OpenAPI description.',
    }),
    content: (view) => {
      const first = [...graph.nodes.values()].find(({ kind }) => kind === 'incident');
      return (
        <article class="prose">
          <h1>Data and API</h1>
          <p class="lede">
            Everything on these pages is also data. The API is a set of plain files: what you download is what the server gives. The{' '}
            <a href={view.href('data/api/')}>API reference</a> describes each address, and the questions that a running server answers
            besides.
          </p>
          <div class="table-frame">
            <table class="files stacked">
              <caption class="hidden">Files of the API</caption>
              <thead>
                <tr>
                  <th scope="col">File</th>
                  <th scope="col">What it holds</th>
                  <th scope="col">Size</th>
                </tr>
              </thead>
              <tbody>
                {API_FILES.map(([address, meaning]) => (
                  <tr>
                    <th scope="row">
                      <a href={view.href(address)} type="application/json">
                        <code>/{address}</code>
                      </a>
                    </th>
                    <td>{meaning}</td>
                    <Size view={view} address={address} />
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <Downloads view={view} />
          <CiteData view={view} />
          <h2 id="follow">Follow</h2>
          <p>
            New incidents come as <a href={view.href(`${ALL_FEED}.atom`)}>Atom</a> and <a href={view.href(`${ALL_FEED}.json`)}>JSON Feed</a>
            , and so do records that changed (<a href={view.href(`${CHANGES_FEED}.atom`)}>Atom</a>,{' '}
            <a href={view.href(`${CHANGES_FEED}.json`)}>JSON Feed</a>). Each ecosystem, actor, campaign, malware family and organization has
            a feed of its own: <a href={view.href('feeds/')}>all feeds</a>.
          </p>
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

/** The whole corpus in formats of other tools: what each is for, how long it is, and what it leaves out. */
function Downloads({ view }: { view: View }) {
  const { downloads } = view.site;
  if (downloads.length === 0) return null;
  return (
    <>
      <h2 id="formats">For other tools</h2>
      <p>
        The whole corpus in formats that other tools read. None of them can say everything. <code>threatpedia export</code> also takes
        filters and a date. While <code>threatpedia serve</code> runs, <code>/taxii2/</code> gives the STIX files over TAXII 2.1.
      </p>
      <div class="table-frame">
        <table class="files stacked">
          <caption class="hidden">The whole corpus in formats of other tools</caption>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">For</th>
              <th scope="col">Size</th>
              <th scope="col">What it leaves out or shortens</th>
            </tr>
          </thead>
          <tbody>
            {downloads.map(({ address, title, mediaType, losses }) => (
              <tr>
                <th scope="row">
                  <a href={view.href(address)} type={mediaType} download>
                    <code>{address.slice(address.indexOf('/') + 1).replaceAll('/', '/\u200b')}</code>
                  </a>
                </th>
                <td>{title}</td>
                <Size view={view} address={address} />
                <td>
                  {losses.length === 0 ? (
                    'nothing'
                  ) : (
                    <details>
                      <summary>{new Set(losses.map(({ field }) => field)).size} fields</summary>
                      <ul>
                        {losses.map(({ field, why }) => (
                          <li>
                            <code>{field}</code>: {why}
                          </li>
                        ))}
                      </ul>
                    </details>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Size({ view, address }: { view: View; address: string }) {
  const { length } = view.site.written.get(address) ?? {};
  if (length === undefined) return <td class="absent">not known</td>;
  return <td data-label="Size">{length < 1e6 ? `${Math.ceil(length / 1000)} kB` : `${(length / 1e6).toFixed(1)} MB`}</td>;
}

const CHECKSUMS = 'data/sha256sums.txt';

/** SHA-256 digests of the files of data, as `sha256sum` writes and checks them; paths are below the site’s root. Nothing where no file is known. */
export function* checksumFile({ written }: Site): Generator<OutputFile> {
  if (written.size > 0) yield { path: CHECKSUMS, content: [...written].map(([path, { sha256 }]) => `${sha256}  ${path}\n`).join('') };
}

/** Which version of the data this is, how to check that it came whole, and how to cite it. */
function CiteData({ view }: { view: View }) {
  const { version, origin, written } = view.site;
  const title = 'Threatpedia: software supply-chain incidents, with their evidence';
  const stated = version && `${version.day}, commit ${version.commit}`;
  const [year = '', month = '', day = ''] = version?.day.split('-') ?? [];
  const bibtex = [
    '@misc{threatpedia,',
    '  author  = {{Threatpedia contributors}},',
    `  title   = {${title}},`,
    ...(version ? [`  year    = {${year}},`, `  month   = {${Number(month)}},`, `  version = {${stated}},`] : []),
    '  note    = {CC BY 4.0},',
    `  url     = {${origin}/}`,
    '}',
  ].join('\n');
  const csl = {
    id: 'threatpedia',
    type: 'dataset',
    title,
    author: [{ literal: 'Threatpedia contributors' }],
    ...(version ? { issued: { 'date-parts': [[Number(year), Number(month), Number(day)]] }, version: stated } : {}),
    URL: `${origin}/`,
  };
  return (
    <>
      <h2 id="version">Version and checksums</h2>
      <p>
        {version ? (
          <>
            This is the data of <time datetime={version.day}>{version.day}</time>, commit <code>{version.commit}</code>.{' '}
          </>
        ) : (
          <>The history of the records was not at hand when this was built, so that the data has no version. </>
        )}
        {written.size > 0 ? (
          <>
            <a href={view.href(CHECKSUMS)}>SHA-256 digests</a> of all files above: <code>sha256sum --check --ignore-missing</code> in a copy
            of the site.
          </>
        ) : null}
      </p>
      <h2 id="cite">How to cite</h2>
      <p>
        Threatpedia contributors{version ? ` (${year})` : ''}: {title}
        {stated ? `, version of ${stated}` : ''}. <span class="address">{`${origin}/`}</span> Each record says on its page how to cite it
        alone; all of them are among the files above as BibTeX and CSL-JSON.
      </p>
      <pre class="query" tabindex={0} role="group" aria-label="BibTeX entry">
        <code>{bibtex}</code>
      </pre>
      <pre class="query" tabindex={0} role="group" aria-label="CSL-JSON item">
        <code>{JSON.stringify(csl, null, 2)}</code>
      </pre>
    </>
  );
}
