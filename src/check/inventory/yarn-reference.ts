/** What a `resolution` of Yarn 2 and later says: which package, and where it comes from. */
interface BerryReference {
  readonly name: string;
  /** Address that is not the registry's default; undefined for that. */
  readonly address: string | undefined;
  /** Folder of a workspace, `.` for the project; undefined for what is none. */
  readonly workspace: string | undefined;
}

/** A patch may be of a patch; deeper ones are not followed. */
const MAX_PATCHES = 5;

/**
 * Reads a locator such as `name@npm:1.0.0` (https://yarnpkg.com/protocols). A patched package is what was patched.
 */
export function readBerryReference(resolution: string, depth = 0): BerryReference | undefined {
  const end = resolution.indexOf('@', 1);
  if (end < 0 || resolution.length > 8_192) return undefined;
  const name = resolution.slice(0, end);
  const reference = resolution.slice(end + 1);
  if (reference.startsWith('workspace:')) return { name, address: undefined, workspace: reference.slice('workspace:'.length) };
  if (reference.startsWith('npm:')) return { name, address: archiveUrlOf(reference), workspace: undefined };
  if (reference.startsWith('patch:')) {
    const inner = decode(reference.slice('patch:'.length).split('#', 1)[0] ?? '');
    const patched = inner !== undefined && depth < MAX_PATCHES ? readBerryReference(inner, depth + 1) : undefined;
    return patched && { ...patched, name };
  }
  // `file:./folder#./folder::hash=1&locator=…`: the rest is bound to the project.
  const [address = ''] = reference.split('::', 1);
  return { name, address: /^(?:file|link|portal|exec):/.test(address) ? address.split('#', 1)[0] : address, workspace: undefined };
}

/** Another registry than the configured one stands in a parameter. */
function archiveUrlOf(reference: string): string | undefined {
  const parameters = reference.split('::')[1];
  const written = parameters && /(?:^|&)__archiveUrl=([^&]*)/.exec(parameters)?.[1];
  return written ? decode(written) : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
