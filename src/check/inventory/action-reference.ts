import type { FoundComponent } from './inventory.ts';

/** `owner/repository[/path]@ref`. An action in a folder, or a reusable workflow, is also known by its path. Undefined where a text is none. */
export function parseActionReference(reference: string): Omit<FoundComponent, 'at'> | undefined {
  if (reference.length > 1_024) return undefined;
  const at = reference.indexOf('@');
  const path = at < 0 ? reference : reference.slice(0, at);
  const ref = at < 0 ? undefined : reference.slice(at + 1);
  const [owner = '', repository = '', ...folders] = path.split('/');
  if (!/^[A-Za-z0-9][\w-]*$/.test(owner) || !/^[\w.-]+$/.test(repository) || path.includes('${{')) return undefined;
  if (ref === '' || (ref !== undefined && /\s|\$\{\{/.test(ref))) return undefined;
  const identity = { kind: 'package', type: 'github', name: `${owner}/${repository}` } as const;
  // A commit is written in either case, and compared in lower case.
  const version = ref !== undefined && /^[0-9a-f]{40}$/i.test(ref) ? ref.toLowerCase() : ref;
  const below = folders.filter((folder) => folder !== '').join('/');
  return {
    identity,
    version,
    source: { kind: 'registry' },
    relation: 'direct',
    ...(below ? { alsoKnownAs: [{ identity: { ...identity, name: `${identity.name}/${below}` }, version }] } : {}),
  };
}
