import type { Child } from 'hono/jsx';
import type { Known } from '../schema/evidence.ts';
import type { Incident } from '../schema/incident.ts';
import { plainText } from '../schema/link-markup.ts';
import type { CorpusRecord } from '../schema/record.ts';
import { When } from './components/dates.tsx';
import { ObservableDownloads } from './components/downloads.tsx';
import { Cites, ClaimText, Field } from './components/evidence.tsx';
import { HopByHop } from './components/hop-by-hop.tsx';
import { Ledger } from './components/ledger.tsx';
import { FileTable, IndicatorTable } from './components/observables.tsx';
import { Section } from './components/section.tsx';
import { TimelineScale } from './timeline-scale.tsx';
import type { View } from './view.ts';

interface Props {
  readonly view: View;
  readonly record: Extract<CorpusRecord, { kind: 'incident' }>;
}

/** The sections of the story: anchor, title, and the fields that they tell. */
export const STORY: readonly (readonly [id: string, title: string, fields: readonly (keyof Incident)[]])[] = [
  ['summary', 'Executive summary', ['executiveSummary']],
  ['path', 'Path, hop by hop', ['path', 'sourceArtifactDivergence', 'seededBy']],
  ['timeline', 'Timeline', ['timeline']],
  ['attack-chain', 'Attack chain', ['attackChain']],
  ['ecosystem', 'Affected ecosystem', ['affectedEcosystem']],
  ['impact', 'Impact', ['impact']],
  ['attribution', 'Attribution evidence', ['attribution']],
  ['detection', 'Detection notes', ['detectionNotes', 'artifacts', 'indicators']],
  ['lessons', 'Defensive lessons', ['defensiveLessons']],
  ['questions', 'Open questions', ['openQuestions']],
  ['conflicts', 'Where sources disagree', ['conflicts']],
];

/**
 * Whether a section is shown. A featured record shows every one, filled or saying why not; of the others those without a record would be most of the
 * page, and are named together in one sentence.
 */
export function isShown(incident: Incident, id: string): boolean {
  const fields = STORY.find(([known]) => known === id)?.[2] ?? [];
  return incident.depth === 'featured' || fields.some((field) => incident[field] !== undefined);
}

/** What nobody has written a record of, in one sentence. */
export function NotRecorded({ incident }: { incident: Incident }) {
  const missing = STORY.filter(([id]) => !isShown(incident, id)).map(([, title]) => title.toLowerCase());
  if (missing.length === 0) return null;
  return <p class="absent">No structured record yet: {missing.join(', ')}. That says nothing about the incident itself.</p>;
}

/** A section of the story, where it is shown. */
function Part({ incident, id, children }: { incident: Incident; id: string; children: Child }) {
  const [, title = ''] = STORY.find(([known]) => known === id) ?? [];
  return isShown(incident, id) ? (
    <Section id={id} title={title}>
      {children}
    </Section>
  ) : null;
}

/** The incident told: every section that is shown, in order. */
export function Story({ view, record }: Props) {
  const incident = record.data;
  const paragraphs = (value: Known<{ text: string; cites: Incident['summary']['cites'] }> | undefined) => (
    <Field view={view} record={record} value={value}>
      {(claims) =>
        claims.map((claim) => (
          <p>
            <ClaimText view={view} record={record} claim={claim} />
          </p>
        ))
      }
    </Field>
  );
  return (
    <>
      <Part incident={incident} id="summary">
        {paragraphs(incident.executiveSummary)}
      </Part>
      <Part incident={incident} id="path">
        <HopByHop view={view} record={record} />
      </Part>
      <Part incident={incident} id="timeline">
        <Field view={view} record={record} value={incident.timeline}>
          {(entries) => (
            <>
              <TimelineScale entries={entries} />
              <ol class="timeline">
                {entries.map((entry, index) => (
                  <li id={`event-${index + 1}`}>
                    <When date={entry.date} />
                    <div>
                      <b>{entry.title}</b>
                      <p>
                        <ClaimText view={view} record={record} claim={entry} />
                      </p>
                    </div>
                  </li>
                ))}
              </ol>
            </>
          )}
        </Field>
      </Part>
      <Part incident={incident} id="attack-chain">
        <Field view={view} record={record} value={incident.attackChain}>
          {(steps) => (
            <ol class="steps">
              {steps.map((step) => (
                <li>
                  <b>{step.title}</b>
                  <p>
                    <ClaimText view={view} record={record} claim={step} />
                  </p>
                </li>
              ))}
            </ol>
          )}
        </Field>
      </Part>
      <Part incident={incident} id="ecosystem">
        {paragraphs(incident.affectedEcosystem)}
      </Part>
      <Part incident={incident} id="impact">
        {paragraphs(incident.impact)}
      </Part>
      <Part incident={incident} id="attribution">
        <Field view={view} record={record} value={incident.attribution}>
          {(entries) => <Ledger view={view} record={record} entries={entries} />}
        </Field>
      </Part>
      <Part incident={incident} id="detection">
        <Field view={view} record={record} value={incident.detectionNotes}>
          {(notes) => (
            <ul class="notes">
              {notes.map((note) => (
                <li>
                  <ClaimText view={view} record={record} claim={note} />
                  {note.query ? (
                    <>
                      <small class="query-language">{note.query.language}</small>
                      <pre class="query" tabindex={0} role="group" aria-label={`Query in ${note.query.language}`}>
                        <code>{note.query.text.trimEnd()}</code>
                      </pre>
                    </>
                  ) : null}
                </li>
              ))}
            </ul>
          )}
        </Field>
        <h3 id="files">Files</h3>
        <Field view={view} record={record} value={incident.artifacts}>
          {(files) => <FileTable view={view} record={record} files={files} />}
        </Field>
        <h3 id="indicators">Indicators</h3>
        <Field view={view} record={record} value={incident.indicators}>
          {(indicators) => <IndicatorTable view={view} record={record} indicators={indicators} />}
        </Field>
        <ObservableDownloads view={view} record={record} />
      </Part>
      <Part incident={incident} id="lessons">
        {paragraphs(incident.defensiveLessons)}
      </Part>
      <Part incident={incident} id="questions">
        {paragraphs(incident.openQuestions)}
      </Part>
      <Part incident={incident} id="conflicts">
        <Field view={view} record={record} value={incident.conflicts}>
          {(conflicts) =>
            conflicts.map((conflict) => (
              <div class="conflict">
                <h3>{conflict.field}</h3>
                <p>{plainText(conflict.text)}</p>
                <ul>
                  {conflict.values.map(({ value, cites }) => (
                    <li>
                      {value}
                      <Cites view={view} record={record} cites={cites} />
                    </li>
                  ))}
                </ul>
              </div>
            ))
          }
        </Field>
      </Part>
    </>
  );
}
