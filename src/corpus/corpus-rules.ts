import { canonicalUrl } from '../base/canonical-url.ts';
import { findNearest } from '../base/nearest.ts';
import type { Attribution } from '../schema/attribution.ts';
import { itemsOf } from '../schema/cited.ts';
import { linkedTexts, referencesOf } from '../schema/claims.ts';
import type { Incident } from '../schema/incident.ts';
import { parseLinks } from '../schema/link-markup.ts';
import { primitivesOf } from '../schema/primitive-keys.ts';
import { type CorpusRecord, isRecordKind, type RecordKind, recordKinds } from '../schema/record.ts';
import { duplicateFaults } from './duplicate-rules.ts';
import type { RuleFault } from './record-rules.ts';
import type { DataPath } from './yaml-text.ts';

/** A rule broken between records: the fault, and the record whose text it points to. */
export interface CorpusFault extends RuleFault {
  readonly record: CorpusRecord;
}

/** Checks what no record can be checked for alone: links, one source under two titles, keys of two kinds, circles, colliding names. */
export function checkCorpus(records: readonly CorpusRecord[]): CorpusFault[] {
  const index = indexRecords(records);
  return [
    ...index.faults,
    ...records.flatMap((record) => linkFaults(record, index)),
    ...titleFaults(records),
    ...kindFaults(records),
    ...seedingFaults(records),
    ...aliasFaults(records),
    ...duplicateFaults(records),
  ];
}

interface RecordIndex {
  readonly ids: { readonly [K in RecordKind]: Map<string, CorpusRecord> };
  readonly faults: CorpusFault[];
}

function indexRecords(records: readonly CorpusRecord[]): RecordIndex {
  const ids = Object.fromEntries(Object.keys(recordKinds).map((kind) => [kind, new Map()])) as RecordIndex['ids'];
  const faults: CorpusFault[] = [];
  for (const record of records) {
    const { id } = record.data;
    const other = ids[record.kind].get(id);
    if (other) faults.push({ record, code: 'duplicate-id', path: ['id'], message: `"${id}" is also the id of ${other.file}` });
    else ids[record.kind].set(id, record);
  }
  return { ids, faults };
}

function linkFaults(record: CorpusRecord, { ids }: RecordIndex): CorpusFault[] {
  const faults: CorpusFault[] = [];
  const need = (kind: RecordKind, id: string | undefined, path: DataPath) => {
    if (id === undefined || ids[kind].has(id)) return;
    const nearest = findNearest(id, ids[kind].keys());
    const fix = nearest
      ? undefined
      : `add corpus/${recordKinds[kind].folder}/${kind === 'incident' ? '<year>/<name>' : id}.yaml, or correct the id`;
    faults.push({
      record,
      code: 'dangling-link',
      path,
      message: `there is no ${kind} "${id}"${nearest ? `; did you mean "${nearest}"?` : ''}`,
      fix,
    });
  };
  for (const { path, text } of linkedTexts(record)) {
    for (const piece of parseLinks(text)) if (piece.kind === 'link' && isRecordKind(piece.target)) need(piece.target, piece.key, path);
  }
  const ledger = (entries: readonly Attribution[]) => {
    for (const [index, entry] of entries.entries()) {
      need('organization', entry.claimant, ['attribution', index, 'claimant']);
      if ('actor' in entry.target) need('actor', entry.target.actor, ['attribution', index, 'target', 'actor']);
      else need('campaign', entry.target.campaign, ['attribution', index, 'target', 'campaign']);
    }
  };
  if ('attribution' in record.data) ledger(itemsOf(record.data.attribution));
  if (record.kind === 'incident') needOfIncident(record.data, need);
  if (record.kind === 'malware') {
    for (const [index, strain] of itemsOf(record.data.strains).entries()) {
      for (const [place, id] of (strain.incidents ?? []).entries()) need('incident', id, ['strains', index, 'incidents', place]);
    }
  }
  if (record.kind !== 'incident' && 'aliases' in record.data) {
    for (const [index, alias] of (record.data.aliases ?? []).entries()) {
      if (typeof alias === 'object') need('organization', alias.by, ['aliases', index, 'by']);
    }
  }
  faults.push(...seedComponentFaults(record, ids.incident), ...strainFaults(record, ids.malware));
  return faults;
}

function needOfIncident(incident: Incident, need: (kind: RecordKind, id: string | undefined, path: DataPath) => void): void {
  for (const [index, { id }] of itemsOf(incident.organizations).entries()) need('organization', id, ['organizations', index, 'id']);
  for (const [index, { id }] of itemsOf(incident.people).entries()) need('person', id, ['people', index, 'id']);
  for (const [index, { id }] of itemsOf(incident.campaigns).entries()) need('campaign', id, ['campaigns', index, 'id']);
  for (const [index, { id }] of itemsOf(incident.malware).entries()) need('malware', id, ['malware', index, 'id']);
  for (const [index, { id }] of itemsOf(incident.related).entries()) need('incident', id, ['related', index, 'id']);
  for (const [index, { from }] of itemsOf(incident.seededBy).entries())
    need('incident', from.incident, ['seededBy', index, 'from', 'incident']);
  for (const [index, { malware }] of itemsOf(incident.artifacts).entries()) need('malware', malware, ['artifacts', index, 'malware']);
  for (const field of ['components', 'buildSystems', 'distributionChannels', 'accounts'] as const) {
    for (const [index, { owner }] of itemsOf<{ owner?: string | undefined }>(incident[field]).entries())
      need('organization', owner, [field, index, 'owner']);
  }
}

function seedComponentFaults(record: CorpusRecord, incidents: ReadonlyMap<string, CorpusRecord>): CorpusFault[] {
  if (record.kind !== 'incident') return [];
  return itemsOf(record.data.seededBy).flatMap(({ from }, index) => {
    const earlier = incidents.get(from.incident);
    if (earlier?.kind !== 'incident') return [];
    const handles = primitivesOf(earlier.data).map((primitive) => primitive.handle);
    if (handles.includes(from.component)) return [];
    const nearest = findNearest(from.component, handles);
    const message = `${from.incident} declares no "${from.component}"${nearest ? `; did you mean "${nearest}"?` : ''}`;
    return [{ record, code: 'dangling-link' as const, path: ['seededBy', index, 'from', 'component'], message }];
  });
}

function strainFaults(record: CorpusRecord, families: ReadonlyMap<string, CorpusRecord>): CorpusFault[] {
  if (record.kind !== 'incident') return [];
  return itemsOf(record.data.malware).flatMap(({ id, strain }, index) => {
    const family = families.get(id);
    if (!strain || family?.kind !== 'malware' || itemsOf(family.data.strains).some((known) => known.id === strain)) return [];
    return [
      {
        record,
        code: 'dangling-link' as const,
        path: ['malware', index, 'strain'],
        message: `the family "${id}" has no strain "${strain}"`,
      },
    ];
  });
}

function titleFaults(records: readonly CorpusRecord[]): CorpusFault[] {
  const titles = new Map<string, { title: string; file: string }>();
  const faults: CorpusFault[] = [];
  for (const record of records) {
    for (const [index, reference] of referencesOf(record).entries()) {
      const url = canonicalUrl(reference.url) ?? reference.url;
      const other = titles.get(url);
      if (!other) titles.set(url, { title: reference.title, file: record.file });
      else if (other.title !== reference.title) {
        const message = `${url} is titled ${JSON.stringify(other.title)} in ${other.file}`;
        faults.push({
          record,
          code: 'url-with-two-titles',
          path: ['references', index, 'title'],
          message,
          fix: 'use the title that the document carries, in both',
        });
      }
    }
  }
  return faults;
}

function kindFaults(records: readonly CorpusRecord[]): CorpusFault[] {
  const kinds = new Map<string, { kind: string; file: string }>();
  const faults: CorpusFault[] = [];
  const same = (record: CorpusRecord, key: string, kind: string, path: DataPath) => {
    const other = kinds.get(key);
    if (!other) kinds.set(key, { kind, file: record.file });
    else if (other.kind !== kind)
      faults.push({
        record,
        code: 'key-with-two-kinds',
        path,
        message: `${key.slice(key.indexOf(' ') + 1)} is "${other.kind}" in ${other.file}`,
      });
  };
  for (const record of records) {
    if (record.kind !== 'incident') continue;
    const incident = record.data;
    for (const { kind, key, path } of primitivesOf(incident)) {
      const [field, index] = path as [keyof Incident, number];
      const value = itemsOf(incident[field] as readonly { kind?: string }[])[index];
      if (value?.kind) same(record, `${kind === 'package' ? 'component' : kind} ${key}`, value.kind, [...path, 'kind']);
    }
  }
  return faults;
}

/** Finds a circle in `seededBy`, by depth-first search with an explicit stack: hostile chains may be long. */
function seedingFaults(records: readonly CorpusRecord[]): CorpusFault[] {
  const seeds = new Map<string, { record: CorpusRecord; from: string[] }>();
  for (const record of records) {
    if (record.kind === 'incident')
      seeds.set(record.data.id, { record, from: itemsOf(record.data.seededBy).map((seed) => seed.from.incident) });
  }
  const done = new Set<string>();
  const faults: CorpusFault[] = [];
  for (const start of seeds.keys()) {
    const trail: string[] = [];
    const onTrail = new Set<string>();
    const stack: { id: string; leave: boolean }[] = [{ id: start, leave: false }];
    for (let step = stack.pop(); step; step = stack.pop()) {
      if (step.leave) {
        onTrail.delete(step.id);
        trail.pop();
        done.add(step.id);
        continue;
      }
      if (onTrail.has(step.id)) {
        const circle = [...trail.slice(trail.indexOf(step.id)), step.id];
        const record = seeds.get(trail.at(-1) ?? start)?.record;
        if (record)
          faults.push({
            record,
            code: 'cyclic-seeding',
            path: ['seededBy'],
            message: `the seeding runs in a circle: ${circle.join(' ← ')}`,
          });
        continue;
      }
      const node = seeds.get(step.id);
      if (!node || done.has(step.id)) continue;
      onTrail.add(step.id);
      trail.push(step.id);
      stack.push({ id: step.id, leave: true }, ...node.from.map((id) => ({ id, leave: false })));
    }
  }
  return faults;
}

function aliasFaults(records: readonly CorpusRecord[]): CorpusFault[] {
  const owners = new Map<string, { id: string; name: string }>();
  const faults: CorpusFault[] = [];
  for (const record of records) {
    if (record.kind !== 'actor') continue;
    const names: (readonly [string, DataPath])[] = [
      [record.data.name, ['name']],
      ...(record.data.aliases ?? []).map((alias, index) => [alias.name, ['aliases', index, 'name']] as const),
    ];
    for (const [name, path] of names) {
      const folded = name.toLowerCase().replace(/[^a-z0-9]/g, '');
      const other = owners.get(folded);
      if (!other) owners.set(folded, { id: record.data.id, name });
      else if (other.id !== record.data.id)
        faults.push({ record, code: 'alias-collision', path, message: `"${name}" is also a name of ${other.id}` });
    }
  }
  return faults;
}
