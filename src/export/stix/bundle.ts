import { createHash } from 'node:crypto';
import type { Graph, GraphNode } from '../../graph/graph.ts';
import { isFactsOnly, type Selection } from '../export-format.ts';
import { type StixId, stixId } from './ids.ts';
import { EXTENSION, markingOf, PUBLISHER, publisherObjects, type StixObject, type StixProfile } from './publisher.ts';
import { type Cited, StixEvidence } from './stix-evidence.ts';

/** A tie to be told. */
export interface Tie {
  readonly from: StixId;
  readonly to: StixId;
  /** What the tie is, as far as STIX suggests it between these types; else it becomes `related-to`. */
  readonly type: string;
  readonly description?: string | undefined;
  readonly cited: readonly Cited[];
  /** Who says so, where that is a claimant; then each of their claims is a relationship of its own. */
  readonly claim?: { readonly by: StixId; readonly confidence: number | undefined; readonly key: string } | undefined;
}

interface TieDraft extends Omit<Tie, 'cited'> {
  readonly cited: Cited[];
  readonly descriptions: Set<string>;
}

/** Relationship types that STIX 2.1 and the Incident Core extension suggest, as far as we use them. */
const SUGGESTED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  campaign: {
    'attributed-to': ['intrusion-set', 'threat-actor'],
    uses: ['attack-pattern', 'malware'],
    targets: ['identity', 'vulnerability'],
  },
  incident: { 'attributed-to': ['intrusion-set', 'threat-actor'], 'led-to': ['incident'], targets: ['identity'] },
  indicator: { indicates: ['campaign', 'malware'] },
  'intrusion-set': { 'attributed-to': ['threat-actor'] },
  malware: { 'variant-of': ['malware'] },
};

/** The objects of an export while they are gathered: each once, however many records speak of it. */
export class StixBundle {
  readonly graph: Graph;
  readonly site: string;
  readonly profile: StixProfile;
  readonly evidence: StixEvidence;
  /** As known on a day: no texts, which are written today. Told by the graph, whose incidents then have no records. */
  readonly factsOnly: boolean;
  /** As text: all objects of a large corpus at once would take several times the room. */
  readonly #objects = new Map<StixId, string>();
  readonly #ties = new Map<StixId, TieDraft>();
  readonly #made = new Map<string, StixId | undefined>();
  #touched = new Set<StixId>();
  readonly #fresh: (readonly [node: GraphNode, id: StixId])[] = [];

  constructor(selection: Selection, profile: StixProfile) {
    const { graph, site } = selection;
    this.graph = graph;
    this.site = site;
    this.profile = profile;
    this.factsOnly = isFactsOnly(selection);
    this.evidence = new StixEvidence(graph, this.factsOnly);
    for (const object of publisherObjects(profile, site)) this.#keep(object);
  }

  /** Adds a domain object: common properties, then its own. The first of an id stays. */
  add(type: string, id: StixId, cited: readonly Cited[], own: Readonly<Record<string, unknown>>): StixId {
    if (!this.#objects.has(id)) {
      const { created_by_ref = PUBLISHER, external_references: first = [], ...properties } = own;
      const references = [...(first as object[]), ...(this.evidence.externalReferences(cited) ?? [])];
      this.#keep({
        type,
        spec_version: '2.1',
        id,
        created_by_ref,
        ...this.evidence.datesOf(cited),
        ...defined(properties),
        ...(references.length > 0 ? { external_references: references } : {}),
        object_marking_refs: [markingOf(this.profile)],
      });
    }
    return this.touch(id);
  }

  /** Adds an observable. The first of an id stays. */
  addObservable(type: string, id: StixId, own: Readonly<Record<string, unknown>>): StixId {
    if (!this.#objects.has(id)) {
      this.#keep({ type, spec_version: '2.1', id, ...defined(own), object_marking_refs: [markingOf(this.profile)] });
    }
    return this.touch(id);
  }

  /** Adds a relationship, or what one more statement says of one that is there. */
  relate({ from, to, type: wanted, description, cited, claim }: Tie): void {
    if (from === to) return;
    const type = SUGGESTED[typeOf(from)]?.[wanted]?.includes(typeOf(to)) ? wanted : 'related-to';
    const said = type === wanted || wanted === 'related-to' ? description : `${capital(wanted)}.${description ? ` ${description}` : ''}`;
    const id = stixId('relationship', [from, type, to, ...(claim ? [claim.by, claim.key] : [])].join(' '));
    const draft = this.#ties.get(id) ?? { from, to, type, claim, cited: [], descriptions: new Set<string>() };
    this.#ties.set(id, draft);
    draft.cited.push(...cited);
    if (said) draft.descriptions.add(said);
    this.touch(id);
  }

  /** Makes something once: later calls with the key answer what the first made. */
  once(key: string, make: () => StixId | undefined): StixId | undefined {
    if (this.#made.has(key)) {
      const known = this.#made.get(key);
      return known && this.touch(known);
    }
    const id = make();
    this.#made.set(key, id);
    return id;
  }

  /** Keeps an entity for when its own ties are followed: ledgers may point in circles. */
  addFresh(node: GraphNode, id: StixId): void {
    this.#fresh.push([node, id]);
  }

  /** The next entity whose own ties are to be followed. */
  nextFresh(): readonly [node: GraphNode, id: StixId] | undefined {
    return this.#fresh.shift();
  }

  /** Our own properties of an object; nothing in core, whose readers drop them. */
  extensions(own: Readonly<Record<string, unknown>>): object {
    return this.profile === 'full' ? { extensions: { [EXTENSION]: { extension_type: 'property-extension', ...defined(own) } } } : {};
  }

  /** A text of today; undefined where only facts may be told. */
  prose(text: string | undefined): string | undefined {
    return this.factsOnly ? undefined : text;
  }

  /** Runs something and answers what it added or named, sorted. */
  collect(run: () => void): StixId[] {
    const before = this.#touched;
    this.#touched = new Set();
    run();
    const touched = [...this.#touched].sort();
    this.#touched = before;
    for (const id of touched) before.add(id);
    return touched;
  }

  touch(id: StixId): StixId {
    this.#touched.add(id);
    return id;
  }

  /** The bundle as JSON, an object a line, sorted by id, in pieces. The bundle’s own id is made of its content. */
  *pieces(): Generator<string> {
    this.#tellTies();
    const objects = [...this.#objects].sort(([left], [right]) => (left < right ? -1 : 1));
    const digest = createHash('sha256');
    for (const [, text] of objects) digest.update(text);
    yield `{"type":"bundle","id":"${stixId('bundle', digest.digest('hex'))}","objects":[\n`;
    for (const [index, [, text]] of objects.entries()) yield index + 1 < objects.length ? `${text},\n` : `${text}\n`;
    yield ']}\n';
  }

  #keep(object: StixObject): void {
    this.#objects.set(object.id, JSON.stringify(object));
  }

  /** Relationships are told last: until then more statements may come to one. */
  #tellTies(): void {
    for (const [id, { from, to, type, claim, cited, descriptions }] of this.#ties) {
      this.add('relationship', id, cited, {
        created_by_ref: claim?.by,
        relationship_type: type,
        description: descriptions.size > 0 ? [...descriptions].sort().join('\n\n') : undefined,
        source_ref: from,
        target_ref: to,
        confidence: claim?.confidence,
      });
    }
    this.#ties.clear();
  }
}

/** A term as the beginning of a sentence. */
export function capital(term: string): string {
  const words = term.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The type that an identifier names. */
export function typeOf(id: StixId): string {
  return id.slice(0, id.indexOf('--'));
}

function defined(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );
}
