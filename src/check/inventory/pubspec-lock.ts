import { hostOf } from '../identity.ts';
import { asText, decodeText, entriesOf, field, isHostOf, pointer, SkipCounter, withoutCredentials } from './input-text.ts';
import { type ComponentSource, type FoundComponent, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';
import { parseYamlWithLines } from './yaml-lines.ts';

/** pubspec.lock of Dart and Flutter (https://dart.dev/tools/pub/glossary#lockfile). */
export const pubspecLock: InventoryFormat = { id: 'pubspec-lock', title: 'pubspec.lock', types: ['pub'], parse: parsePubspecLock };

function parsePubspecLock(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  if (text.trim() === '') throw new UnreadableInput('expected a pubspec.lock, found an empty file');
  const document = parseYamlWithLines(text);
  const packages = field(document.value, 'packages');
  if (typeof packages !== 'object' || packages === null) throw new UnreadableInput('expected a pubspec.lock with packages, found none');
  // Pub ends its locks with the SDKs that they fit.
  if (field(document.value, 'sdks') === undefined)
    throw new UnreadableInput('expected a pubspec.lock with sdks at its end, found its end too early');
  const skipped = new SkipCounter();
  const components = entriesOf(packages).flatMap(([name, entry]): FoundComponent[] => {
    const at = { line: document.lineOf(packages, name), pointer: pointer('packages', name) };
    const version = asText(field(entry, 'version'));
    const source = readSource(asText(field(entry, 'source')), field(entry, 'description'));
    if (version === undefined || source === undefined) {
      if (version !== undefined && asText(field(entry, 'source')) === 'sdk') skipped.add('package of the SDK', name, at);
      else skipped.addNotUnderstood('package without version or source', name, at);
      return [];
    }
    const relation = /^direct/.test(asText(field(entry, 'dependency')) ?? '') ? 'direct' : 'transitive';
    const sha256 = asText(field(field(entry, 'description'), 'sha256'));
    const digests = sha256 && /^[0-9a-f]{64}$/.test(sha256) ? { digests: { sha256 } } : {};
    // The name under which the registry has it, where the project calls it otherwise.
    const real = (source.kind === 'registry' ? asText(field(field(entry, 'description'), 'name')) : undefined) ?? name;
    return [{ identity: { kind: 'package', type: 'pub', name: real }, version, source, at, relation, ...digests }];
  });
  return { components, skipped: skipped.list() };
}

function readSource(source: string | undefined, description: unknown): ComponentSource | undefined {
  const url = asText(field(description, 'url'));
  switch (source) {
    case 'hosted': {
      const host = url === undefined ? undefined : hostOf(url);
      return host === undefined || isHostOf(host, ['pub.dev', 'dartlang.org']) ? { kind: 'registry' } : { kind: 'other-registry', host };
    }
    case 'git':
      return { kind: 'git', url: withoutCredentials(url ?? '') };
    case 'path':
      return { kind: 'path', path: asText(field(description, 'path')) ?? '' };
    default:
      return undefined;
  }
}
