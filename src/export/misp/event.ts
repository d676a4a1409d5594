import type { Graph } from '../../graph/graph.ts';
import { itemsOf } from '../../schema/cited.ts';
import { plainText } from '../../schema/link-markup.ts';
import { accountLabel, repositoryKey } from '../../schema/primitive-keys.ts';
import type { IncidentRecord } from '../../schema/record.ts';
import { pageOf } from '../csv.ts';
import { evidenceDays } from '../evidence-days.ts';
import { uuidOf } from '../uuid.ts';
import { type AttributeKind, attribute, indicatorKind, LINK, type MispAttribute, secondsOf } from './attributes.ts';
import { type MispObject, mispObjects } from './objects.ts';
import { eventTags, type MispTag } from './tags.ts';

/** Who makes the events. */
const MAKER = { name: 'Threatpedia', uuid: uuidOf('misp-organisation', 'threatpedia') };

/** A MISP event of an incident. Numbers are texts, as MISP writes them. */
export interface MispEvent {
  readonly uuid: string;
  readonly info: string;
  /** Day of the first document. */
  readonly date: string;
  readonly threat_level_id: string;
  readonly analysis: string;
  readonly published: boolean;
  readonly timestamp: string;
  readonly publish_timestamp: string;
  readonly Orgc: typeof MAKER;
  readonly Tag: readonly MispTag[];
  readonly Attribute: readonly MispAttribute[];
  readonly Object: readonly MispObject[];
  readonly EventReport?: readonly object[];
}

/** What an event is made of: the graph that ties it, the site, and whether only facts may be told. */
export interface EventSource {
  readonly graph: Graph;
  readonly site: string;
  readonly factsOnly: boolean;
}

/** The event of an incident. It has the UUID of the STIX report about it, so that both are seen to be one. */
export function mispEvent({ graph, site, factsOnly }: EventSource, record: IncidentRecord): MispEvent {
  const { data } = record;
  const { first, last } = evidenceDays(record);
  const uuid = uuidOf('report', data.id);
  const comments = (text: string | undefined) => (factsOnly || text === undefined ? '' : plainText(text));
  const page = pageOf(site, record);
  return {
    uuid,
    info: data.title,
    date: first,
    // Undefined: how dangerous it is depends on who asks.
    threat_level_id: '4',
    // Completed or ongoing.
    analysis: !factsOnly && data.status === 'confirmed' ? '2' : '1',
    published: true,
    timestamp: secondsOf(last),
    publish_timestamp: secondsOf(last),
    Orgc: MAKER,
    Tag: eventTags(graph, record, factsOnly),
    Attribute: attributesOf(record, page, comments),
    Object: mispObjects(record, page, comments),
    ...(factsOnly ? {} : { EventReport: [reportOf(record, secondsOf(last))] }),
  };
}

function attributesOf(record: IncidentRecord, page: string, comments: (text: string | undefined) => string): MispAttribute[] {
  const { data } = record;
  const found = new Map<string, MispAttribute>();
  const add = (kind: AttributeKind, value: string, comment: string, day: string): void => {
    const made = attribute(data.id, kind, value, comment, secondsOf(day));
    // MISP takes a value of a type once: what else is said of it is another line of its comment.
    const known = found.get(made.uuid);
    const lines = new Set([...(known?.comment.split('\n') ?? []), ...made.comment.split('\n')].filter(Boolean));
    found.set(made.uuid, known ? { ...known, comment: [...lines].join('\n') } : made);
  };
  const dayOf = (statement: { cites: Parameters<typeof evidenceDays>[1] }) => evidenceDays(record, statement.cites).last;
  add(LINK, page, 'Threatpedia record', evidenceDays(record).last);
  for (const { id, title, publisher, url, published } of data.references) {
    add(LINK, url, `${publisher}: ${title}${published ? ` (${published})` : ''}`, evidenceDays(record, [id]).last);
  }
  for (const each of itemsOf(data.indicators)) add(indicatorKind(each), each.value, comments(each.text), dayOf(each));
  for (const each of itemsOf(data.vulnerabilities)) {
    // MISP takes only CVE identifiers as vulnerabilities.
    const type = each.id.startsWith('CVE-') ? 'vulnerability' : 'text';
    const kind = { type, category: 'External analysis', toIds: false, correlates: true, ...(type === 'text' ? { label: 'Advisory' } : {}) };
    add(kind, each.id, comments(each.text), dayOf(each));
  }
  for (const each of itemsOf(data.repositories)) {
    const github = /^https:\/\/github\.com\/([^/]+\/[^/]+)$/.exec(repositoryKey(each))?.[1];
    const kind = github
      ? { type: 'github-repository', category: 'External analysis', toIds: false, correlates: true }
      : { ...LINK, label: 'Repository' };
    add(kind, github ?? repositoryKey(each), comments(each.text), dayOf(each));
  }
  for (const each of itemsOf(data.accounts)) {
    const isGithub = each.provider === 'github' && each.handle !== undefined;
    const label = `Account, ${each.control}`;
    const kind = isGithub
      ? { type: 'github-username', category: 'Social network', toIds: false, correlates: true, label }
      : { type: 'text', category: 'Other', toIds: false, label };
    add(kind, isGithub ? (each.handle ?? '') : accountLabel(each), comments(each.text), dayOf(each));
  }
  return [...found.values()].sort((left, right) => (left.uuid < right.uuid ? -1 : 1));
}

/** The story as a report in Markdown, with nothing in it that Markdown would read as markup. */
function reportOf({ data }: IncidentRecord, timestamp: string): object {
  const texts = (data.executiveSummary ?? [data.summary]).map(({ text }) => plainText(text).replace(/[\\`*_[\]<>#|~!@&]/g, '\\$&'));
  return { uuid: uuidOf('misp-event-report', data.id), name: data.title, content: texts.join('\n\n'), timestamp, deleted: false };
}
