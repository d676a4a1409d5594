import { itemsOf } from '../schema/cited.ts';
import type { Incident } from '../schema/incident.ts';
import { componentKey, componentsByHandle } from '../schema/primitive-keys.ts';
import type { CorpusRecord, IncidentRecord } from '../schema/record.ts';
import type { CorpusFault } from './corpus-rules.ts';
import type { DataPath } from './yaml-text.ts';

/** Something that one incident alone would have: a name, a bad release, a bad file. */
interface Mark {
  readonly key: string;
  readonly says: string;
  readonly path: DataPath;
}

/**
 * Pairs of incident records that look like one incident under two names: an equal title or alias, the same malicious release, the same malicious file.
 * Records that name each other in `related` or `seededBy` are known to be two. Warnings, on the record that comes later in the order of files.
 */
export function duplicateFaults(records: readonly CorpusRecord[]): CorpusFault[] {
  const incidents = records.filter((record): record is IncidentRecord => record.kind === 'incident');
  const owners = new Map<string, IncidentRecord>();
  const faults: CorpusFault[] = [];
  for (const record of incidents) {
    const told = new Set<string>();
    for (const { key, says, path } of marksOf(record.data)) {
      const other = owners.get(key);
      if (!other) owners.set(key, record);
      else if (other !== record && !told.has(other.data.id) && !areLinked(record.data, other.data)) {
        told.add(other.data.id);
        faults.push({
          record,
          code: 'possible-duplicate',
          path,
          message: `${other.data.id} (${other.file}) has ${says} too`,
          fix: 'merge the two, or name the other in `related`',
        });
      }
    }
  }
  return faults;
}

function areLinked(left: Incident, right: Incident): boolean {
  const named = (incident: Incident) => [
    ...itemsOf(incident.related).map(({ id }) => id),
    ...itemsOf(incident.seededBy).map(({ from }) => from.incident),
  ];
  return named(left).includes(right.id) || named(right).includes(left.id);
}

function marksOf(incident: Incident): Mark[] {
  const components = componentsByHandle(incident);
  const names = [incident.title, ...(incident.aliases ?? [])].map((name, index) => ({
    key: `name ${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')}`,
    says: `the name “${name}”`,
    path: index === 0 ? ['title'] : ['aliases', index - 1],
  }));
  const releases = itemsOf(incident.releases).flatMap(({ component, version, versions = [], state }, index) => {
    const declared = components.get(component);
    if (!declared || state !== 'malicious') return [];
    return [...(version === undefined ? [] : [version]), ...versions].map((each) => ({
      key: `release ${componentKey(declared)}@${each}`,
      says: `the release ${component}@${each}`,
      path: ['releases', index],
    }));
  });
  const files = itemsOf(incident.artifacts).flatMap(({ sha256, state }, index) =>
    sha256 === undefined || state !== 'malicious'
      ? []
      : [{ key: `file ${sha256}`, says: `the file ${sha256.slice(0, 12)}…`, path: ['artifacts', index] }],
  );
  return [...names, ...releases, ...files];
}
