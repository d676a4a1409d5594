/** What a key of `packages` in pnpm-lock.yaml says. */
export interface PnpmKey {
  /** Absent in keys of folders and repositories: the entry names those. */
  readonly name: string | undefined;
  /** A version, or the address of what comes from no registry. */
  readonly reference: string | undefined;
  /** Host of the registry where it is not the default one; of the repository in keys such as `github.com/owner/repo/commit`. */
  readonly host: string | undefined;
}

/**
 * Reads a key of `packages` (https://github.com/pnpm/spec/blob/master/dependency-path.md): `/name/1.0.0_peers` until lockfileVersion 5,
 * `/name@1.0.0(peers)` in 6, `name@1.0.0` in 9; a host stands before the name where the registry is not the default one.
 */
export function readPnpmKey(key: string, major: number): PnpmKey {
  const base = basePnpmKey(key, major);
  if (base.startsWith('file:')) return { name: undefined, reference: base, host: undefined };
  const rooted = base.startsWith('/');
  const slash = base.indexOf('/');
  const hasHost = major < 9 && !rooted && slash > 0 && !base.startsWith('@');
  // A port is written with a plus sign.
  const host = hasHost ? base.slice(0, slash).replace(/\+(\d+)$/, ':$1') : undefined;
  const rest = hasHost ? base.slice(slash + 1) : rooted ? base.slice(1) : base;
  if (major < 6) return { ...readSlashed(rest), host };
  const at = rest.indexOf('@', 1);
  return at < 0 ? { name: undefined, reference: rest, host } : { name: rest.slice(0, at), reference: rest.slice(at + 1), host };
}

/** `@scope/name/1.0.0` and `owner/repo/commit`: which, the entry tells by naming the latter. */
function readSlashed(rest: string): { name: string | undefined; reference: string | undefined } {
  const parts = rest.split('/', 4);
  const named = rest.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, named).join('/'), reference: parts[named] };
}

/** A key without what tells apart the same package with different peers. */
export function basePnpmKey(key: string, major: number): string {
  if (major < 6) {
    const peers = key.startsWith('file:') ? -1 : key.indexOf('_', key.lastIndexOf('/'));
    return peers < 0 ? key : key.slice(0, peers);
  }
  const peers = key.indexOf('(');
  return peers < 0 ? key : key.slice(0, peers);
}
