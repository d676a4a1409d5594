import type { Digests, Identity } from '../identity.ts';

/** One thing that an input says is there, or asks for. */
export interface FoundComponent {
  readonly identity: Identity;
  /** Exact version, tag, commit or image digest, as the input spells it. Absent where the input gives none. */
  readonly version?: string | undefined;
  /** What a manifest without a lock asks for, in the ecosystem's own notation (`^3.3.0`, `>=1,<2`). Never together with `version`. */
  readonly requested?: string | undefined;
  readonly source: ComponentSource;
  /** Where in the input it stands. */
  readonly at: Place;
  /** Whether the project asks for it itself, or something that it uses does. Absent where the input does not tell. */
  readonly relation?: 'direct' | 'transitive' | undefined;
  /** Other names under which it is known, such as the source package of a Debian binary package. Looked up too. */
  readonly alsoKnownAs?: readonly { readonly identity: Identity; readonly version?: string | undefined }[];
  /** Digests that the input records for its file. */
  readonly digests?: Digests;
  /** When it was installed or last used, where the input says: ISO date or date-time. */
  readonly installedAt?: string | undefined;
  /** The input names no ecosystem: the other names are those of every ecosystem in which there may be a package of this name. */
  readonly anyEcosystem?: true | undefined;
}

/** A component with all that it says as values of its own, whatever its format computes when it is asked: for whoever copies, compares or prints it. */
export function spelledOut(component: FoundComponent): FoundComponent {
  const { identity, version, requested, source, at, relation, alsoKnownAs, digests, installedAt, anyEcosystem } = component;
  return {
    identity,
    version,
    ...(requested === undefined ? {} : { requested }),
    source,
    at,
    relation,
    ...(alsoKnownAs ? { alsoKnownAs } : {}),
    ...spelledDigests(digests),
    ...(installedAt === undefined ? {} : { installedAt }),
    ...(anyEcosystem ? { anyEcosystem } : {}),
  };
}

function spelledDigests(digests: Digests = {}): { readonly digests?: Digests } {
  const spelled = (['sha256', 'sha1', 'md5', 'sha512'] as const).flatMap((name) => (digests[name] ? [[name, digests[name]] as const] : []));
  return spelled.length > 0 ? { digests: Object.fromEntries(spelled) } : {};
}

/** Where a component comes from: only what comes from the public registry of its ecosystem is surely the thing that advisories speak of. */
export type ComponentSource =
  /** The ecosystem's public registry: by its address, or because nothing else is said and that is the default. */
  | { readonly kind: 'registry' }
  /** Another registry or mirror; whether it relays the public one is not known. */
  | { readonly kind: 'other-registry'; readonly host: string }
  | { readonly kind: 'git'; readonly url: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'path'; readonly path: string }
  /** The input does not say, and no default applies (an SBOM from elsewhere). Treated as the registry's. */
  | { readonly kind: 'unstated' };

/** A place in an input: the first that is given counts. */
export interface Place {
  /** Index into the decoded text (UTF-16 units); the line is counted when a finding is shown. */
  readonly offset?: number;
  /** Line, from 1, where the parser counts lines anyway. */
  readonly line?: number;
  /** JSON pointer (RFC 6901) into a JSON or YAML or TOML document. */
  readonly pointer?: string;
}

/** Something in an input that was not read as a component, and why. Part of the coverage that every report shows. */
export interface Skipped {
  /** One line, such as `workspace package` or `entry without a name`. Equal reasons are counted together. */
  readonly reason: string;
  readonly count: number;
  /** The first of them. */
  readonly at?: Place;
  readonly example?: string;
  /** Present where the input was not understood there, rather than rightly passed over: the first few, as they stand. The reading is then incomplete. */
  readonly notUnderstood?: readonly NotUnderstood[];
}

/** A line or entry that could not be understood. */
export interface NotUnderstood {
  readonly text: string;
  /** Line, from 1, where the parser counted it. */
  readonly line?: number;
}

/** What one input holds. */
export interface Inventory {
  /** Version of the format where it has one: lockfileVersion, specVersion. */
  readonly formatVersion?: string | undefined;
  readonly components: readonly FoundComponent[];
  readonly skipped: readonly Skipped[];
  /**
   * The shortest way from the project to a component, outermost first, as `name@version`, without the component itself; empty for a direct
   * one. Computed when a finding is shown; absent where the format does not tell.
   */
  readonly chainTo?: (component: FoundComponent) => readonly string[] | undefined;
}

/** A part of an input that is too long to hold: the next components, and at the end what was passed over. */
export interface InventoryPart {
  readonly formatVersion?: string | undefined;
  readonly components: readonly FoundComponent[];
  readonly skipped?: readonly Skipped[];
}

/** The input could not be read as the format: told as a coverage problem, exit 3, never as clean. */
export class UnreadableInput extends Error {
  override readonly name = 'UnreadableInput';
  readonly at: Place | undefined;

  /** @param message What was expected and what was found, one line. */
  constructor(message: string, at?: Place, options?: ErrorOptions) {
    super(message, options);
    this.at = at;
  }
}

/** What a parser is told about its input besides the bytes. */
export interface InputContext {
  /** File name with folders, forward slashes, as the user knows it; `-` for standard input. */
  readonly path: string;
}

/**
 * A format of input: one file each, a pure function of bytes. It throws {@link UnreadableInput} where the input is not of the format, is
 * truncated, or exceeds a bound; it never returns an empty inventory for what it could not read.
 */
export interface InventoryFormat {
  /** Short stable name, as `--as` takes it: `npm-lock`. */
  readonly id: string;
  readonly title: string;
  /** Ecosystems that it speaks of, by purl type; `*` where it can hold any. */
  readonly types: readonly string[];
  parse(bytes: Uint8Array, context: InputContext): Inventory;
}

/** Largest input that is parsed whole. Larger ones need a format that streams. */
export const MAX_INPUT_BYTES = 256 * 1024 * 1024;
/** Deepest nesting that is followed. */
export const MAX_DEPTH = 200;
/** Most components that one input may hold. */
export const MAX_COMPONENTS = 2_000_000;
