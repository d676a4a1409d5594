import { type ApplicationIdentity, hostOf } from '../identity.ts';
import { ComponentList } from './component-list.ts';
import { asList, asRecord, asText, decodeText, field, isHostOf, pointer, SkipCounter } from './input-text.ts';
import {
  type ComponentSource,
  type FoundComponent,
  type InputContext,
  type Inventory,
  type InventoryFormat,
  type Place,
  UnreadableInput,
} from './inventory.ts';
import { parseJsonc } from './jsonc-text.ts';
import { isoTime } from './vscode-extensions.ts';

/**
 * Extensions of browsers: the manifest.json of an extension, whose folder `Extensions/<id>/<version>/` says which one it is
 * (https://developer.chrome.com/docs/extensions/reference/manifest), and the extensions.json of a Firefox profile
 * (https://searchfox.org/mozilla-central/source/toolkit/mozapps/extensions/internal/XPIDatabase.sys.mjs).
 */
export const browserExtensions: InventoryFormat = {
  id: 'browser-extensions',
  title: 'Chrome or Firefox extensions',
  types: ['chrome-extension'],
  parse: parseBrowserExtensions,
};

function parseBrowserExtensions(bytes: Uint8Array, { path }: InputContext): Inventory {
  const document = parseJsonc(decodeText(bytes));
  const list = new ComponentList();
  const skipped = new SkipCounter();
  const addons = field(document, 'addons');
  if (Array.isArray(addons)) {
    addons.forEach((addon, index) => {
      readAddon(addon, { pointer: pointer('addons', index) }, list, skipped);
    });
    const version = field(document, 'schemaVersion');
    return {
      formatVersion: typeof version === 'number' ? String(version) : undefined,
      components: list.components,
      skipped: skipped.list(),
    };
  }
  const manifestVersion = field(document, 'manifest_version');
  // Other files of this name (web apps, build tools) have no such field.
  if (!asRecord(document) || (manifestVersion !== 1 && manifestVersion !== 2 && manifestVersion !== 3)) {
    throw new UnreadableInput(
      'expected the manifest of a browser extension (manifest_version 1 to 3) or the addons of Firefox, found neither',
    );
  }
  list.add(readManifest(document, path));
  return { formatVersion: String(manifestVersion), components: list.components, skipped: skipped.list() };
}

/** What is known of a Chrome extension. */
export interface ChromeExtension {
  /** The 32 letters from a to p that name it in the store. */
  readonly id: string;
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly updateUrl?: string | undefined;
}

/** The component of a Chrome extension: of the store by its identifier; also known as the program of its name. */
export function chromeComponent({ id, name, version, updateUrl }: ChromeExtension, at: Place): FoundComponent {
  // Names in the user's language stand in files of their own.
  const isNamed = name !== undefined && !name.startsWith('__MSG_');
  const program: ApplicationIdentity = { kind: 'application', name: isNamed ? name : id, bundleId: id };
  return {
    identity: { kind: 'package', type: 'chrome-extension', name: id },
    version,
    source: storeOf(updateUrl),
    at,
    alsoKnownAs: [{ identity: program }],
  };
}

/** Whether a text can be the identifier of a Chrome extension. */
export function isChromeId(text: string): boolean {
  return /^[a-p]{32}$/.test(text);
}

/** The component of an extension of Firefox, or of another browser without the identifiers of Chrome. */
export function addonComponent(
  {
    id,
    name,
    version,
    vendor,
  }: { readonly id: string | undefined; readonly name: string; readonly version: string | undefined; readonly vendor?: string | undefined },
  at: Place,
): FoundComponent {
  return { identity: { kind: 'application', name, vendor, bundleId: id }, version, source: { kind: 'unstated' }, at };
}

/** The stores of Chrome and Edge relay what is known under these identifiers. */
function storeOf(updateUrl: string | undefined): ComponentSource {
  const host = updateUrl === undefined ? undefined : hostOf(updateUrl);
  if (host === undefined) return { kind: 'unstated' };
  return isHostOf(host, ['google.com', 'googleapis.com', 'microsoft.com']) ? { kind: 'registry' } : { kind: 'other-registry', host };
}

function readManifest(document: unknown, path: string): FoundComponent {
  const at = { pointer: '/version' };
  const name = asText(field(document, 'name'));
  const version = asText(field(document, 'version'));
  if (name === undefined) throw new UnreadableInput('expected the name of an extension in its manifest, found none', { pointer: '/name' });
  const id = path.split(/[/\\]/).findLast(isChromeId);
  if (id !== undefined) return chromeComponent({ id, name, version, updateUrl: asText(field(document, 'update_url')) }, at);
  const settings = field(document, 'browser_specific_settings') ?? field(document, 'applications');
  return addonComponent({ id: asText(field(field(settings, 'gecko'), 'id')), name, version }, at);
}

/** Other locations of a system, such as `app-system-share`, hold what others installed for all users. */
const PARTS_OF_BROWSER: ReadonlySet<string> = new Set(['app-builtin', 'app-builtin-addons', 'app-system-addons', 'app-system-defaults']);

/** An entry of Firefox: extensions, themes, dictionaries; what came with the browser is part of it. */
function readAddon(addon: unknown, at: Place, list: ComponentList, skipped: SkipCounter): void {
  const id = asText(field(addon, 'id'));
  const version = asText(field(addon, 'version'));
  const locale = field(addon, 'defaultLocale');
  const name = asText(field(locale, 'name')) ?? id;
  const location = asText(field(addon, 'location')) ?? '';
  if (id === undefined || name === undefined) skipped.addNotUnderstood('addon without an identifier', undefined, at);
  else if (PARTS_OF_BROWSER.has(location)) skipped.add('addon that is part of the browser', id, at);
  else {
    const installedAt = isoTime(field(addon, 'updateDate')) ?? isoTime(field(addon, 'installDate'));
    const vendor = asText(field(locale, 'creator')) ?? asText(asList(field(locale, 'developers'))[0]);
    list.add({ ...addonComponent({ id, name, version, vendor }, at), ...(installedAt ? { installedAt } : {}) });
  }
}
