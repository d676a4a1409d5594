import type { z } from 'zod';
import { findNearest } from '../base/nearest.ts';
import type { ProblemCode } from '../base/problem-codes.ts';
import type { DataPath, TextFault, YamlText } from './yaml-text.ts';

type Issue = z.core.$ZodIssue;

/** Something that the schema found wrong, with its whole path. */
export interface LeafIssue {
  readonly issue: Issue;
  readonly path: DataPath;
}

/** What the schema found wrong; of a union, what is wrong with the branch that the writer most likely meant. */
export function leafIssues(issues: readonly Issue[], data: unknown, base: DataPath = []): LeafIssue[] {
  return issues.flatMap((issue) => {
    const path: DataPath = [...base, ...(issue.path as (string | number)[])];
    const branch = issue.code === 'invalid_union' ? bestBranch(issue.errors, valueAt(data, path)) : undefined;
    return branch ? leafIssues(branch, data, path) : [{ issue, path }];
  });
}

/** Turns something that the schema found wrong into faults at their place in the text, with a hint on how to mend each. */
export function schemaFaults({ issue, path }: LeafIssue, yaml: YamlText, knownFields: (path: DataPath) => readonly string[]): TextFault[] {
  const value = valueAt(yaml.data, path);
  switch (issue.code) {
    case 'invalid_union':
      return [{ code: 'invalid-value', offset: yaml.offsetOf(path), message: `${fieldName(path)} has none of the expected shapes` }];
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const nearest = findNearest(key, knownFields(path));
        return {
          code: 'unknown-field' as const,
          offset: yaml.offsetOfKey(path, key),
          message: `there is no field "${key}" here${nearest ? `; did you mean "${nearest}"?` : ''}`,
        };
      });
    case 'invalid_type':
      return [typeFault(issue, path, value, yaml)];
    case 'invalid_value': {
      const options = issue.values.map(String);
      if (value === undefined) return [missingFault(path, yaml)];
      const nearest = findNearest(String(value), options);
      const listed = options.length <= 12 ? options.join(', ') : `${options.slice(0, 12).join(', ')}, …`;
      const known = options.length === 1 ? `expected "${options[0]}"` : `expected one of ${listed}`;
      return [
        {
          code: options.length === 1 ? 'invalid-value' : 'unknown-term',
          offset: yaml.offsetOf(path),
          message: `${known}, got ${shorten(value)}${nearest ? `; did you mean "${nearest}"?` : ''}`,
        },
      ];
    }
    case 'custom': {
      const code = (issue.params?.code as ProblemCode | undefined) ?? 'invalid-value';
      return [{ code, offset: yaml.offsetOf(path), message: issue.message }];
    }
    default: {
      const message =
        issue.code === 'invalid_format' && issue.format === 'regex' ? regexMessage(issue.message, value) : lower(issue.message);
      const code =
        issue.code === 'too_small' && issue.origin === 'array' && path.at(-1) === 'cites' ? 'claim-without-citation' : 'invalid-value';
      return [{ code, offset: yaml.offsetOf(path), message: `${fieldName(path)}: ${message}` }];
    }
  }
}

function typeFault(issue: Issue & { code: 'invalid_type' }, path: DataPath, value: unknown, yaml: YamlText): TextFault {
  if (value === undefined) return missingFault(path, yaml);
  const spelling = yaml.spellingOf(path);
  if (issue.expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return {
      code: 'wrong-type',
      offset: yaml.offsetOf(path),
      message: `${fieldName(path)}: expected a text, got the ${typeof value} ${String(value)}`,
      fix: `quote it: "${spelling ?? String(value)}"${typeof value === 'number' ? ' — YAML reads an unquoted 1.10 as 1.1' : ''}`,
    };
  }
  if (value === null)
    return { code: 'missing-field', offset: yaml.offsetOf(path), message: `${fieldName(path)} is empty`, fix: 'fill it or remove it' };
  const names: Record<string, string> = { object: 'a mapping', array: 'a list', string: 'a text' };
  return {
    code: 'wrong-type',
    offset: yaml.offsetOf(path),
    message: `${fieldName(path)}: expected ${names[issue.expected] ?? issue.expected}, got ${describe(value)}`,
  };
}

function missingFault(path: DataPath, yaml: YamlText): TextFault {
  const field = path.at(-1);
  const parent = path.slice(0, -1);
  return {
    code: field === 'cites' ? 'claim-without-citation' : 'missing-field',
    offset: yaml.offsetOf(parent),
    message:
      field === 'cites'
        ? 'this claim has no citation'
        : `the field "${String(field)}" is missing${parent.length > 0 ? ` in ${fieldName(parent)}` : ''}`,
    fix: field === 'cites' ? 'add `cites: [reference-id]`' : undefined,
  };
}

/** Of a union's branches, the one the writer most likely meant: whose faults lie deepest, then the fewest. */
function bestBranch(branches: readonly (readonly Issue[])[], value: unknown): readonly Issue[] | undefined {
  const mappingKeys = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  const score = (issues: readonly Issue[]) => {
    let total = 0;
    for (const issue of issues) {
      if (issue.path.length === 0 && issue.code === 'invalid_type') total += 100;
      else if (issue.path.length === 0 && issue.code === 'unrecognized_keys') total += 10 * issue.keys.length;
      else if (issue.path.length === 1 && issue.code === 'invalid_type' && !mappingKeys.includes(String(issue.path[0]))) total += 9;
      else total += 1;
    }
    return total;
  };
  return branches.filter((issues) => issues.length > 0).sort((left, right) => score(left) - score(right))[0];
}

/** The value at a path of plain data; undefined where there is none. */
export function valueAt(data: unknown, path: DataPath): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

function fieldName(path: DataPath): string {
  if (path.length === 0) return 'the record';
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return `the ${typeof value === 'string' ? 'text' : typeof value} ${shorten(value)}`;
}

function shorten(value: unknown): string {
  const text = typeof value === 'object' ? describe(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function regexMessage(message: string, value: unknown): string {
  return message.startsWith('expected') ? `${message}, got ${shorten(value)}` : `${shorten(value)} does not have the expected form`;
}

function lower(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
