import { Tokenizer } from 'htmlparser2';
import { cdnPackages } from './cdn-package.ts';
import { asText, decodeText, SkipCounter } from './input-text.ts';
import {
  type FoundComponent,
  type InputContext,
  type Inventory,
  type InventoryFormat,
  MAX_COMPONENTS,
  UnreadableInput,
} from './inventory.ts';
import { addressComponent, readUrl } from './network-address.ts';
import { readIntegrity } from './npm-source.ts';

/**
 * Pages, templates and scripts: addresses that scripts, style sheets and frames are loaded from
 * (https://html.spec.whatwg.org/multipage/), and addresses that stand in quotes in script and style. Addresses of package delivery networks are
 * the packages that they serve, too.
 */
export const html: InventoryFormat = { id: 'html', title: 'HTML page, template or script', types: ['npm', 'github'], parse: parseHtml };

function parseHtml(bytes: Uint8Array, { path }: InputContext): Inventory {
  const text = decodeText(bytes);
  if (text.includes('\0')) throw new UnreadableInput('expected markup or script, found binary data', { offset: text.indexOf('\0') });
  const reader = new AddressReader();
  if (text.trim() === '') reader.skipped.add('empty file');
  else if (isMarkup(text, path)) readMarkup(text, reader);
  else reader.scan(text, 0, text.length);
  return { components: reader.components, skipped: reader.skipped.list() };
}

/** Scripts and style sheets by their name; what else looks like a tag is markup. */
function isMarkup(text: string, path: string): boolean {
  if (/\.(?:[cm]?[jt]sx?|css|s[ac]ss|less|json|webmanifest|importmap)$/i.test(path)) return false;
  return (
    /\.(?:x?html?|vue|svelte|astro|php|[jt]?erb|ejs|hbs|njk|twig|liquid|jsp|aspx?|cshtml|mustache|tpl)$/i.test(path) ||
    /<[a-z!]/i.test(text)
  );
}

/** Which attribute of an element names what a page loads. */
const LOADING: ReadonlyMap<string, string> = new Map([
  ['script', 'src'],
  ['link', 'href'],
  ['iframe', 'src'],
  ['frame', 'src'],
  ['embed', 'src'],
  ['object', 'data'],
]);
/** Links that are only told about, not loaded. */
const NOT_LOADED =
  /\b(?:alternate|author|canonical|help|license|me|next|prev|privacy-policy|search|shortlink|terms-of-service|pingback)\b/i;
const SCANNED: ReadonlySet<string> = new Set(['script', 'style']);
/** Elements and attributes have short names, addresses are bounded; the rest of a longer value is not kept. */
const MAX_VALUE = 8_192;

/** Reads tags as they come: there is no tree, so hostile nesting costs nothing. */
function readMarkup(text: string, reader: AddressReader): void {
  let element = '';
  let attribute = '';
  let value = '';
  let start = 0;
  let isOpen = false;
  let base: string | undefined;
  let attributes = new Map<string, string>();
  let scanFrom: number | undefined;
  const addData = (data: string): void => {
    if (value.length < MAX_VALUE) value += data.slice(0, MAX_VALUE);
  };
  const endScan = (end: number): void => {
    if (scanFrom !== undefined) reader.scan(text, scanFrom, end);
    scanFrom = undefined;
  };
  const endTag = (end: number): void => {
    isOpen = false;
    if (element === 'base') base ??= attributes.get('href');
    const name = LOADING.get(element);
    const address = name === undefined ? undefined : asText(attributes.get(name))?.trim();
    const isLoaded = element !== 'link' || !NOT_LOADED.test(attributes.get('rel') ?? '');
    if (address !== undefined && isLoaded) reader.add(resolve(address, base), start, attributes.get('integrity'));
    if (SCANNED.has(element)) scanFrom = end + 1;
  };
  const ignored = (): void => {};
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname(from, to) {
        endScan(from - 1);
        element = text.slice(from, Math.min(to, from + 100)).toLowerCase();
        start = from - 1;
        isOpen = true;
        attributes = new Map();
      },
      onattribname(from, to) {
        attribute = text.slice(from, Math.min(to, from + 100)).toLowerCase();
        value = '';
      },
      onattribdata: (from, to) => addData(text.slice(from, Math.min(to, from + MAX_VALUE))),
      onattribentity: (codePoint) => addData(String.fromCodePoint(codePoint)),
      onattribend() {
        if (!attributes.has(attribute)) attributes.set(attribute, value);
      },
      onopentagend: endTag,
      onselfclosingtag: endTag,
      onclosetag: (from) => endScan(from - 2),
      ontext: ignored,
      ontextentity: ignored,
      oncdata: ignored,
      oncomment: ignored,
      ondeclaration: ignored,
      onprocessinginstruction: ignored,
      onend: () => endScan(text.length),
    },
  );
  tokenizer.write(text);
  tokenizer.end();
  if (isOpen) reader.skipped.add('tag without an end: the file may be cut off', element, { offset: start });
}

/** An address beside a `<base href>` of another site. */
function resolve(address: string, base: string | undefined): string {
  if (base === undefined || /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(address)) return address;
  try {
    return new URL(address, base.startsWith('//') ? `https:${base}` : base).href;
  } catch {
    return address;
  }
}

/** `"https://…`, `'//host.…`, `url(https://…`; in JSON slashes may be escaped. Whatever follows ends at a quote, space or bracket. */
const QUOTED = /["'`(]\s?((?:(?:https?|wss?):)?(?:\\?\/){2}(?:[^\s"'`<>()\\]|\\\/){1,2048})/gi;

/** Collects addresses, each distinct one once. */
class AddressReader {
  readonly components: FoundComponent[] = [];
  readonly skipped = new SkipCounter();
  readonly #seen = new Set<string>();

  /** An address that markup loads. */
  add(address: string, offset: number, integrity: string | undefined): void {
    // What a page loads from its own site, or holds itself, comes from nowhere else.
    if (!/^(?:https?:|wss?:)?\/\//i.test(address)) {
      if (isMade(address)) this.skipped.add('address made by a template', address, { offset });
      return;
    }
    this.#note(address, offset, integrity);
  }

  /** Addresses in quotes in a part of the text. */
  scan(text: string, from: number, to: number): void {
    const part = from === 0 && to === text.length ? text : text.slice(from, to);
    for (const match of part.matchAll(QUOTED)) {
      const [whole, quoted = ''] = match;
      this.#note(quoted.replaceAll('\\/', '/'), from + match.index + whole.length - quoted.length, undefined);
    }
  }

  #note(address: string, offset: number, integrity: string | undefined): void {
    const made = address.search(/\$\{|\{\{|\{%|<%|<\?|#\{/);
    const fixed = made < 0 ? address : address.slice(0, made);
    const identity = readUrl(fixed);
    // Up to its first slash, a host may go on in what is put in.
    if (!identity || (made >= 0 && !/\/\/[^/]+\//.test(fixed))) {
      if (made >= 0) this.skipped.add('address made by a template', address, { offset });
      else if (/^[a-z]+:/i.test(address)) this.skipped.add('address without a public host', address, { offset });
      return;
    }
    if (this.#seen.has(identity.value)) return;
    this.#seen.add(identity.value);
    const digests = readIntegrity(integrity);
    this.#push({ ...addressComponent(identity, { offset }), relation: 'direct', ...(digests ? { digests } : {}) });
    // A version that is put in leaves the package, and says nothing about which one.
    for (const served of cdnPackages(identity.value)) {
      const key = JSON.stringify([served.identity, served.version, served.requested]);
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      this.#push({ ...served, at: { offset }, relation: 'direct' });
    }
  }

  #push(component: FoundComponent): void {
    if (this.components.length >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} addresses`, component.at);
    this.components.push(component);
  }
}

function isMade(address: string): boolean {
  return /^\s*(?:\{\{|<%|<\?|\$\{|\{%)/.test(address);
}
