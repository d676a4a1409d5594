import { chainFinder } from './dependency-chain.ts';
import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type ComponentSource, type FoundComponent, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';

/** Gemfile.lock and gems.locked (https://bundler.io/man/gemfile.5.html). */
export const gemfileLock: InventoryFormat = {
  id: 'gemfile-lock',
  title: 'Gemfile.lock, gems.locked',
  types: ['gem'],
  parse: parseGemfileLock,
};

function parseGemfileLock(bytes: Uint8Array): Inventory {
  const components: FoundComponent[] = [];
  const skipped = new SkipCounter();
  const dependencies = new Map<string, string[]>();
  const versions = new Map<string, string>();
  const direct = new Set<string>();
  let [section, remote, isIn] = ['', '', ''];
  let formatVersion: string | undefined;
  for (const { line, text } of linesOf(decodeText(bytes))) {
    if (/^[A-Z]/.test(text)) {
      [section, remote, isIn] = [text.trim(), '', ''];
      continue;
    }
    if (section === 'BUNDLED WITH' && text.trim()) formatVersion = text.trim();
    else if (section === 'DEPENDENCIES') {
      const name = /^ {2}([^\s!(]+)/.exec(text)?.[1];
      if (name) direct.add(name);
    } else if (['GEM', 'GIT', 'PATH', 'PLUGIN SOURCE'].includes(section)) {
      const setting = /^ {2}(remote|revision): (.*)$/.exec(text);
      if (setting?.[1] === 'remote') remote = setting[2] ?? '';
      const gem = /^ {4}(\S+) \(([^)]+)\)$/.exec(text);
      const dependency = /^ {6}([^\s(!]+)/.exec(text)?.[1];
      if (gem?.[1] && gem[2]) {
        isIn = gem[1];
        versions.set(gem[1], gem[2]);
        if (section === 'PATH') skipped.add('gem of a folder of the project', gem[1], { line });
        else {
          // `1.2.3-x86_64-linux` is the build of 1.2.3 for a platform.
          const version = gem[2].replace(/-(?:x86|x64|arm|aarch|universal|java|ruby|mswin|mingw|darwin|linux|musl)[\w-]*$/, '');
          components.push({
            identity: { kind: 'package', type: 'gem', name: gem[1] },
            version,
            source: sourceOf(section, remote),
            at: { line },
          });
        }
      } else if (dependency) dependencies.set(isIn, [...(dependencies.get(isIn) ?? []), dependency]);
    }
  }
  if (versions.size === 0 && !/^(GEM|PATH|GIT|DEPENDENCIES|PLATFORMS)$/m.test(decodeText(bytes))) {
    throw new UnreadableInput('expected a Gemfile.lock with a GEM, GIT or PATH section, found none');
  }
  // Bundler ends its locks with what the Gemfile asks for.
  if (!/^DEPENDENCIES$/m.test(decodeText(bytes))) throw new UnreadableInput('expected a DEPENDENCIES section, found the end of the file');
  const chainTo = chainFinder<string>({
    roots: () => direct,
    next: (name) => dependencies.get(name) ?? [],
    label: (name) => `${name}@${versions.get(name) ?? '?'}`,
  });
  return {
    formatVersion,
    components: components.map((component) => ({ ...component, relation: direct.has(nameOf(component)) ? 'direct' : 'transitive' })),
    skipped: skipped.list(),
    chainTo: (component) => chainTo(nameOf(component)),
  };
}

function nameOf({ identity }: FoundComponent): string {
  return identity.kind === 'package' ? identity.name : '';
}

function sourceOf(section: string, remote: string): ComponentSource {
  if (section === 'GIT') return { kind: 'git', url: remote };
  const host = /^https?:\/\/(?:[^@/]*@)?([^/:?#]+)/i.exec(remote)?.[1]?.toLowerCase();
  return host === undefined || host === 'rubygems.org' || host.endsWith('.rubygems.org')
    ? { kind: 'registry' }
    : { kind: 'other-registry', host };
}
