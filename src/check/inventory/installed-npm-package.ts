import { asRecord, asText, decodeText, field, parseJson } from './input-text.ts';
import { type InputContext, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';
import { isNpmName, npmAliases, npmIdentity, npmSource, readIntegrity } from './npm-source.ts';

/**
 * package.json of an installed package, by its place in node_modules. What it asks for is not told: that is installed beside it. npm before 7
 * notes there where it came from.
 */
export const installedNpmPackage: InventoryFormat = {
  id: 'installed-npm-package',
  title: 'package.json in node_modules',
  types: ['npm'],
  parse: parseInstalledNpmPackage,
};

/** Whether a path is of a package.json that belongs to an installed package. */
export function isInstalledPath(path: string): boolean {
  return nameOfPath(path) !== undefined;
}

function nameOfPath(path: string): string | undefined {
  return /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/@][^/]*)\/package\.json$/.exec(path.replaceAll('\\', '/').slice(-2_000))?.[1];
}

function parseInstalledNpmPackage(bytes: Uint8Array, { path }: InputContext): Inventory {
  const document = asRecord(parseJson(decodeText(bytes)));
  if (!document) throw new UnreadableInput('expected package.json of an installed package, found JSON that is no object');
  // The folder of an alias has another name.
  const name = asText(field(document, 'name')) ?? nameOfPath(path);
  if (name === undefined || !isNpmName(name)) throw new UnreadableInput('expected package.json with a name, found none');
  const version = asText(field(document, 'version'));
  const resolved = asText(field(document, '_resolved'));
  const digests = readIntegrity(asText(field(document, '_integrity')));
  const alsoKnownAs = npmAliases(name, version, resolved);
  return {
    components: [
      {
        identity: npmIdentity(name),
        version,
        source: npmSource(resolved),
        at: { pointer: version === undefined ? '' : '/version' },
        ...(digests ? { digests } : {}),
        ...(alsoKnownAs ? { alsoKnownAs } : {}),
      },
    ],
    skipped: [],
  };
}
