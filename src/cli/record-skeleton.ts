import { stringify } from 'yaml';
import { wrap } from '../base/terminal-text.ts';
import { fieldDocs } from '../schema/field-docs.ts';
import type { RecordKind } from '../schema/record.ts';

/**
 * A record with every top-level field: required ones to be filled, the others commented out, each with its meaning. Fields of `given` stand with their
 * values, where `null` is to be filled in.
 */
export function recordSkeleton(kind: RecordKind, id: string | undefined, given: Readonly<Record<string, unknown>> = {}): string {
  const up = kind === 'incident' ? '../../../' : '../../';
  const lines = [`# yaml-language-server: $schema=${up}schemas/${kind}.schema.json`];
  const fields = fieldDocs(kind);
  for (const field of fields.filter(({ path }) => !path.includes('.') && !path.includes('[]'))) {
    lines.push('', ...wrap(field.description, 110).map((text) => `# ${text}`));
    if (field.vocabulary) lines.push(`# Values: threatpedia explain ${field.vocabulary}`);
    if (given[field.name] !== undefined) {
      lines.push(stringify({ [field.name]: given[field.name] }, { nullStr: '', lineWidth: 0 }).trimEnd());
      continue;
    }
    const value = field.name === 'schema' ? `${kind}/1` : field.name === 'id' ? (id ?? '') : placeholder(field.shape);
    lines.push(`${field.required ? '' : '# '}${field.name}:${value ? ` ${value}` : ''}`);
    if (field.required && field.name === 'references') {
      lines.push(
        '  - id: publisher-2026-01-31',
        '    title:',
        '    publisher:',
        '    url:',
        '    published:',
        '    kind: # threatpedia explain reference-kind',
      );
    } else if (field.required && field.shape === 'mapping') {
      const nested = fields.filter(({ path }) => path.startsWith(`${field.path}.`) && !path.slice(field.path.length + 1).includes('.'));
      for (const inner of nested.filter(({ path }) => !path.includes('[]')))
        lines.push(`  ${inner.name}:${placeholder(inner.shape) ? ` ${placeholder(inner.shape)}` : ''}`);
    }
  }
  return lines.join('\n');
}

function placeholder(shape: string): string {
  return shape.startsWith('list of text') || shape.startsWith('list of one of') ? '[]' : '';
}
