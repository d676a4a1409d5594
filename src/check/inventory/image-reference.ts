import type { FoundComponent, Place } from './inventory.ts';

/** A reference to a container image in its parts (https://github.com/distribution/reference). */
export interface ImageReference {
  /** Host of its registry; undefined for Docker Hub. */
  readonly host: string | undefined;
  /** Repository as purl writes it: `debian`, `owner/image`; Docker Hub's `library/` is left out. */
  readonly name: string;
  readonly tag: string | undefined;
  /** `sha256:…` */
  readonly digest: string | undefined;
}

const DOCKER_HUB = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'];
const MAX_REFERENCE = 1_024;

/** Parses `[host/]path[:tag][@digest]`; undefined where it is no image reference. */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text.length > MAX_REFERENCE) return undefined;
  const [tagged = '', digest, ...rest] = text.split('@');
  if (rest.length > 0 || (digest !== undefined && !/^[a-z0-9]+:[0-9a-f]{32,128}$/.test(digest))) return undefined;
  const slash = tagged.lastIndexOf('/');
  const colon = tagged.indexOf(':', slash + 1);
  const path = colon < 0 ? tagged : tagged.slice(0, colon);
  const tag = colon < 0 ? undefined : tagged.slice(colon + 1);
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)) return undefined;
  const [first = '', ...others] = path.split('/');
  const isHost = others.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const parts = isHost ? others : [first, ...others];
  if (!parts.every((part) => /^[a-z0-9][a-z0-9._-]*$/.test(part))) return undefined;
  const host = isHost && !DOCKER_HUB.includes(first.toLowerCase()) ? first.toLowerCase() : undefined;
  const bare = host === undefined && parts.length > 1 && parts[0] === 'library' ? parts.slice(1) : parts;
  return { host, name: bare.join('/'), tag, digest };
}

/**
 * The component of an image reference. A digest says more than a tag, which is kept as another version of it; without either, Docker takes the
 * tag `latest`.
 */
export function imageComponent({ host, name, tag, digest }: ImageReference, at: Place): FoundComponent {
  const identity = { kind: 'package', type: 'docker', name } as const;
  const sha256 = digest?.startsWith('sha256:') ? digest.slice('sha256:'.length) : undefined;
  return {
    identity,
    version: digest ?? tag ?? 'latest',
    source: host === undefined ? { kind: 'registry' } : { kind: 'other-registry', host },
    at,
    relation: 'direct',
    ...(digest && tag ? { alsoKnownAs: [{ identity, version: tag }] } : {}),
    ...(sha256 ? { digests: { sha256 } } : {}),
  };
}
