import type { FoundComponent } from './inventory.ts';
import { readNpmRequest } from './npm-request.ts';
import { isNpmName, npmIdentity, npmSource } from './npm-source.ts';
import { parseRequirement, requirementComponent } from './python-requirement.ts';
import { indexSource } from './python-source.ts';
import { shellCommands } from './shell-words.ts';

/** What a script installs, without its place. */
export type ShellInstall = Omit<FoundComponent, 'at'>;

/** What the commands of a script install by name, and what they do not say enough about. */
export interface ShellInstalls {
  readonly components: readonly ShellInstall[];
  /** What is installed and gives no component, each with the reason. */
  readonly skipped: readonly { readonly reason: string; readonly example: string }[];
}

/**
 * What the commands of package managers in a shell script install by name: npm, pnpm, Yarn, Bun and their runners (`npx`), pip, pipx and uv, gem, cargo and go. A
 * version or range is looked up; what is asked for without one is whatever is the newest when the script runs. Files, folders, addresses and repositories are not names.
 */
export function shellInstalls(script: string): ShellInstalls {
  const components: ShellInstall[] = [];
  const skipped: { reason: string; example: string }[] = [];
  for (const words of shellCommands(script)) {
    const install = readInstall(words);
    if (!install) continue;
    const { manager, named, options } = install;
    for (const text of named) {
      const read = /[$`*]/.test(text) ? 'install of what a variable or expression names' : manager.read(text, options);
      if (read === undefined) skipped.push({ reason: 'install of a file, folder, address or repository', example: text });
      else if (typeof read === 'string') skipped.push({ reason: read, example: text });
      else components.push({ ...read, relation: 'direct' });
    }
  }
  return { components, skipped };
}

const UNPINNED = 'install without a version';

type Options = ReadonlyMap<string, string>;

interface Manager {
  /** Words before what is installed, after wrappers such as `sudo`. */
  readonly command: RegExp;
  /** Options that are followed by a value of their own. */
  readonly valued: ReadonlySet<string>;
  /** Only the first name is installed, what follows is given to it. */
  readonly isRunner?: true;
  /** The component; the reason why there is none; undefined where it is no name. */
  read(text: string, options: Options): ShellInstall | string | undefined;
}

const JS_OPTIONS = new Set(
  '--registry --prefix --tag --cwd -C --dir -w --workspace --filter -F --userconfig --loglevel --omit --include --cache -c --call'.split(
    ' ',
  ),
);
const PIP_OPTIONS = new Set(
  '-r --requirement -c --constraint -e --editable -i --index-url --extra-index-url --index --default-index -f --find-links -t --target -p --python --prefix --root --platform --python-version --abi --implementation --timeout --retries --trusted-host --cache-dir --progress-bar --no-binary --only-binary --group --extra --with --from --spec'.split(
    ' ',
  ),
);
const GEM_OPTIONS = new Set(
  '-v --version -i --install-dir -n --bindir -s --source -P --trust-policy -p --http-proxy --platform'.split(' '),
);
const CARGO_OPTIONS = new Set(
  '--version --vers --git --branch --tag --rev --path --root --registry --index --features -F --bin --example --target --target-dir --profile -j --jobs --config --color'.split(
    ' ',
  ),
);
const GO_OPTIONS = new Set('-ldflags -gcflags -asmflags -tags -mod -modfile -o -p -C -toolexec'.split(' '));

const MANAGERS: readonly Manager[] = [
  { command: /^npm (?:i|in|ins|inst|install|add) /, valued: JS_OPTIONS, read: readNpm },
  { command: /^pnpm (?:i|install|add) |^yarn (?:global )?add |^bun (?:i|install|add) /, valued: JS_OPTIONS, read: readNpm },
  { command: /^(?:npx|bunx|pnpx|npm (?:exec|x)|pnpm dlx|yarn dlx|bun x) /, valued: JS_OPTIONS, isRunner: true, read: readNpm },
  {
    command: /^(?:(?:python|py)[\d.]* -m )?pip[\d.]* install |^uv (?:pip install|add|tool install) |^pipx install /,
    valued: PIP_OPTIONS,
    read: readPython,
  },
  { command: /^(?:uvx|uv tool run|pipx run) /, valued: PIP_OPTIONS, isRunner: true, read: readPython },
  { command: /^gem (?:i|install) /, valued: GEM_OPTIONS, read: readGem },
  { command: /^cargo (?:install|binstall) /, valued: CARGO_OPTIONS, read: readCargo },
  { command: /^go (?:install|get) /, valued: GO_OPTIONS, read: readGo },
  { command: /^go run /, valued: GO_OPTIONS, isRunner: true, read: readGo },
];

/** Words of a shell and commands that run the command behind them. */
const WRAPPER = /^(?:if|then|else|elif|do|while|until|!|\{|sudo|exec|time|env|command|nohup|call|&|corepack|-[EHnq]+|[A-Za-z_]\w*=.*)$/;
/** Options that name what a runner installs. */
const NAMING = new Set(['-p', '--package', '--from', '--spec', '--with']);

interface Install {
  readonly manager: Manager;
  readonly named: readonly string[];
  readonly options: Options;
}

function readInstall(words: readonly string[]): Install | undefined {
  const start = words.findIndex((word) => !WRAPPER.test(word));
  if (start < 0) return undefined;
  // Options of the manager itself may stand before its command: `npm --silent install`.
  const [program = '', ...rest] = words.slice(start);
  const name = program.slice(program.lastIndexOf('/') + 1).replace(/\.(?:exe|cmd)$/i, '');
  const isModule = /^(?:python|py)[\d.]*$/.test(name);
  const own = isModule ? rest : rest.slice(Math.max(0, RUNNERS.has(name) ? 0 : rest.findIndex((word) => !word.startsWith('-'))));
  const beginning = `${[name, ...own.slice(0, 4)].join(' ')} `;
  const manager = MANAGERS.find(({ command }) => command.test(beginning));
  if (!manager) return undefined;
  const length = (manager.command.exec(beginning)?.[0].trim().split(' ').length ?? 1) - 1;
  return { manager, ...readWords(manager, own.slice(length)) };
}

const RUNNERS: ReadonlySet<string> = new Set(['npx', 'bunx', 'pnpx', 'uvx']);

function readWords(manager: Manager, words: readonly string[]): Pick<Install, 'named' | 'options'> {
  const named: string[] = [];
  const options = new Map<string, string>();
  let isNamed = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (!word.startsWith('-')) {
      if (!isNamed) named.push(word);
      // What a runner starts is the first word, or what an option named.
      if (manager.isRunner) break;
      continue;
    }
    const [, option = word, joined] = /^(--?[\w-]+)=(.*)$/.exec(word) ?? [];
    const isNaming = manager.isRunner === true && NAMING.has(option);
    const value = joined ?? (isNaming || manager.valued.has(option) ? words[++index] : undefined);
    if (value === undefined) continue;
    options.set(option, value);
    if (!isNaming) continue;
    named.push(value);
    if (option !== '--with') isNamed = true;
  }
  return { named, options };
}

function readNpm(text: string, options: Options): ShellInstall | string | undefined {
  if (/^[./~]|:\/\/|^[\w-]+\/|^(?:git|github|file|link|gist|gitlab|bitbucket|https?):|\.tgz$/i.test(text)) return undefined;
  const at = text.indexOf('@', 1);
  const name = at < 0 ? text : text.slice(0, at);
  if (!isNpmName(name)) return undefined;
  const request = at < 0 ? '' : text.slice(at + 1);
  if (request === '' || request === 'latest') return UNPINNED;
  const registry = options.get('--registry');
  const source = registry === undefined ? undefined : { source: npmRegistry(registry) };
  if (/^v?\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/.test(request)) {
    return { identity: npmIdentity(name), version: request.replace(/^v/, ''), source: { kind: 'registry' }, ...source };
  }
  const asked = readNpmRequest(name, request);
  if (typeof asked === 'string') return asked;
  const { requested } = asked;
  const isExact = asked.source.kind === 'registry' && requested !== undefined && /^\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/.test(requested);
  return { ...asked, ...(isExact ? { version: requested, requested: undefined } : {}), ...source };
}

function npmRegistry(address: string): FoundComponent['source'] {
  return npmSource(`${address.replace(/\/$/, '')}/x/-/x-0.tgz`);
}

function readPython(text: string, options: Options): ShellInstall | string | undefined {
  // Tools may be named as npm names packages: `uvx ruff@0.6.0`.
  const requirement = parseRequirement(text.replace(/^([\w.-]+(?:\[[\w,.-]*\])?)@(\d[\w.+!-]*)$/, '$1==$2'));
  if (/^[./~]|[\\/]|\.(?:whl|zip|tar\.gz)$/i.test(text) || !requirement) return undefined;
  if (requirement.specifier === '') return UNPINNED;
  const index = options.get('--index-url') ?? options.get('-i') ?? options.get('--default-index');
  return requirementComponent(requirement, {}, { source: indexSource(index), pins: true });
}

function readGem(text: string, options: Options): ShellInstall | string | undefined {
  const [name = '', own] = text.split(':', 2);
  if (!/^[\w.-]+$/.test(name) || name.endsWith('.gem')) return undefined;
  const asked = own ?? options.get('-v') ?? options.get('--version');
  return versioned('gem', name, asked, otherRegistry(options.get('-s') ?? options.get('--source'), 'rubygems.org'));
}

function readCargo(text: string, options: Options): ShellInstall | string | undefined {
  if (options.has('--git') || options.has('--path')) return undefined;
  const [name = '', own] = text.split('@', 2);
  if (!/^[\w-]+$/.test(name)) return undefined;
  const asked = (own ?? options.get('--version') ?? options.get('--vers'))?.replace(/^=\s*/, '');
  const registry = options.get('--registry') ?? options.get('--index');
  return versioned('cargo', name, asked, registry === undefined ? { kind: 'registry' } : { kind: 'other-registry', host: registry });
}

/** A path of a package in a module, with the version of the module, which is one of the paths above it. */
function readGo(text: string): ShellInstall | string | undefined {
  const [path = '', version = 'latest'] = text.split('@', 2);
  if (!/^[a-z0-9][\w.-]*\.[a-z]+\/[\w.~/-]{1,500}$/i.test(path)) return undefined;
  if (!/^v\d|^[0-9a-f]{7,40}$/.test(version)) return UNPINNED;
  const parts = path.split('/').slice(0, 10);
  const above = parts.slice(2).map((_, index) => parts.slice(0, index + 2).join('/'));
  const named = (name: string) => ({ identity: { kind: 'package', type: 'golang', name }, version }) as const;
  return { ...named(path), source: { kind: 'registry' }, ...(above.length > 0 ? { alsoKnownAs: above.map(named) } : {}) };
}

function versioned(type: string, name: string, asked: string | undefined, source: FoundComponent['source']): ShellInstall | string {
  if (asked === undefined || asked === '') return UNPINNED;
  const identity = { kind: 'package', type, name } as const;
  if (/[$`]/.test(asked)) return 'install of what a variable or expression names';
  return /^v?\d[\w.+-]*$/.test(asked) ? { identity, version: asked.replace(/^v/, ''), source } : { identity, requested: asked, source };
}

function otherRegistry(address: string | undefined, domain: string): FoundComponent['source'] {
  if (address === undefined) return { kind: 'registry' };
  const host = /^(?:https?:\/\/)?(?:[^/@]*@)?([^/:]+)/i.exec(address)?.[1]?.toLowerCase() ?? address;
  return host === domain || host.endsWith(`.${domain}`) ? { kind: 'registry' } : { kind: 'other-registry', host };
}
