import { osvPurl } from '../base/osv-ecosystems.ts';
import { asList, asRecord, asText, field } from '../check/inventory/input-text.ts';
import { UnreadableInput } from '../check/inventory/inventory.ts';
import { addPackage, basePurl } from './packages.ts';
import { type ImportedDraft, RecordDraft } from './record-draft.ts';

/** Our indicators by MISP’s types. */
const INDICATORS: Readonly<Record<string, string>> = {
  domain: 'domain',
  hostname: 'domain',
  url: 'url',
  'email-src': 'email-address',
  email: 'email-address',
  regkey: 'registry-key',
  mutex: 'mutex',
  'user-agent': 'user-agent',
  btc: 'wallet-address',
};

/** Labels with which our own export begins the comment of a text. */
const TEXTS: Readonly<Record<string, string>> = {
  'Repository name.': 'repository-name',
  'Branch name.': 'branch-name',
  'Workflow name.': 'workflow-name',
  'Process name.': 'process-name',
  'Wallet address.': 'wallet-address',
};

const DIGESTS = ['sha256', 'sha1', 'md5', 'sha512'];

/** Reads one MISP event, as a feed, the API or an export of an instance has it. Throws {@link UnreadableInput} where it is none. */
export function readMispEvent(value: unknown): ImportedDraft {
  const response = field(value, 'response');
  const list = Array.isArray(response) ? response : [value];
  if (list.length !== 1) throw new UnreadableInput(`expected one MISP event, found ${list.length}`);
  const event = field(list[0], 'Event');
  if (!asRecord(event) || !asText(field(event, 'info'))) throw new UnreadableInput('expected a MISP event: an `Event` with `info`');
  const draft = new RecordDraft();
  draft.setTitle(asText(field(event, 'info')));
  for (const tag of asList(field(event, 'Tag'))) {
    const name = asText(field(tag, 'name')) ?? '';
    const own = /^misp-galaxy:threatpedia-incident="(?:.* - )?(SC-[^" ]+)"$/.exec(name)?.[1];
    if (own) draft.setId(own);
    else if (name.startsWith('misp-galaxy:')) draft.leaveOut(`tag ${name}`);
  }
  for (const attribute of asList(field(event, 'Attribute'))) addAttribute(draft, attribute);
  for (const object of asList(field(event, 'Object'))) addObject(draft, object);
  for (const name of ['EventReport', 'Galaxy', 'RelatedEvent', 'ShadowAttribute'])
    if (asList(field(event, name)).length > 0) draft.leaveOut(`${name} of the event`);
  return draft.result();
}

function addAttribute(draft: RecordDraft, attribute: unknown): void {
  const [type, value] = [asText(field(attribute, 'type')) ?? '', asText(field(attribute, 'value')) ?? ''];
  const comment = asText(field(attribute, 'comment')) ?? '';
  const indicator = Object.hasOwn(INDICATORS, type) ? INDICATORS[type] : undefined;
  const lines = type === 'text' ? comment.split('\n') : [];
  const labels = Object.keys(TEXTS).filter((each) => lines.some((line) => line.startsWith(each)));
  if (type === 'link' && comment.startsWith('Repository')) draft.leaveOut(`repository ${value}`);
  else if (type === 'link') addLink(draft, value, comment);
  else if (indicator) draft.add('indicators', { type: indicator, value });
  else if (labels.length > 0) for (const label of labels) draft.add('indicators', { type: TEXTS[label], value });
  else if (type === 'ip-dst' || type === 'ip-src') draft.add('indicators', { type: value.includes(':') ? 'ipv6' : 'ipv4', value });
  else if (type === 'filename') draft.add('indicators', { type: /[/\\]/.test(value) ? 'file-path' : 'file-name', value });
  else if (DIGESTS.includes(type)) draft.add('artifacts', { name: value, [type]: value.toLowerCase(), state: null });
  else if (type === 'vulnerability' || comment.startsWith('Advisory.')) draft.add('vulnerabilities', { id: value });
  else draft.leaveOut(`attribute ${type} ${value}`);
}

/** A document; our own export writes who published it, its title and its date into the comment. */
function addLink(draft: RecordDraft, url: string, comment: string): void {
  if (comment === 'Threatpedia record') return;
  const [, publisher, title = '', published] = /^(.{1,120}?): (.*?)(?: \(([\dT:Z/.~?%-]+)\))?$/s.exec(comment.slice(0, 1000)) ?? [];
  draft.addReference(url, publisher === undefined ? {} : { publisher, title, published });
}

function addObject(draft: RecordDraft, object: unknown): void {
  const name = asText(field(object, 'name')) ?? '';
  const parts = new Map<string, string[]>();
  for (const attribute of asList(field(object, 'Attribute'))) {
    const [relation, value] = [asText(field(attribute, 'object_relation')), asText(field(attribute, 'value'))];
    if (!relation || !value) continue;
    const known = parts.get(relation);
    if (known) known.push(value);
    else parts.set(relation, [value]);
  }
  const first = (relation: string) => parts.get(relation)?.[0];
  if (name === 'file' && DIGESTS.some((each) => parts.has(each))) {
    const digests = DIGESTS.flatMap((each) => (first(each) === undefined ? [] : [[each, first(each)?.toLowerCase()]]));
    const known = first('filename') ?? first('text') ?? String(digests[0]?.[1]);
    draft.add('artifacts', { name: known, ...Object.fromEntries(digests), state: first('state') === 'Malicious' ? 'malicious' : null });
  } else if (name === 'malicious-package-report') {
    const purl = basePurl(first('package-purl')) ?? osvPurl(first('ecosystem') ?? '', first('package-name') ?? '')?.text;
    if (purl === undefined) draft.leaveOut(`package ${first('package-name')}: no package URL`);
    else {
      addPackage(draft, purl, parts.get('affected-version') ?? [], 'malicious');
      for (const range of parts.get('affected-range') ?? []) draft.add('releases', { component: purl, range, state: 'malicious' });
    }
    for (const url of parts.get('reference') ?? []) if (!/\/incidents\/sc-/.test(url)) draft.addReference(url);
  } else draft.leaveOut(`object ${name} ${first('name') ?? ''} ${first('version') ?? ''}`);
}
