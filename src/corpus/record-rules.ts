import { getEdtf } from '../base/edtf.ts';
import { findNearest } from '../base/nearest.ts';
import type { ProblemCode } from '../base/problem-codes.ts';
import { itemsOf, referenceIdOf } from '../schema/cited.ts';
import { citedIds, citedStatements, linkedTexts, referencesOf } from '../schema/claims.ts';
import type { DatedFact } from '../schema/evidence.ts';
import type { Incident } from '../schema/incident.ts';
import { parseLinks } from '../schema/link-markup.ts';
import { primitivesOf } from '../schema/primitive-keys.ts';
import { type CorpusRecord, isRecordKind } from '../schema/record.ts';
import { isBenignIndicator } from './benign.ts';
import { depthFaults } from './depth-rules.ts';
import { proseFaults } from './prose-rules.ts';
import type { DataPath } from './yaml-text.ts';

/** A broken rule, at a path of the record's data. */
export interface RuleFault {
  readonly code: ProblemCode;
  readonly path: DataPath;
  readonly message: string;
  readonly fix?: string;
}

/** Checks everything that one record can be checked for without the others. */
export function recordFaults(record: CorpusRecord): RuleFault[] {
  return [
    ...statementFaults(record),
    ...unusedReferences(record),
    ...proseFaults(record),
    ...(record.kind === 'incident' ? depthFaults(record.data) : []),
  ];
}

/** Checks what holds of every part of a record, whether or not other parts are missing. */
export function statementFaults(record: CorpusRecord): RuleFault[] {
  const faults = [...idFaults(record), ...referenceFaults(record), ...sourceDateFaults(record), ...linkFaults(record)];
  if (record.kind === 'incident')
    faults.push(...primitiveFaults(record.data), ...dateFaults(record.data), ...pathFaults(record.data), ...indicatorFaults(record.data));
  if (record.kind === 'malware') faults.push(...lineageFaults(record.data));
  return faults;
}

function idFaults(record: CorpusRecord): RuleFault[] {
  const { id } = record.data;
  const parts = record.file.split('/');
  const name = (parts.at(-1) ?? '').replace(/\.ya?ml$/, '');
  if (record.kind !== 'incident') {
    return id === name
      ? []
      : [
          {
            code: 'id-mismatch',
            path: ['id'],
            message: `the id is "${id}" but the file is named "${name}"`,
            fix: `name the file ${id}.yaml`,
          },
        ];
  }
  const [, year = '', slug = ''] = /^SC-(\d{4})-(.+)$/.exec(id) ?? [];
  const faults: RuleFault[] = [];
  if (parts.length >= 3 && parts.at(-2) !== year) {
    faults.push({
      code: 'id-mismatch',
      path: ['id'],
      message: `the id says ${year} but the file is in ${parts.at(-2)}/`,
      fix: `move it to incidents/${year}/`,
    });
  }
  if (slug.toLowerCase() !== name) {
    faults.push({
      code: 'id-mismatch',
      path: ['id'],
      message: `the id ends in "${slug}" but the file is named "${name}"`,
      fix: `name the file ${slug.toLowerCase()}.yaml`,
    });
  }
  return faults;
}

function referenceFaults(record: CorpusRecord): RuleFault[] {
  const faults: RuleFault[] = [];
  const references = referencesOf(record);
  const known = new Set<string>();
  for (const [index, reference] of references.entries()) {
    if (known.has(reference.id))
      faults.push({ code: 'duplicate-id', path: ['references', index, 'id'], message: `two references have the id "${reference.id}"` });
    known.add(reference.id);
  }
  const unknown = (id: string, path: DataPath) => {
    const nearest = findNearest(id, known);
    faults.push({
      code: 'unknown-reference',
      path,
      message: `no reference with id "${id}"${nearest ? `; did you mean "${nearest}"?` : ''}`,
    });
  };
  for (const { path, cites } of citedStatements(record)) {
    for (const [index, cited] of cites.entries()) {
      const id = referenceIdOf(cited);
      if (!known.has(id)) unknown(id, [...path, 'cites', index, ...(typeof cited === 'string' ? [] : ['ref'])]);
    }
  }
  for (const [index, reference] of references.entries()) {
    for (const [place, id] of (reference.relays ?? []).entries()) {
      if (!known.has(id)) unknown(id, ['references', index, 'relays', place]);
      else if (id === reference.id)
        faults.push({
          code: 'unknown-reference',
          path: ['references', index, 'relays', place],
          message: 'a reference cannot relay itself',
        });
    }
  }
  return faults;
}

function unusedReferences(record: CorpusRecord): RuleFault[] {
  const references = referencesOf(record);
  const used = new Set(references.flatMap(({ relays = [] }) => relays));
  for (const { cites } of citedStatements(record)) for (const id of citedIds(cites)) used.add(id);
  return references.flatMap(({ id }, index) =>
    used.has(id) ? [] : [{ code: 'unused-reference' as const, path: ['references', index], message: `nothing cites "${id}"` }],
  );
}

/** Events cannot be reported before they happen; a public claim should have a source from its own day. */
function sourceDateFaults(record: CorpusRecord): RuleFault[] {
  const published = new Map(referencesOf(record).map((reference) => [reference.id, reference.published]));
  const faults: RuleFault[] = [];
  for (const { path, cites } of citedStatements(record)) {
    const statement = path.reduce<unknown>((value, step) => Reflect.get(value as object, step), record.data);
    const { claimed, date } = statement as { claimed?: string; date?: string };
    const event = claimed ?? date;
    if (!event) continue;
    const dates = citedIds(cites).map((id) => published.get(id));
    if (dates.length === 0 || dates.some((text) => text === undefined)) continue;
    const latest =
      dates
        .map((text) => getEdtf(text ?? '').latest ?? '9999')
        .sort()
        .at(-1) ?? '9999';
    const start = getEdtf(event).earliest;
    if (start && start > latest) {
      faults.push({
        code: 'claim-newer-than-source',
        path: [...path, claimed ? 'claimed' : 'date'],
        message: `dated ${event}, but the newest source cited for it is of ${latest.slice(0, 10)}`,
      });
    }
    const earliest = dates.map((text) => getEdtf(text ?? '').earliest ?? '0').sort()[0] ?? '0';
    const end = claimed ? getEdtf(claimed).latest : undefined;
    if (end && end < earliest) {
      faults.push({
        code: 'claim-older-than-source',
        path: [...path, 'claimed'],
        message: `claimed ${claimed}, but the oldest source cited for it is of ${earliest.slice(0, 10)}`,
        fix: 'cite the document in which the claim was made, or correct the date',
      });
    }
  }
  return faults;
}

/** Links in texts: to records by kind (checked across the corpus), to primitives of this record here. */
function linkFaults(record: CorpusRecord): RuleFault[] {
  const local = record.kind === 'incident' ? new Set(primitivesOf(record.data).map((primitive) => primitive.handle)) : new Set<string>();
  const faults: RuleFault[] = [];
  for (const { path, text } of linkedTexts(record)) {
    for (const piece of parseLinks(text)) {
      if (piece.kind === 'text' && /\[\[|\]\]/.test(piece.text)) {
        faults.push({ code: 'dangling-link', path, message: 'expected links as [[kind:key|label]]' });
      } else if (piece.kind === 'link' && !isRecordKind(piece.target) && !local.has(piece.key)) {
        const nearest = findNearest(piece.key, local);
        faults.push({
          code: 'dangling-link',
          path,
          message: `this record declares no ${piece.target} "${piece.key}"${nearest ? `; did you mean "${nearest}"?` : ''}`,
        });
      }
    }
  }
  return faults;
}

function primitiveFaults(incident: Incident): RuleFault[] {
  const faults: RuleFault[] = [];
  const primitives = primitivesOf(incident);
  const handles = new Map<string, string>();
  for (const { handle, path } of primitives) {
    if (!handle) continue;
    if (handles.has(handle)) faults.push({ code: 'duplicate-id', path, message: `"${handle}" is declared twice in this record` });
    handles.set(handle, handle);
  }
  const components = primitives
    .filter((primitive) => primitive.kind === 'component' || primitive.kind === 'package')
    .map((primitive) => primitive.handle ?? '');
  const needComponent = (name: string | undefined, path: DataPath, what: string) => {
    if (name === undefined || components.includes(name)) return;
    const nearest = findNearest(name, components);
    faults.push({
      code: 'release-without-component',
      path,
      message: `${what} names "${name}", which no component of this record declares${nearest ? `; did you mean "${nearest}"?` : ''}`,
    });
  };
  for (const [index, release] of itemsOf(incident.releases).entries())
    needComponent(release.component, ['releases', index, 'component'], 'the release');
  for (const [index, window] of itemsOf(incident.windows).entries())
    needComponent(window.component, ['windows', index, 'component'], 'the window');
  for (const [index, artifact] of itemsOf(incident.artifacts).entries())
    needComponent(artifact.component, ['artifacts', index, 'component'], 'the artifact');
  const needPrimitive = (name: string | undefined, path: DataPath) => {
    if (name === undefined || handles.has(name)) return;
    const nearest = findNearest(name, handles.keys());
    faults.push({
      code: 'dangling-link',
      path,
      message: `this record declares no primitive "${name}"${nearest ? `; did you mean "${nearest}"?` : ''}`,
    });
  };
  for (const [index, hop] of itemsOf(incident.path).entries()) needPrimitive(hop.via, ['path', index, 'via']);
  for (const [index, seed] of itemsOf(incident.seededBy).entries()) needPrimitive(seed.to, ['seededBy', index, 'to']);
  const digests = new Set<string>();
  for (const [index, artifact] of itemsOf(incident.artifacts).entries()) {
    const digest = artifact.sha256 ?? artifact.sha1 ?? artifact.md5 ?? '';
    if (digests.has(digest))
      faults.push({ code: 'duplicate-id', path: ['artifacts', index], message: `the file ${digest.slice(0, 12)}… is listed twice` });
    digests.add(digest);
  }
  return faults;
}

function dateFaults(incident: Incident): RuleFault[] {
  const faults: RuleFault[] = [];
  const order = ['firstObserved', 'firstPublicWarning', 'disclosed'] as const;
  for (const [index, later] of order.entries()) {
    for (const earlier of order.slice(0, index)) {
      if (isBefore(dateOf(incident[later]), dateOf(incident[earlier]))) {
        faults.push({
          code: 'dates-out-of-order',
          path: [later, 'date'],
          message: `${later} (${dateOf(incident[later])}) lies before ${earlier} (${dateOf(incident[earlier])})`,
        });
      }
    }
  }
  for (const [index, release] of itemsOf(incident.releases).entries()) {
    if (isBefore(release.withdrawn, release.published)) {
      faults.push({
        code: 'dates-out-of-order',
        path: ['releases', index, 'withdrawn'],
        message: `withdrawn (${release.withdrawn}) lies before published (${release.published})`,
      });
    }
  }
  for (const [index, window] of itemsOf(incident.windows).entries()) {
    if (isBefore(window.to, window.from)) {
      faults.push({
        code: 'dates-out-of-order',
        path: ['windows', index, 'to'],
        message: `the window ends (${window.to}) before it starts (${window.from})`,
      });
    }
  }
  const timeline = itemsOf(incident.timeline);
  for (const [index, entry] of timeline.entries()) {
    const previous = timeline[index - 1];
    if (previous && isBefore(entry.date, previous.date)) {
      faults.push({
        code: 'dates-out-of-order',
        path: ['timeline', index, 'date'],
        message: `${entry.date} stands after ${previous.date}; the timeline is in order of date`,
      });
    }
  }
  return faults;
}

function pathFaults(incident: Incident): RuleFault[] {
  const faults: RuleFault[] = [];
  const seen = new Set<string>();
  for (const [index, hop] of itemsOf(incident.path).entries()) {
    for (const [place, earlier] of (hop.after ?? []).entries()) {
      if (!seen.has(earlier))
        faults.push({ code: 'path-order', path: ['path', index, 'after', place], message: `no earlier hop has the id "${earlier}"` });
    }
    if (hop.id && seen.has(hop.id))
      faults.push({ code: 'duplicate-id', path: ['path', index, 'id'], message: `two hops have the id "${hop.id}"` });
    if (hop.id) seen.add(hop.id);
  }
  return faults;
}

function indicatorFaults(incident: Incident): RuleFault[] {
  return itemsOf(incident.indicators).flatMap((indicator, index) =>
    isBenignIndicator(indicator.type, indicator.value)
      ? [
          {
            code: 'benign-indicator' as const,
            path: ['indicators', index, 'value'],
            message: `"${indicator.value}" is a well-known benign value`,
          },
        ]
      : [],
  );
}

function lineageFaults(malware: Extract<CorpusRecord, { kind: 'malware' }>['data']): RuleFault[] {
  const strains = new Set(itemsOf(malware.strains).map((strain) => strain.id));
  return itemsOf(malware.lineage).flatMap((edge, index) =>
    (['from', 'to'] as const).flatMap((end) =>
      strains.has(edge[end])
        ? []
        : [{ code: 'dangling-link' as const, path: ['lineage', index, end], message: `no strain has the id "${edge[end]}"` }],
    ),
  );
}

function dateOf(fact: DatedFact | undefined): string | undefined {
  return fact && 'date' in fact ? fact.date : undefined;
}

/** Whether `left` certainly ended before `right` began, as far as their precision lets one tell. */
function isBefore(left: string | undefined, right: string | undefined): boolean {
  if (!left || !right) return false;
  const end = getEdtf(left).latest;
  const start = getEdtf(right).earliest;
  return end !== undefined && start !== undefined && end < start;
}
