import { withoutCredentials } from './input-text.ts';
import type { ComponentSource, FoundComponent } from './inventory.ts';
import { addressSource, isPythonName, pythonIdentity, readDistributionFile, repositoryAlias, repositoryCommit } from './python-source.ts';

/** A requirement in its parts (https://packaging.python.org/en/latest/specifications/dependency-specifiers/). Its marker is passed over. */
interface PythonRequirement {
  readonly name: string;
  /** Clauses joined by commas; empty where any version will do. */
  readonly specifier: string;
  /** Address of `name @ address`. */
  readonly address: string | undefined;
}

const MAX_REQUIREMENT = 20_000;

/** Reads `name[extras] >=1,<2 ; marker` and `name @ address ; marker`; undefined where a text is neither. */
export function parseRequirement(written: string): PythonRequirement | undefined {
  if (written.length > MAX_REQUIREMENT) return undefined;
  const text = written.trim();
  const name = /^[\w.-]+/.exec(text)?.[0];
  if (name === undefined || !isPythonName(name)) return undefined;
  let rest = text.slice(name.length).trimStart();
  if (rest.startsWith('[')) {
    const end = rest.indexOf(']');
    if (end < 0) return undefined;
    rest = rest.slice(end + 1).trimStart();
  }
  if (rest.startsWith('@')) {
    // An address ends at a space: a semicolon may belong to it.
    const address = rest.slice(1).trim().split(/\s/, 1)[0];
    return address ? { name, specifier: '', address } : undefined;
  }
  const [written2 = ''] = rest.split(';', 1);
  const specifier = readSpecifier(written2);
  return specifier === undefined ? undefined : { name, specifier, address: undefined };
}

/** Clauses as they stand, without spaces around and parentheses; undefined where they are none. */
function readSpecifier(written: string): string | undefined {
  let text = written.trim();
  if (text.startsWith('(') && text.endsWith(')')) text = text.slice(1, -1);
  const clauses = text.split(',').map((clause) => clause.trim());
  if (clauses.length > 1 && clauses.at(-1) === '') clauses.pop();
  if (clauses.length === 1 && clauses[0] === '') return '';
  return clauses.every((clause) => /^(?:===|==|~=|!=|<=|>=|<|>)\s*[^\s,;()]+$/.test(clause)) ? clauses.join(',') : undefined;
}

/** The one version that a specifier admits: `==1.0` and `===1.0`, not `==1.*`. */
export function pinnedVersion(specifier: string): string | undefined {
  for (const clause of specifier.split(',')) {
    const version = /^={2,3}\s*([^\s*=][^\s*]*)$/.exec(clause.trim())?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

/** A requirement as a component: a pin is a version where `pins` says so, all else is asked for. */
export function requirementComponent(
  { name, specifier, address }: PythonRequirement,
  at: FoundComponent['at'],
  { source, pins }: { readonly source: ComponentSource; readonly pins: boolean },
): FoundComponent {
  if (address !== undefined) return addressComponent(name, address, at);
  const version = pins ? pinnedVersion(specifier) : undefined;
  return { identity: pythonIdentity(name), ...(version === undefined ? { requested: specifier || '*' } : { version }), source, at };
}

/** What comes from an address of its own: its version is the commit, or stands in the name of the file. */
export function addressComponent(name: string, address: string, at: FoundComponent['at']): FoundComponent {
  const source = addressSource(address);
  const version = source.kind === 'git' ? repositoryCommit(address) : readDistributionFile(address)?.version;
  return {
    identity: pythonIdentity(name),
    ...(version === undefined ? { requested: withoutCredentials(address) } : { version }),
    source,
    at,
    ...repositoryAlias(address),
  };
}
