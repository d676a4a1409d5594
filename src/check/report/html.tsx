import { raw } from 'hono/html';
import { type CheckResult, componentLabel, type Finding } from '../check.ts';
import type { IncidentBrief } from '../knowledge.ts';
import type { MatchOptions } from '../match.ts';
import { adviceOf, adviceSentences, advisedBy } from './advice.ts';
import { comparisonLine, type FindingGroup, groupFindings, knownThrough, missingIndexLine } from './grouping.ts';
import { count, formatLabel, HOP_MARKS, STATE_LABELS, stateLabel } from './labels.ts';
import type { ReportContext, ReportFormat } from './report.ts';
import { sentence } from './sarif.ts';
import { amountLine, gapList, headlineOf, isComplete, toldBy, verdictOf } from './verdict.ts';

/** One HTML file that needs nothing else: to mail, to archive, to print. No script; its style is its own. */
export const htmlReport: ReportFormat = {
  id: 'html',
  title: 'self-contained HTML',
  render: (result, context) => `<!doctype html>\n${(<Report result={result} context={context} />).toString()}\n`,
};

function Report({ result, context }: { result: CheckResult; context: ReportContext }) {
  const verdict = verdictOf(result);
  const { definite, possible, compared, corpusOnly, unread } = verdict;
  const title = headlineOf(toldBy(result));
  const gaps = gapList(result.coverage);
  const others = result.findings.filter(({ exposure }) => !exposure);
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>{title} – Threatpedia exposure check</title>
        <style>{raw(STYLE)}</style>
      </head>
      <body>
        <main>
          <p class="eyebrow">Threatpedia exposure check</p>
          <h1
            class={
              definite > 0 ? 'bad' : possible > 0 ? 'maybe' : compared > 0 && corpusOnly === 0 && isComplete(verdict) ? 'good' : 'open'
            }
          >
            {title}
          </h1>
          <p>
            {amountLine(verdict)}
            {unread > 0 ? (
              <strong>
                {' '}
                {count(unread, 'input')} could not be read; this report says nothing about {unread === 1 ? 'it' : 'them'}.
              </strong>
            ) : null}
          </p>
          {gaps.length > 0 ? (
            <section>
              <h2>Not understood</h2>
              <ul>
                {gaps.map((line) => (
                  <li>{line}</li>
                ))}
              </ul>
            </section>
          ) : null}
          {groupFindings(result.findings.filter(({ exposure }) => exposure)).map((group) => (
            <Group group={group} site={context.site} options={result.options} />
          ))}
          {others.length > 0 ? (
            <section>
              <h2>Not counted as exposure</h2>
              <table class="findings wide">
                <thead>
                  <tr>
                    <th>State</th>
                    <th>Component</th>
                    <th>Where</th>
                    <th>Advisory</th>
                    <th>Why</th>
                  </tr>
                </thead>
                <tbody>
                  {others.map((finding) => (
                    <tr>
                      <td>{STATE_LABELS[finding.state]}</td>
                      <td>
                        <code>{componentLabel(finding.component)}</code>
                      </td>
                      <td>{placeOf(finding)}</td>
                      <td>{finding.knowledge.id}</td>
                      <td>{sentence(finding.reason)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          ) : null}
          <Coverage result={result} />
        </main>
      </body>
    </html>
  );
}

function Group({
  group: { id, title, findings },
  site,
  options,
}: {
  group: FindingGroup;
  site: string | undefined;
  options: MatchOptions;
}) {
  const [first] = findings;
  const { shared, own } = adviceOf(findings, advisedBy, options);
  return (
    <section class="group">
      <h2>
        {title} <small>{first?.incident && site ? <a href={`${site}incidents/${id.toLowerCase()}/`}>{id}</a> : id}</small>
      </h2>
      <table class="findings">
        <thead>
          <tr>
            <th>Component</th>
            <th>Where</th>
            <th>Through</th>
            <th>Why</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding) => (
            <tr>
              <td>
                <code>{componentLabel(finding.component)}</code>
              </td>
              <td>{placeOf(finding)}</td>
              <td>
                {finding.chain === undefined ? 'not told by the input' : finding.chain.length === 0 ? 'direct' : finding.chain.join(' → ')}
              </td>
              <td>
                {stateLabel(finding)}: {finding.reason}.{adviceSentences(own(finding))} {finding.knowledge.note ?? ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shared.clean ? (
        <p>
          <b>{shared.clean}</b>
        </p>
      ) : null}
      {shared.when ? <p class="meta">When: {shared.when}</p> : null}
      {first?.incident ? <Incident brief={first.incident} /> : null}
      <h3>Sources</h3>
      <ul>
        {(first?.knowledge.sources ?? []).map((url) => (
          <li>
            <a href={url} rel="noopener noreferrer">
              {url}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Incident({ brief }: { brief: IncidentBrief }) {
  return (
    <>
      <p>{brief.summary}</p>
      <p class="meta">
        Disclosed {brief.disclosed ?? 'on a day not known'} · contained {brief.contained ?? 'on a day not known'}
      </p>
      {brief.lookFor.length > 0 ? (
        <>
          <h3>Look for</h3>
          <ul>
            {brief.lookFor.map(({ text, query }) => (
              <li>
                {text}
                {query ? <pre>{query.text}</pre> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {brief.path.length > 0 ? (
        <ol class="path" aria-label="Path of the attack">
          {brief.path.map((hop) => (
            <li>
              <span class="stage">{hop.stage}</span>
              <span class={`hop ${hop.state}`}>
                <b>{hop.label}</b>
                <i>
                  {HOP_MARKS[hop.state]} {hop.state}
                </i>
              </span>
            </li>
          ))}
        </ol>
      ) : null}
      {brief.attribution.length > 0 ? (
        <>
          <h3>Attribution</h3>
          <ul>
            {brief.attribution.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </>
      ) : null}
      {brief.indicators.length > 0 ? (
        <details>
          <summary>
            {brief.indicatorCount} indicators
            {brief.indicatorCount > brief.indicators.length ? `, the first ${brief.indicators.length}` : ''}
          </summary>
          <ul>
            {brief.indicators.map(({ type, value }) => (
              <li>
                {type} <code>{value}</code>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

function Coverage({ result }: { result: CheckResult }) {
  const missing = missingIndexLine(result);
  return (
    <section>
      {result.coverage.length > 0 ? <ReadInputs result={result} /> : null}
      <h2>What it was compared with</h2>
      <ul>
        {result.comparisons.map((comparison) => (
          <li>{knownThrough(comparison) === 'index' ? comparisonLine(comparison) : <strong>{comparisonLine(comparison)}</strong>}</li>
        ))}
        {missing ? <li>{missing}</li> : null}
        {result.knowledge.flatMap(({ sources }) =>
          sources.map(({ name, records, newest }) => (
            <li>
              {name}: {records} records{newest ? `, newest of ${newest.slice(0, 10)}` : ''}
            </li>
          )),
        )}
      </ul>
    </section>
  );
}

function ReadInputs({ result }: { result: CheckResult }) {
  return (
    <>
      <h2>What was read</h2>
      <table>
        <thead>
          <tr>
            <th>Input</th>
            <th>Format</th>
            <th class="number">Components</th>
            <th>Not read</th>
          </tr>
        </thead>
        <tbody>
          {result.coverage.map(({ input, components, skipped, failure, ...read }) => (
            <tr>
              <td>{input}</td>
              <td>{formatLabel(read)}</td>
              <td class="number">{components}</td>
              <td>
                {failure ? (
                  <strong>{failure.message}</strong>
                ) : (
                  skipped.map(({ reason, count }) => `${count} × ${reason}`).join(', ') || '–'
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function placeOf({ input, line, pointer }: Finding): string {
  return `${input}${line ? `:${line}` : pointer ? ` ${pointer}` : ''}`;
}

const STYLE = `:root{color-scheme:light dark;--ink:light-dark(#1b1f24,#e6e8eb);--soft:light-dark(#57606a,#9aa4af);--line:light-dark(#d0d7de,#3a424b);--paper:light-dark(#fff,#14181d);--bad:light-dark(#b3261e,#ff8a80);--good:light-dark(#116329,#7ee2a0);--bad-ground:light-dark(#f9e3df,#3a1b19);--abused:light-dark(#6b4000,#f3c06c);--abused-ground:light-dark(#f8ecd4,#352812)}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}main{max-width:68rem;margin:0 auto;padding:2rem 1rem}
.eyebrow,.meta,small{color:var(--soft)}h1{line-height:1.2;margin:.2em 0}.bad{color:var(--bad)}.maybe{color:var(--abused)}.good{color:var(--good)}h2{margin-top:2.2em;border-bottom:1px solid var(--line)}
table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}.number{text-align:right;padding-right:2rem}.findings{table-layout:fixed}.findings th:last-child{width:40%}.wide th:last-child{width:34%}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}pre{white-space:pre-wrap;border-left:3px solid var(--line);padding-left:.8em}a{color:inherit}
.path{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem 1.6rem;padding:0}.path li{display:flex;flex-direction:column;gap:.3rem;position:relative;min-width:7rem;flex:1}.path li+li::before{content:"→";position:absolute;left:-1.3rem;top:1.6rem;color:var(--soft)}
.stage{font-size:.75rem;text-transform:uppercase;letter-spacing:.06em;color:var(--soft)}.hop{border:1.5px solid var(--line);border-radius:6px;padding:.3rem .5rem;font-size:.85rem;display:flex;flex-direction:column}.hop i{color:var(--soft)}.compromised{border-color:var(--bad);background:repeating-linear-gradient(-45deg,var(--bad-ground) 0 6px,var(--paper) 6px 8px)}.compromised i,.abused i{color:var(--ink)}.abused{border-color:var(--abused);background:var(--abused-ground)}.intact{border-color:var(--good)}.unknown{border-style:dashed}
@media print{body{font-size:11px}a{text-decoration:none}}`;
