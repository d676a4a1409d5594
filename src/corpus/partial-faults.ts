import type { ProblemCode } from '../base/problem-codes.ts';
import { type CorpusRecord, type RecordKind, recordKinds } from '../schema/record.ts';
import { type RuleFault, statementFaults } from './record-rules.ts';
import { type LeafIssue, valueAt } from './schema-faults.ts';
import type { DataPath } from './yaml-text.ts';

/**
 * The rules within a record, for one in which the schema found faults: over what is left without the fields and list entries at fault. What such a
 * part may have held or named is not missed: a rule that looks things up in a list rests while something fell out of that list.
 */
export function partialFaults(kind: RecordKind, file: string, whole: object, issues: readonly LeafIssue[]): RuleFault[] {
  const { data, fallen, indexes } = withoutFaultyParts(whole, issues);
  const rest = recordKinds[kind].schema.safeParse(data).error?.issues ?? [];
  // What is left must be sound but for the fields that are gone, or no rule could read it.
  if (rest.some(({ path }) => path.length !== 1 || valueAt(data, path as DataPath) !== undefined)) return [];
  return statementFaults({ kind, file, data } as CorpusRecord)
    .filter(({ code }) => !(LOOKED_UP_IN[code] ?? []).some((field) => fallen.has(field)))
    .map(({ path: [field, index, ...inner], ...fault }) => {
      const original = indexes.get(String(field))?.[Number(index)];
      return { ...fault, path: [field, original ?? index, ...inner].filter((step) => step !== undefined) };
    });
}

/** Stands among the fallen for fields whose names nobody knows: any optional field may be meant. */
const MISSPELT = '';
const PRIMITIVES = ['components', 'repositories', 'buildSystems', 'distributionChannels', 'accounts'];

/** Which fields must be whole for a rule to be believed. */
const LOOKED_UP_IN: { readonly [Code in ProblemCode]?: readonly string[] } = {
  'id-mismatch': ['id'],
  'unknown-reference': ['references'],
  'release-without-component': ['components', MISSPELT],
  'dangling-link': [...PRIMITIVES, 'strains', MISSPELT],
  'path-order': ['path'],
};

interface Remainder {
  readonly data: object;
  /** Fields of which something is gone. */
  readonly fallen: ReadonlySet<string>;
  /** Where the entries that are left of a list stood before. */
  readonly indexes: ReadonlyMap<string, readonly number[]>;
}

function withoutFaultyParts(whole: object, issues: readonly LeafIssue[]): Remainder {
  const fallen = new Set<string>('references' in whole ? [] : ['references']);
  const entries = new Map<string, Set<number>>();
  const gone = new Set<string>();
  for (const { issue, path } of issues) {
    const [field, index] = path;
    if (field === undefined) {
      fallen.add(MISSPELT);
      for (const key of issue.code === 'unrecognized_keys' ? issue.keys : []) gone.add(key);
    } else {
      fallen.add(String(field));
      if (typeof index === 'number') entries.set(String(field), (entries.get(String(field)) ?? new Set()).add(index));
      else gone.add(String(field));
    }
  }
  const indexes = new Map<string, number[]>();
  const left = Object.entries(whole).flatMap(([field, value]): [string, unknown][] => {
    if (gone.has(field)) return [];
    const faulty = entries.get(field);
    if (!faulty || !Array.isArray(value)) return [[field, value]];
    const kept = [...value.keys()].filter((index) => !faulty.has(index));
    indexes.set(field, kept);
    return kept.length > 0 ? [[field, kept.map((index) => value[index])]] : [];
  });
  return { data: Object.fromEntries(left), fallen, indexes };
}
