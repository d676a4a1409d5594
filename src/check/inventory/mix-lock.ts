import { decodeText, linesOf, SkipCounter, withoutCredentials } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';

/** mix.lock of Elixir (https://hexdocs.pm/mix/Mix.Tasks.Deps.html): a map of tuples, one a line. */
export const mixLock: InventoryFormat = { id: 'mix-lock', title: 'mix.lock', types: ['hex'], parse: parseMixLock };

/** Very old locks have no checksum. */
const HEX = /^\s*"([^"]{1,200})": \{:hex, :"?([\w@]{1,200})"?, "([^"]{1,200})"[,}]/;
/** The checksum of the whole file stands last; the first one is of its contents. */
const OUTER = /\], "[^"]{1,200}", "([0-9a-fA-F]{64})"\},?\s*$/;
const GIT = /^\s*"([^"]{1,200})": \{:git, "([^"]{1,500})", "([0-9a-f]{40})"/;

function parseMixLock(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  if (!/^\s*%\{/.test(text)) throw new UnreadableInput('expected a mix.lock that begins with %{, found something else');
  if (!/(?:^\s*%\{|\n)\s*\}\s*$/.test(text.slice(-1000)))
    throw new UnreadableInput('expected a mix.lock that ends with }, found its end too early');
  const components: FoundComponent[] = [];
  const skipped = new SkipCounter();
  for (const { line: number, text: line } of linesOf(text)) {
    const at = { line: number };
    const hex = HEX.exec(line);
    const git = hex ? null : GIT.exec(line);
    if (hex?.[2] && hex[3]) {
      const identity = { kind: 'package', type: 'hex', name: hex[2] } as const;
      const sha256 = OUTER.exec(line.slice(-400))?.[1]?.toLowerCase();
      components.push({ identity, version: hex[3], source: readRepository(line), at, ...(sha256 ? { digests: { sha256 } } : {}) });
    } else if (git?.[1] && git[2])
      components.push({
        identity: { kind: 'package', type: 'hex', name: git[1] },
        version: git[3],
        source: { kind: 'git', url: withoutCredentials(git[2]) },
        at,
      });
    else if (/^\s*"/.test(line)) skipped.addNotUnderstood('entry that is no package of Hex or git', line.trim().slice(0, 80), at);
  }
  return { components, skipped: skipped.list() };
}

/** The name of the repository follows the dependencies: `"hexpm"` or that of an organization. */
function readRepository(line: string): FoundComponent['source'] {
  const repository = /\], "([^"]{1,200})"/.exec(line)?.[1];
  return repository === undefined || repository === 'hexpm' ? { kind: 'registry' } : { kind: 'other-registry', host: repository };
}
