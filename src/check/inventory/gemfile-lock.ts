import { type Digests, hostOf } from '../identity.ts';
import { ComponentList } from './component-list.ts';
import { chainFinder } from './dependency-chain.ts';
import { decodeText, isHostOf, linesOf, SkipCounter, withoutCredentials } from './input-text.ts';
import { type ComponentSource, type FoundComponent, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';

/** Gemfile.lock and gems.locked (https://bundler.io/man/gemfile.5.html). */
export const gemfileLock: InventoryFormat = {
  id: 'gemfile-lock',
  title: 'Gemfile.lock, gems.locked',
  types: ['gem'],
  parse: parseGemfileLock,
};

/** `1.2.3-x86_64-linux` is the build of 1.2.3 for a platform. */
const PLATFORM = /-(?:x86|x64|arm|aarch|universal|java|jruby|ruby|mswin|mingw|darwin|linux|musl|powerpc|s390|riscv)[\w.-]*$/;

interface Read {
  readonly skipped: SkipCounter;
  readonly list: ComponentList;
  readonly versions: Map<string, string>;
  readonly uses: Map<string, string[]>;
  readonly direct: Set<string>;
  readonly digests: Map<string, Digests>;
}

function parseGemfileLock(bytes: Uint8Array): Inventory {
  const read: Read = {
    skipped: new SkipCounter(),
    list: new ComponentList(),
    versions: new Map(),
    uses: new Map(),
    direct: new Set(),
    digests: new Map(),
  };
  let [section, gem] = ['', ''];
  let remotes: string[] = [];
  let formatVersion: string | undefined;
  const sections = new Set<string>();
  for (const { line, text } of linesOf(decodeText(bytes))) {
    if (/^[A-Z]/.test(text)) {
      [section, gem, remotes] = [text.trim(), '', []];
      sections.add(section);
    } else if (section === 'BUNDLED WITH') formatVersion = text.trim() || formatVersion;
    else if (section === 'DEPENDENCIES') {
      const name = /^ {2}([^\s!(]+)/.exec(text)?.[1];
      if (name) read.direct.add(name);
    } else if (section === 'CHECKSUMS') readChecksum(text, read.digests);
    else if (section === 'GEM' || section === 'GIT' || section === 'PATH' || section === 'PLUGIN SOURCE') {
      const remote = /^ {2}remote: (.*)$/.exec(text)?.[1];
      if (remote) remotes.push(remote);
      else gem = readGem(section, remotes, gem, text, line, read);
    }
  }
  if (!['GEM', 'PATH', 'GIT', 'DEPENDENCIES', 'PLATFORMS'].some((name) => sections.has(name)))
    throw new UnreadableInput('expected a Gemfile.lock with a GEM, GIT or PATH section, found none');
  // Bundler ends its locks with what the Gemfile asks for.
  if (!sections.has('DEPENDENCIES')) throw new UnreadableInput('expected a DEPENDENCIES section, found the end of the file');
  const { versions, uses, direct, digests, skipped } = read;
  const chainTo = chainFinder<string>({
    roots: () => direct,
    next: (name) => uses.get(name) ?? [],
    label: (name) => `${name}@${versions.get(name) ?? '?'}`,
  });
  return {
    formatVersion,
    components: read.list.components.map((component) => {
      const known = digests.get(`${nameOf(component)} ${component.version}`);
      return { ...component, relation: direct.has(nameOf(component)) ? 'direct' : 'transitive', ...(known ? { digests: known } : {}) };
    }),
    skipped: skipped.list(),
    chainTo: (component) => chainTo(nameOf(component)),
  };
}

/** A gem, or what it asks for; returns the gem that the next lines belong to. */
function readGem(section: string, remotes: readonly string[], current: string, text: string, line: number, read: Read): string {
  const dependency = /^ {6}([^\s(!]+)/.exec(text)?.[1];
  if (dependency) {
    const known = read.uses.get(current);
    if (known) known.push(dependency);
    else read.uses.set(current, [dependency]);
    return current;
  }
  const [, name, full] = /^ {4}(\S+) \(([^)]+)\)$/.exec(text) ?? [];
  if (!name || !full) {
    if (/^ {4}\S/.test(text)) read.skipped.addNotUnderstood('gem without version', text.trim(), { line });
    return current;
  }
  const version = full.replace(PLATFORM, '');
  const isAgain = read.versions.get(name) === version;
  read.versions.set(name, version);
  if (section === 'PATH' && remotes.every((remote) => remote === '.')) read.skipped.add('the project itself', name, { line });
  // The builds of one version for several platforms are one component.
  else if (!isAgain) {
    const identity = { kind: 'package', type: 'gem', name } as const;
    read.list.add({ identity, version, source: sourceOf(section, remotes), at: { line } });
  }
  return name;
}

/** `  rake (13.0.6) sha256=…`; builds for platforms are other files. */
function readChecksum(text: string, digests: Map<string, Digests>): void {
  const [, name, version, sha256] = /^ {2}(\S+) \(([^)]+)\) sha256=([0-9a-f]{64})\b/.exec(text) ?? [];
  if (name && version && sha256) digests.set(`${name} ${version}`, { sha256 });
}

function nameOf({ identity }: FoundComponent): string {
  return identity.kind === 'package' ? identity.name : '';
}

function sourceOf(section: string, remotes: readonly string[]): ComponentSource {
  const remote = remotes[0] ?? '';
  if (section === 'GIT') return { kind: 'git', url: withoutCredentials(remote) };
  if (section === 'PATH') return { kind: 'path', path: remote };
  const others = remotes.flatMap((each) => hostOf(each) ?? []).filter((host) => !isHostOf(host, ['rubygems.org']));
  if (others[0] === undefined) return { kind: 'registry' };
  // Old locks put every source into one section: which gem came from which is not told.
  return others.length < remotes.length ? { kind: 'unstated' } : { kind: 'other-registry', host: others[0] };
}
