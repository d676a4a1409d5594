import type { ApplicationIdentity } from '../identity.ts';
import { hostOf } from '../identity.ts';
import { ComponentList } from './component-list.ts';
import { asList, asText, decodeText, field, isHostOf, parseJson, pointer, SkipCounter } from './input-text.ts';
import {
  type ComponentSource,
  type FoundComponent,
  type Inventory,
  type InventoryFormat,
  type Place,
  UnreadableInput,
} from './inventory.ts';

/**
 * `winget export`, best with `--include-versions` (https://learn.microsoft.com/windows/package-manager/winget/export,
 * https://github.com/microsoft/winget-cli/tree/master/schemas/JSON/packages). It lists only programs that its sources know.
 */
export const wingetExport: InventoryFormat = { id: 'winget-export', title: 'winget export', types: [], parse: parseWingetExport };

function parseWingetExport(bytes: Uint8Array): Inventory {
  const document = parseJson(decodeText(bytes));
  const sources = field(document, 'Sources');
  if (!Array.isArray(sources)) throw new UnreadableInput('expected an export of winget with Sources, found none');
  const list = new ComponentList();
  const skipped = new SkipCounter();
  asList(sources).forEach((source, index) => {
    const packages = field(source, 'Packages');
    if (!Array.isArray(packages)) skipped.addNotUnderstood('source without packages', undefined, { pointer: pointer('Sources', index) });
    const origin = originOf(field(source, 'SourceDetails'));
    asList(packages).forEach((entry, position) => {
      const at = { pointer: pointer('Sources', index, 'Packages', position) };
      // Older releases wrote `Id`.
      const id = asText(field(entry, 'PackageIdentifier')) ?? asText(field(entry, 'Id'));
      if (id === undefined) skipped.addNotUnderstood('package without an identifier', undefined, at);
      else list.add(wingetComponent(id, undefined, asText(field(entry, 'Version')), origin, at));
    });
  });
  const schema = asText(field(document, '$schema'))?.slice(0, 200);
  const formatVersion = /packages\.schema\.(\d[\d.]{0,20})\.json$/.exec(schema ?? '')?.[1];
  return { formatVersion, components: list.components, skipped: skipped.list() };
}

/** The component of a program that winget lists. `Publisher.Name` is also looked up as the program `Name` of that vendor. */
export function wingetComponent(
  id: string,
  title: string | undefined,
  version: string | undefined,
  source: ComponentSource,
  at: Place,
): FoundComponent {
  const dot = id.indexOf('.');
  const vendor = dot > 0 ? id.slice(0, dot) : undefined;
  const name = dot > 0 ? id.slice(dot + 1) : undefined;
  const program = (spelling: string): ApplicationIdentity => ({ kind: 'application', name: spelling, vendor, platform: 'windows' });
  return {
    identity: { ...program(title ?? id), bundleId: id },
    version: version === 'Unknown' ? undefined : version,
    source,
    at,
    relation: 'direct',
    ...(name && name !== title ? { alsoKnownAs: [{ identity: program(name) }] } : {}),
  };
}

/** The sources that come with Windows are Microsoft's. */
function originOf(details: unknown): ComponentSource {
  const address = asText(field(details, 'Argument'));
  const host = address === undefined ? undefined : hostOf(address);
  return host === undefined || isHostOf(host, ['microsoft.com']) ? { kind: 'registry' } : { kind: 'other-registry', host };
}
