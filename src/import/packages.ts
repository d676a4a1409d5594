import { parsePurl } from '../base/purl.ts';
import type { RecordDraft } from './record-draft.ts';

/** The purl without its version, in canonical spelling; undefined where it is none. */
export function basePurl(text: string | undefined): string | undefined {
  const purl = text === undefined ? undefined : parsePurl(text);
  if (!purl) return undefined;
  return purl.version === undefined ? purl.text : purl.text.slice(0, purl.text.lastIndexOf('@'));
}

/** Adds a package and its versions. `state` is null where the document does not say. */
export function addPackage(
  draft: RecordDraft,
  purl: string,
  versions: readonly string[],
  state: string | null,
  cites: readonly string[] = [],
): void {
  // An action is a package URL of its host too: what it is, is for people to say.
  draft.add('components', { kind: purl.startsWith('pkg:github/') ? null : 'package', purl });
  const distinct = [...new Set(versions)];
  const [only] = distinct;
  if (only === undefined) return;
  draft.add('releases', { component: purl, ...(distinct.length > 1 ? { versions: distinct } : { version: only }), state }, cites);
}
