import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import {
  type ComponentSource,
  type FoundComponent,
  type Inventory,
  type InventoryFormat,
  MAX_COMPONENTS,
  UnreadableInput,
} from './inventory.ts';
import { addressComponent, parseRequirement, requirementComponent } from './python-requirement.ts';
import { fileDigests, indexSource, isPythonName, readDistributionFile } from './python-source.ts';

/**
 * requirements.txt and what `pip freeze` prints (https://pip.pypa.io/en/stable/reference/requirements-file-format/). Pins are versions, ranges
 * are asked for. Files that it refers to are not read: they are inputs of their own.
 */
export const requirements: InventoryFormat = {
  id: 'requirements',
  title: 'requirements.txt or pip freeze',
  types: ['pypi'],
  parse: parseRequirements,
};

/** Options that name no package. */
const SILENT_OPTIONS =
  /^(?:-i|--index-url|--pypi-url|--extra-index-url|-f|--find-links|--no-index|--pre|--prefer-binary|--require-hashes|--trusted-host|--use-feature|--no-binary|--only-binary|--no-deps|--process-dependency-links|--always-unzip|-Z)(?:[\s=]|$)/;
const MAX_LOGICAL_LINE = 1_000_000;

function parseRequirements(bytes: Uint8Array): Inventory {
  const lines = [...logicalLines(decodeText(bytes))];
  const source = indexSource(lines.map(({ text }) => /^(?:-i|--index-url|--pypi-url)[\s=]\s*(\S+)/.exec(text)?.[1]).findLast(Boolean));
  const skipped = new SkipCounter();
  const components: FoundComponent[] = [];
  let faults = 0;
  let options = 0;
  for (const { text, line } of lines) {
    const read = readLine(text, line, source);
    if (read === undefined) options++;
    else if (typeof read !== 'string') components.push(read);
    else {
      if (read === FAULT) {
        skipped.addNotUnderstood(read, text, { line });
        faults++;
      } else {
        skipped.add(read, text, { line });
        options++;
      }
    }
    if (components.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} requirements`, { line });
  }
  // Many a text has a line that could be the name of a package.
  if (faults > components.length + options) {
    throw new UnreadableInput(`expected requirements, found ${faults} ${faults === 1 ? 'line that is' : 'lines that are'} none`, {
      line: lines[0]?.line ?? 1,
    });
  }
  return { components, skipped: skipped.list() };
}

const FAULT = 'line that is no requirement';

/** Lines without comments and empty ones; those that end in a backslash go on in the next. */
function* logicalLines(text: string): Generator<{ readonly line: number; readonly text: string }> {
  let started: { line: number; parts: string[]; length: number } | undefined;
  for (const { line, text: content } of linesOf(text)) {
    started ??= { line, parts: [], length: 0 };
    const isComment = /^\s*#/.test(content);
    const goesOn = content.endsWith('\\') && !isComment && started.length < MAX_LOGICAL_LINE;
    const part = isComment ? '' : goesOn ? content.slice(0, -1) : content;
    started.parts.push(part);
    started.length += part.length;
    if (goesOn) continue;
    const whole = withoutComment(started.parts.join('')).trim();
    if (whole !== '') yield { line: started.line, text: whole };
    started = undefined;
  }
  if (started) {
    const whole = withoutComment(started.parts.join('')).trim();
    if (whole !== '') yield { line: started.line, text: whole };
  }
}

/** A comment begins at the start or after a space: `#egg=` belongs to an address. */
function withoutComment(text: string): string {
  for (let index = text.indexOf('#'); index >= 0; index = text.indexOf('#', index + 1)) {
    if (index === 0 || text[index - 1] === ' ' || text[index - 1] === '\t') return text.slice(0, index);
  }
  return text;
}

/** A component, the reason why it is none, or undefined for an option that names nothing. */
function readLine(text: string, line: number, source: ComponentSource): FoundComponent | string | undefined {
  if (/^(?:-r|--requirement)(?:[\s=]|\S)/.test(text)) return 'other requirements file, not read from here';
  if (/^(?:-c|--constraint)(?:[\s=]|\S)/.test(text)) return 'constraints file, not read from here';
  const editable = /^(?:-e|--editable)[\s=]\s*(.+)$/.exec(text)?.[1];
  if (editable !== undefined) return readAddress(editable, line);
  if (text.startsWith('-')) return SILENT_OPTIONS.test(text) ? undefined : FAULT;
  const [written = '', ...options] = text.split(/\s--(?=[a-z])/);
  const hashes = options.flatMap((option) => /^hash[=\s]\s*(\S+)/.exec(option)?.[1] ?? []);
  const requirement = parseRequirement(written);
  if (requirement && !isFile(written)) {
    const component = requirementComponent(requirement, { line }, { source, pins: true });
    return { ...component, ...fileDigests([...hashes, ...fragmentHash(requirement.address)]) };
  }
  const address = readAddress(written, line);
  return typeof address === 'string' ? address : { ...address, ...fileDigests([...hashes, ...fragmentHash(written)]) };
}

function isFile(written: string): boolean {
  return /\.(?:whl|zip|tar\.gz|tar\.bz2|tgz)$/i.test(written.trim());
}

/** `…#sha256=…` */
function fragmentHash(address: string | undefined): string[] {
  const hash = address && /[#&]((?:sha256|sha512|sha1|md5)=[0-9a-f]+)/i.exec(address.slice(0, 8_192))?.[1];
  return hash ? [hash] : [];
}

/** An address or path without a name before it: named by `#egg=`, or by its file. */
function readAddress(written: string, line: number): FoundComponent | string {
  const named = parseRequirement(written);
  if (named?.address !== undefined) return addressComponent(named.name, named.address, { line });
  const [address = ''] = written.trim().split(/\s/, 1);
  const isAddress =
    /^[a-z][a-z0-9+.-]{0,30}:|^git@|^\.{0,2}[/\\]|^\.{1,2}(?:$|\[)|^[a-z]:\\/i.test(address) ||
    isFile(address) ||
    /^[\w.-]+[/\\]/.test(address);
  if (!isAddress || address.length > 8_192) return FAULT;
  if (/^\.[/\\]?(?:\[|$)/.test(address)) return 'the project itself';
  const egg = /[#&]egg=([\w.-]+)/.exec(address)?.[1]?.replace(/-dev$/, '');
  const name = egg ?? readDistributionFile(address)?.name;
  return name !== undefined && isPythonName(name) ? addressComponent(name, address, { line }) : 'folder or address without a package name';
}
