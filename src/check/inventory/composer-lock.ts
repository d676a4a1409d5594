import { hostOf } from '../identity.ts';
import { chainFinder } from './dependency-chain.ts';
import {
  asList,
  asRecord,
  asText,
  decodeText,
  entriesOf,
  field,
  isHostOf,
  parseJson,
  pointer,
  SkipCounter,
  withoutCredentials,
} from './input-text.ts';
import {
  type ComponentSource,
  type FoundComponent,
  type Inventory,
  type InventoryFormat,
  MAX_COMPONENTS,
  UnreadableInput,
} from './inventory.ts';

/** composer.lock, and vendor/composer/installed.json of Composer 1 and 2 (https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control). */
export const composerLock: InventoryFormat = {
  id: 'composer-lock',
  title: 'composer.lock, installed.json of Composer',
  types: ['composer'],
  parse: parseComposerLock,
};

function parseComposerLock(bytes: Uint8Array): Inventory {
  const document = parseJson(decodeText(bytes));
  const lists: readonly (readonly [string, unknown])[] = Array.isArray(document)
    ? [['', document]]
    : ['packages', 'packages-dev'].map((name) => [name, field(document, name)] as const);
  if (!lists.some(([, list]) => Array.isArray(list))) throw new UnreadableInput('expected a composer.lock with packages, found none');
  const components: FoundComponent[] = [];
  const skipped = new SkipCounter();
  const requires = new Map<string, string[]>();
  const versions = new Map<string, string>();
  for (const [list, entries] of lists) {
    for (const [index, entry] of asList(entries).entries()) {
      const at = { pointer: list === '' ? pointer(index) : pointer(list, index) };
      const [name, version] = [asText(field(entry, 'name')), asText(field(entry, 'version'))];
      if (!asRecord(entry) || name === undefined || !/^[^/\s]+\/[^/\s]+$/.test(name)) {
        skipped.addNotUnderstood('package without vendor and name', name, at);
        continue;
      }
      requires.set(
        name,
        entriesOf(field(entry, 'require')).map(([required]) => required),
      );
      if (version) versions.set(name, version);
      const sha1 = asText(field(field(entry, 'dist'), 'shasum'));
      components.push({
        identity: { kind: 'package', type: 'composer', name },
        version,
        source: sourceOf(entry),
        at,
        ...(sha1 && /^[0-9a-f]{40}$/.test(sha1) ? { digests: { sha1 } } : {}),
      });
      if (components.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages`, at);
    }
  }
  const asked = new Set([...requires.values()].flat());
  // The lock does not repeat what composer.json asks for: what nothing else asks for, the project must.
  const roots = [...requires.keys()].filter((name) => !asked.has(name));
  const chainTo = chainFinder<string>({
    roots: () => roots,
    next: (name) => (requires.get(name) ?? []).filter((each) => requires.has(each)),
    label: (name) => `${name}@${versions.get(name) ?? '?'}`,
  });
  return {
    formatVersion: asText(field(document, 'plugin-api-version')),
    components,
    skipped: skipped.list(),
    chainTo: (component) => (component.identity.kind === 'package' ? chainTo(component.identity.name) : undefined),
  };
}

function sourceOf(entry: unknown): ComponentSource {
  const notified = asText(field(entry, 'notification-url'));
  const host = notified === undefined ? undefined : hostOf(notified);
  if (host !== undefined) return isHostOf(host, ['packagist.org']) ? { kind: 'registry' } : { kind: 'other-registry', host };
  const dist = field(entry, 'dist');
  if (field(dist, 'type') === 'path') return { kind: 'path', path: asText(field(dist, 'url')) ?? '' };
  const git = asText(field(field(entry, 'source'), 'url'));
  // Packagist's packages carry its notification address; without one, the repository was named by hand.
  return git ? { kind: 'git', url: withoutCredentials(git) } : { kind: 'unstated' };
}
