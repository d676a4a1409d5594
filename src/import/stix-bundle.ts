import { parsePurl } from '../base/purl.ts';
import { asList, asRecord, asText, field, type JsonRecord } from '../check/inventory/input-text.ts';
import { UnreadableInput } from '../check/inventory/inventory.ts';
import { addPackage, basePurl } from './packages.ts';
import { type ImportedDraft, RecordDraft } from './record-draft.ts';

/** Our indicators by what a STIX pattern compares. */
const INDICATORS: Readonly<Record<string, string>> = {
  'domain-name:value': 'domain',
  'ipv4-addr:value': 'ipv4',
  'ipv6-addr:value': 'ipv6',
  'url:value': 'url',
  'email-addr:value': 'email-address',
  'file:name': 'file-name',
  'windows-registry-key:key': 'registry-key',
  'mutex:name': 'mutex',
  "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'": 'user-agent',
  'process:image_ref.name': 'process-name',
};

const DIGESTS: Readonly<Record<string, string>> = { 'SHA-256': 'sha256', 'SHA-1': 'sha1', MD5: 'md5', 'SHA-512': 'sha512' };

/** States as our own export begins the description of a relationship. */
const STATES: readonly (readonly [word: string, state: string])[] = [
  ['Malicious.', 'malicious'],
  ['Affected.', 'affected'],
  ['Clean fix.', 'clean-fix'],
  ['Unknown.', 'unknown'],
];

/** Purl types that may stand as the vendor of a software object: our own export tells namesakes of two ecosystems apart by it. */
const PURL_TYPES: ReadonlySet<string> = new Set(
  'alpm apk bitbucket brew cargo chrome-extension composer conan conda cran deb docker gem github golang hackage hex maven npm nuget oci pub pypi rpm swift vscode-extension'.split(
    ' ',
  ),
);

/** Types that tell nothing which a record could hold beyond what their relationships say. */
const SILENT = ['relationship', 'marking-definition', 'extension-definition', 'identity'];

/** Reads a STIX 2.1 bundle about one incident: an incident, else a report or campaign. Throws {@link UnreadableInput} where it is none. */
export function readStixBundle(value: unknown): ImportedDraft {
  if (field(value, 'type') !== 'bundle') throw new UnreadableInput('expected a STIX bundle: `type` is not `bundle`');
  const objects = asList(field(value, 'objects')).flatMap((object): JsonRecord[] => {
    const record = asRecord(object);
    return record ? [record] : [];
  });
  const incidents = objects.filter(({ type }) => type === 'incident');
  const stories = incidents.length > 0 ? incidents : objects.filter(({ type }) => type === 'report');
  const [story] = stories.length > 0 ? stories : objects.filter(({ type }) => type === 'campaign');
  if (!story) throw new UnreadableInput('expected a STIX bundle with an incident, report or campaign');
  if (stories.length > 1) throw new UnreadableInput(`expected a STIX bundle about one incident, found ${stories.length}`);
  return new BundleReader(objects, story).read();
}

class BundleReader {
  readonly #draft = new RecordDraft();
  readonly #objects: readonly JsonRecord[];
  readonly #story: JsonRecord;
  /** Relationships by the object that they lead to. */
  readonly #ties = new Map<unknown, JsonRecord[]>();
  readonly #hasFiles: boolean;
  /** Names of indicators by the digests that their patterns compare. */
  readonly #namesOfDigests = new Map<string, string>();

  constructor(objects: readonly JsonRecord[], story: JsonRecord) {
    // Of objects with one id the first counts; one without an id can be tied to nothing.
    const byId = new Map<string, JsonRecord>();
    for (const object of objects) if (typeof object.id === 'string' && !byId.has(object.id)) byId.set(object.id, object);
    this.#objects = [...byId.values()];
    this.#story = story;
    this.#hasFiles = this.#objects.some(({ type }) => type === 'file');
    for (const tie of this.#objects) {
      if (tie.type !== 'relationship') continue;
      const known = this.#ties.get(tie.target_ref);
      if (known) known.push(tie);
      else this.#ties.set(tie.target_ref, [tie]);
    }
  }

  read(): ImportedDraft {
    this.#draft.setTitle(asText(this.#story.name));
    this.#cites(this.#story);
    for (const object of this.#objects) if (object.type === 'indicator') this.#readIndicator(object);
    const versions = new Map<string, { purl: string; versions: string[]; state: string | null; cites: string[] }>();
    const passedOver = new Map<string, number>();
    for (const object of this.#objects) {
      const type = asText(object.type) ?? 'without type';
      if (type === 'software') this.#readSoftware(object, versions);
      else if (type === 'file') this.#readFile(object);
      else if (type === 'vulnerability') this.#draft.add('vulnerabilities', { id: asText(object.name) ?? '' }, this.#cites(object));
      else if (object !== this.#story && type !== 'indicator' && !SILENT.includes(type))
        passedOver.set(type, (passedOver.get(type) ?? 0) + 1);
    }
    for (const { purl, versions: each, state, cites } of versions.values()) addPackage(this.#draft, purl, each, state, cites);
    for (const [type, count] of [...passedOver].sort()) this.#draft.leaveOut(`${count} of type ${type}`);
    return this.#draft.result();
  }

  /** The documents that an object names, as ids of references. Our own address gives the id of the record. */
  #cites(object: JsonRecord | undefined): string[] {
    return asList(object?.external_references).flatMap((reference) => {
      const [source, url] = [asText(field(reference, 'source_name')), asText(field(reference, 'url'))];
      if (source === 'Threatpedia') {
        if (object === this.#story) this.#draft.setId(asText(field(reference, 'external_id')));
        return [];
      }
      if (url === undefined) return [];
      const [, title = '', published] =
        /^(.*?)(?: \(([\dT:Z/.~?%-]+)\))?$/s.exec((asText(field(reference, 'description')) ?? '').slice(0, 1000)) ?? [];
      return this.#draft.addReference(url, { title, publisher: source, published }) ?? [];
    });
  }

  /** The tie from the story to an object. */
  #tieTo(object: JsonRecord): JsonRecord | undefined {
    return this.#ties.get(object.id)?.find((tie) => tie.source_ref === this.#story.id) ?? this.#ties.get(object.id)?.[0];
  }

  #stateOf(object: JsonRecord): string | null {
    const description = asText(this.#tieTo(object)?.description) ?? '';
    return STATES.find(([word]) => description.startsWith(word))?.[1] ?? null;
  }

  #readIndicator(object: JsonRecord): void {
    const pattern = asText(object.pattern) ?? '';
    const name = asText(object.name) ?? pattern.slice(0, 80);
    const compared = object.pattern_type === 'stix' ? comparisons(pattern) : undefined;
    if (!compared) {
      this.#draft.leaveOut(`indicator ${name}: a pattern of more than values`);
      return;
    }
    const cites = this.#cites(object);
    const folder = compared.find(([path]) => path === 'file:parent_directory_ref.path')?.[1];
    for (const [path, value] of compared) {
      const algorithm = /^file:hashes\.'?([A-Z0-9-]+)'?$/.exec(path)?.[1];
      if (algorithm) this.#namesOfDigests.set(value.toLowerCase(), name);
      else if (path === 'file:name' && folder !== undefined)
        this.#draft.add('indicators', { type: 'file-path', value: joined(folder, value) }, cites);
      else if (path === 'file:parent_directory_ref.path') continue;
      else if (path === 'directory:path') this.#draft.add('indicators', { type: 'file-path', value }, cites);
      else if (Object.hasOwn(INDICATORS, path)) this.#draft.add('indicators', { type: INDICATORS[path], value }, cites);
      else this.#draft.leaveOut(`indicator ${name}: ${path}`);
    }
    const digests = this.#hasFiles
      ? []
      : compared.flatMap(([path, value]) => digestOf(/^file:hashes\.'?([A-Z0-9-]+)'?$/.exec(path)?.[1], value));
    if (digests.length > 0) this.#draft.add('artifacts', { name, ...Object.fromEntries(digests), state: 'malicious' }, cites);
  }

  #readFile(object: JsonRecord): void {
    const digests = Object.entries(asRecord(object.hashes) ?? {}).flatMap(([name, value]) => digestOf(name, asText(value)));
    const [first] = digests;
    if (!first) {
      this.#draft.leaveOut(`file ${asText(object.name) ?? ''}: no digest`);
      return;
    }
    const named = digests.flatMap(([, value]) => this.#namesOfDigests.get(value) ?? [])[0];
    const name = asText(object.name) ?? named ?? first[1];
    const cites = this.#cites(this.#tieTo(object));
    this.#draft.add(
      'artifacts',
      { name, ...Object.fromEntries(digests), state: this.#stateOf(object) ?? (named ? 'malicious' : null) },
      cites,
    );
  }

  /** Versions of one package that share state and documents are one release. */
  #readSoftware(object: JsonRecord, found: Map<string, { purl: string; versions: string[]; state: string | null; cites: string[] }>): void {
    const [name, version] = [asText(object.name) ?? '', asText(object.version)];
    const extended = Object.values(asRecord(object.extensions) ?? {}).map((extension) => asText(field(extension, 'purl')));
    const vendor = asText(object.vendor) ?? '';
    const guessed = PURL_TYPES.has(vendor)
      ? parsePurl(`pkg:${vendor}/${name.split('/').map(encodeURIComponent).join('/')}`)?.text
      : undefined;
    const purl = basePurl(extended.find(Boolean)) ?? guessed;
    if (purl === undefined) {
      this.#draft.leaveOut(`software ${vendor} ${name} ${version ?? ''}: no package URL`);
      return;
    }
    if (version === undefined) addPackage(this.#draft, purl, [], null);
    else {
      const [state, cites] = [this.#stateOf(object), this.#cites(this.#tieTo(object))];
      const key = JSON.stringify([purl, state, cites]);
      const release = found.get(key) ?? { purl, versions: [], state, cites };
      release.versions.push(version);
      found.set(key, release);
    }
  }
}

function digestOf(algorithm: string | undefined, value: string | undefined): [string, string][] {
  const field = algorithm !== undefined && Object.hasOwn(DIGESTS, algorithm) ? DIGESTS[algorithm] : undefined;
  return field && value ? [[field, value.toLowerCase()]] : [];
}

/** What a pattern of plain equalities compares, path and value; undefined where it does more. */
function comparisons(pattern: string): [path: string, value: string][] | undefined {
  if (pattern.length > 5000) return undefined;
  const found: [string, string][] = [];
  const rest = pattern.replace(/([a-z][a-z0-9-]{1,40}:[^=\s]{1,120}) ?= ?'((?:[^'\\]|\\.)*)'/g, (_, path: string, value: string) => {
    found.push([path, value.replace(/\\(.)/g, '$1')]);
    return '';
  });
  return found.length > 0 && /^\s*\[\s*(?:(?:OR|AND)\s*)*\]\s*$/.test(rest) ? found : undefined;
}

/** A path of a folder and a name, with the folder’s own separator: of Windows where it has one, or begins with a variable or drive of Windows. */
function joined(folder: string, name: string): string {
  if (/[/\\]$/.test(folder)) return `${folder}${name}`;
  return `${folder}${folder.includes('\\') || /^(%\w+%|[A-Za-z]:)/.test(folder) ? '\\' : '/'}${name}`;
}
