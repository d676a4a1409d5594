import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { scriptSafeJson } from '../../base/canonical-json.ts';
import { absolute, type View } from '../view.ts';

/** What the frame of a page needs to know of it. */
export interface PageFrame {
  /** Without the site's name. */
  readonly title: string;
  /** One or two sentences, for search engines and previews. */
  readonly description: string;
  readonly jsonLd?: object;
  /** Machine-readable forms of the page, for `<link rel="alternate">`. */
  readonly alternates?: readonly { readonly type: string; readonly address: string; readonly title: string }[];
  readonly noIndex?: boolean;
  /** A content security policy of the page’s own, for hosts that send none. */
  readonly policy?: string;
  /** Scripts of the page’s own, as addresses relative to the site’s root. */
  readonly scripts?: readonly string[];
}

const NAVIGATION = [
  { label: 'Incidents', address: 'incidents/' },
  { label: 'Explore', address: 'explore/' },
  { label: 'Check', address: 'check/' },
  { label: 'Entities', address: 'entities/' },
  { label: 'Sources', address: 'sources/' },
  { label: 'Measure', address: 'statistics/' },
  { label: 'Vocabulary', address: 'vocabulary/' },
  { label: 'Data', address: 'data/' },
  { label: 'About', address: 'about/' },
] as const;

/** A whole HTML document around a page's content. */
export function renderDocument(view: View, frame: PageFrame, content: Child): string {
  return `<!doctype html>\n${(<Document view={view} frame={frame} content={content} />).toString()}\n`;
}

function Document({ view, frame, content }: { view: View; frame: PageFrame; content: Child }) {
  const title = view.address === '' ? `Threatpedia — ${frame.title}` : `${frame.title} — Threatpedia`;
  const canonical = absolute(view.site, view.address);
  const { assets } = view.site;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {frame.policy ? <meta http-equiv="Content-Security-Policy" content={frame.policy} /> : null}
        <title>{title}</title>
        <meta name="description" content={frame.description} />
        {frame.noIndex ? <meta name="robots" content="noindex" /> : <link rel="canonical" href={canonical} />}
        <meta property="og:type" content="article" />
        <meta property="og:site_name" content="Threatpedia" />
        <meta property="og:title" content={frame.title} />
        <meta property="og:description" content={frame.description} />
        {frame.noIndex ? null : <meta property="og:url" content={canonical} />}
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fbfaf6" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#14161a" />
        <link rel="icon" href={view.href('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={view.href(assets.style)} />
        {(frame.alternates ?? []).map(({ type, address, title: name }) => (
          <link rel="alternate" type={type} href={view.href(address)} title={name} />
        ))}
        {frame.jsonLd ? <script type="application/ld+json">{raw(scriptSafeJson(frame.jsonLd))}</script> : null}
        <script
          src={view.href(assets.script)}
          defer
          data-root={view.href('').replace(/index\.html$/, '')}
          data-search={view.href(assets.search)}
          data-search-data={view.href(assets.searchData)}
          data-plain={view.site.options.plainFiles ? 'yes' : undefined}
        ></script>
        {(frame.scripts ?? []).map((address) => (
          <script src={view.href(address)} defer></script>
        ))}
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to content
        </a>
        <header class="top">
          <a class="brand" href={view.href('')}>
            <Mark />
            Threat<b>pedia</b>
          </a>
          <nav aria-label="Main">
            {NAVIGATION.map(({ label, address }) => (
              <a
                href={view.href(address)}
                aria-current={view.address.startsWith(address) ? (view.address === address ? 'page' : 'true') : undefined}
              >
                {label}
              </a>
            ))}
          </nav>
          <form class="search" role="search" action={view.href('search/')} method="get">
            <label class="hidden" for="q">
              Search records, names, versions, hashes and domains
            </label>
            <input id="q" name="q" type="search" placeholder="Search name, version, hash, domain" autocomplete="off" maxlength={200} />
            <kbd aria-hidden="true">/</kbd>
          </form>
        </header>
        <main id="content">{content}</main>
        <footer class="foot">
          <p>
            Threatpedia is an open, evidence-first encyclopedia of software supply-chain incidents. Text and data:{' '}
            <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">
              CC BY 4.0
            </a>
            . A statement is as good as its sources: the small numbers behind it lead to them.
          </p>
          <p>
            <a href={view.href('about/')}>How evidence works</a> · <a href={view.href('format/')}>Record format</a> ·{' '}
            <a href={view.href('data/')}>Data and API</a>
          </p>
          <p>
            {view.site.version ? (
              <>
                Corpus of <time datetime={view.site.version.day}>{view.site.version.day}</time> ·{' '}
              </>
            ) : null}
            <a href={view.href('feeds/')}>Feeds</a> · <a href={view.href('about/#corrections')}>Corrections</a>
          </p>
        </footer>
      </body>
    </html>
  );
}

/** The sign of the site: a path of three hops, the middle one marked. */
function Mark() {
  return (
    <svg class="mark" viewBox="0 0 28 16" width="28" height="16" aria-hidden="true" focusable="false">
      <path d="M4 8h20" class="mark-line" fill="none" stroke-width="1.5" />
      <circle cx="4" cy="8" r="3" class="mark-dot" stroke-width="1.5" />
      <rect x="10.5" y="4.5" width="7" height="7" rx="1.5" class="mark-bad" stroke-width="1.5" />
      <circle cx="24" cy="8" r="3" class="mark-dot" stroke-width="1.5" />
    </svg>
  );
}
