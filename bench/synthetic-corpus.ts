import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { findRecordFiles } from '../src/corpus/read-corpus.ts';

/**
 * Writes about `count` records, in whole copies of the corpus, that have exactly the shape and size of the real ones: the real corpus over and over, each copy with ids, addresses, digests,
 * packages and indicators of its own, so that every copy adds as many nodes as the first. Shared public channels, techniques and every tenth copy's
 * sources stay shared, as they are in life.
 */
export async function writeSyntheticCorpus(realFolder: string, folder: string, count: number): Promise<{ files: number; bytes: number }> {
  const { files } = await findRecordFiles(realFolder);
  const templates = await Promise.all(
    files.map(async (file) => ({ file, data: parse(await readFile(join(realFolder, file), 'utf8')) as unknown })),
  );
  let bytes = 0;
  const copies = Math.max(1, Math.round(count / templates.length));
  for (const [index, template] of Array.from({ length: copies }, () => templates)
    .flat()
    .entries()) {
    const copy = Math.floor(index / templates.length);
    const file = copy === 0 ? template.file : template.file.replace(/\.yaml$/, `-c${copy}.yaml`);
    const text = stringify(copy === 0 ? template.data : rename(template.data, '', copy), { lineWidth: 140 });
    bytes += Buffer.byteLength(text);
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return { files: copies * templates.length, bytes };
}

/** Ids of other records, by the field they stand in. */
const ENTITY_FIELDS: ReadonlySet<string> = new Set(['owner', 'claimant', 'by', 'actor', 'campaign']);
const ENTITY_LISTS: ReadonlySet<string> = new Set(['organizations', 'people', 'campaigns', 'malware']);

const RECORD_KINDS: ReadonlySet<string> = new Set(['incident', 'actor', 'campaign', 'malware', 'organization', 'person']);

function rename(value: unknown, path: string, copy: number): unknown {
  if (Array.isArray(value)) return value.map((item) => rename(item, `${path}[]`, copy));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rename(item, path ? `${path}.${key}` : key, copy)]));
  }
  return typeof value === 'string' ? renameText(value, path, copy) : value;
}

function renameText(text: string, path: string, copy: number): string {
  const field = path.split(/[.[\]]+/).at(-1) ?? path;
  const parent =
    path
      .split(/[.[\]]+/)
      .filter(Boolean)
      .at(-2) ?? '';
  if (path === 'id' || field === 'incident' || path === 'related[].id' || path === 'strains[].incidents[]') return suffix(text, copy);
  if (ENTITY_FIELDS.has(field) || (field === 'id' && ENTITY_LISTS.has(parent)) || path === 'artifacts[].malware') return suffix(text, copy);
  if (/^(sha256|sha1|md5|sha512)$/.test(field) && parent === 'artifacts') return createHash(field).update(`${text} ${copy}`).digest('hex');
  if (path === 'references[].url' && copy % 10 !== 0) return `${text}${text.includes('?') ? '&' : '?'}copy=${copy}`;
  if (
    field === 'purl' ||
    (field === 'component' && text.startsWith('pkg:')) ||
    (field === 'via' && text.startsWith('pkg:')) ||
    (field === 'to' && text.startsWith('pkg:'))
  )
    return `${text}-c${copy}`;
  if (path === 'indicators[].value') return /^\d+(\.\d+){3}$/.test(text) ? text : `c${copy}.${text}`;
  if (path === 'repositories[].url') return `${text}-c${copy}`;
  if (field === 'handle') return `${text}-c${copy}`;
  if (path === 'vulnerabilities[].id' || field === 'name' || path === 'title')
    return field === 'name' || path === 'title' ? `${text} ${copy}` : text;
  return text.replace(/\[\[([a-z-]+):([^|\]]+)\|/g, (link, kind: string, key: string) => {
    if (RECORD_KINDS.has(kind)) return `[[${kind}:${suffix(key, copy)}|`;
    return key.startsWith('pkg:') ? `[[${kind}:${key}-c${copy}|` : link;
  });
}

function suffix(id: string, copy: number): string {
  return id.startsWith('SC-') ? `${id}-C${copy}` : `${id}-c${copy}`;
}
