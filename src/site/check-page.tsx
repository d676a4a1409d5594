import { formatCount } from '../base/format-count.ts';
import { corpusSource } from '../check/corpus-index.ts';
import { inventoryFormats } from '../check/inventory/formats.ts';
import type { Page } from './page.ts';
import type { PackageIndex, View } from './view.ts';

/** Where the index of the corpus stands on a site, and, where the builder gave one, that of malicious packages. */
export const CORPUS_INDEX = 'check/corpus.tpindex';
export const PACKAGE_INDEX = 'check/malicious-packages.tpindex';
/** The index of the corpus as a script, for copies that are read without a server. */
export const CORPUS_INDEX_SCRIPT = 'check/corpus-index.js';

/** The exposure check in the browser: everything is read and compared on the visitor's machine. */
export const checkPage: Page = {
  address: 'check/',
  frame: (view) => ({
    title: 'Were we hit?',
    description:
      'Drop a lockfile, SBOM, workflow, web page or list of software: which supply-chain incidents touch it, along which path, on what evidence. Nothing is uploaded.',
    // Read by browsers even where a host sends no headers: this page, and the worker that it makes, can talk to nothing but their own site.
    ...(view.site.options.plainFiles
      ? {}
      : {
          policy:
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'self'",
        }),
    scripts: [view.site.assets.check],
  }),
  content: (view) => <CheckContent view={view} />,
};

function CheckContent({ view }: { view: View }) {
  const { plainFiles, packageIndex } = view.site.options;
  return (
    <article class="plain check-page">
      <h1>Were we hit?</h1>
      <p class="lede">
        Drop a lockfile, an SBOM, a workflow, a web page or a list of installed software. It is read and compared on your machine: nothing
        is uploaded, and this page’s security policy lets it talk to nothing but this site.
      </p>
      <form
        class="check-form"
        data-check
        data-index={view.href(CORPUS_INDEX)}
        data-index-script={plainFiles ? view.href(CORPUS_INDEX_SCRIPT) : undefined}
        data-packages={packageIndex ? view.href(PACKAGE_INDEX) : undefined}
        data-worker={view.href(view.site.assets.check)}
        data-site={view.href('').replace(/index\.html$/, '')}
        hidden
      >
        <div class="drop" data-drop>
          <label for="check-files">Choose files, or drop them here</label>
          <input id="check-files" type="file" multiple />
        </div>
        <label for="check-text">
          or paste a list, one a line: packages (purl, name@version, name version), digests, domains, IP addresses, URLs, defanged or not;
          or the text of a lockfile, SBOM or workflow
        </label>
        <textarea
          id="check-text"
          rows={6}
          spellcheck={false}
          placeholder={'event-stream@3.3.6\ncdn[.]polyfill[.]io\n111.90.151.134'}
        ></textarea>
        <div class="check-options">
          <label for="check-from">Installed or run between</label>
          <DayField id="check-from" help="check-time-help" />
          <label for="check-to">
            and<span class="hidden"> (last day that it was installed or run)</span>
          </label>
          <DayField id="check-to" help="check-time-help" />
          <button type="submit">Check</button>
        </div>
        <p class="check-help" id="check-time-help">
          Decides what was bad only for some days, such as a moved tag. One of the two may be left open.
        </p>
        <details class="check-more">
          <summary>More options</summary>
          <p class="check-help">The format, where it is not detected; and a day, to count only what was publicly known then.</p>
          <div class="check-options">
            <label for="check-format">Format</label>
            <select id="check-format">
              <option value="">detect automatically</option>
              {inventoryFormats.map(({ id, title }) => (
                <option value={id}>{title}</option>
              ))}
            </select>
            <label for="check-as-of">As known on</label>
            <DayField id="check-as-of" />
          </div>
        </details>
      </form>
      <noscript>
        <p>
          The check runs in your browser and needs JavaScript. Without it, use the command: <code>npx threatpedia check</code>.
        </p>
      </noscript>
      <p class="check-run">
        <span class="check-progress" role="status" data-check-progress></span>{' '}
        <button type="button" data-check-stop hidden>
          Stop
        </button>
      </p>
      <section aria-label="Result" data-check-result tabindex={-1}></section>
      <section>
        <Knowledge view={view} />
        <h2>What it reads</h2>
        <ul class="check-formats">
          {inventoryFormats.map(({ id, title }) => (
            <li>
              {title} <code>{id}</code>
            </li>
          ))}
        </ul>
        <h2>On the command line</h2>
        <pre>
          <code>
            {
              'npx threatpedia check\nnpx threatpedia check package-lock.json --history\nnpx threatpedia check --format sarif --output exposure.sarif'
            }
          </code>
        </pre>
        <p>The command reads whole folders, git histories and files of any size, and works without a network.</p>
      </section>
    </article>
  );
}

/** A field for a day, and below it what is wrong with what it holds. */
function DayField({ id, help }: { id: string; help?: string }) {
  return (
    <span class="check-day">
      <input
        id={id}
        class="day"
        type="text"
        autocomplete="off"
        placeholder="YYYY-MM-DD"
        maxlength={10}
        aria-describedby={[help, `${id}-fault`].filter(Boolean).join(' ')}
      />
      <span class="check-fault" id={`${id}-fault`} role="alert" hidden></span>
    </span>
  );
}

/** What this very site compares with, how much it is and how old. */
function Knowledge({ view }: { view: View }) {
  const { records, newest } = corpusSource(view.site.graph);
  const { packageIndex } = view.site.options;
  return (
    <>
      <h2>What it compares with</h2>
      <ul class="check-knowledge">
        <li>
          <b>The corpus of this site</b>: {records} incidents, newest source of {newest ?? 'no known day'}. It knows bad releases, moved
          tags, scripts, files and network indicators of these incidents, and nothing else.
        </li>
        {packageIndex ? (
          <PackageKnowledge {...packageIndex} />
        ) : (
          <li>
            <b>No index of malicious packages.</b> This site was built without one, so most malicious packages are unknown here. The command
            fetches one with <code>threatpedia index update</code>.
          </li>
        )}
      </ul>
    </>
  );
}

function PackageKnowledge({ header: { sources, keysByType }, bytes }: PackageIndex) {
  const records = sources.reduce((sum, source) => sum + source.records, 0);
  const newest = sources
    .flatMap((source) => source.newest ?? [])
    .sort()
    .at(-1);
  const names = Object.entries(keysByType).sort((left, right) => right[1] - left[1]);
  return (
    <li>
      <b>An index of malicious packages</b>: {formatCount(records)} records, newest of {newest?.slice(0, 10) ?? 'no known day'}. Names:{' '}
      {names.map(([type, count]) => `${type} ${formatCount(count)}`).join(', ')}. The file has {megabytes(bytes)}; a check fetches only the
      pieces that may hold your packages, and says how much that was.
    </li>
  );
}

/** `67.3 MB`. */
function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
