import type { Citation } from '../schema/evidence.ts';
import type { CorpusRecord } from '../schema/record.ts';
import { cleanText } from './clean-text.ts';
import type { EvidenceList } from './evidence-list.ts';

/** Fields that stand in the head of the text, or that its list of sources tells. */
const ELSEWHERE = new Set(['schema', 'id', 'title', 'name', 'references']);

/** Names of the fields of a record that {@link recordSections} writes. */
export function sectionNames(record: CorpusRecord): string[] {
  return Object.keys(record.data).filter((name) => !ELSEWHERE.has(name));
}

/** A record field by field as Markdown: every statement with the numbers of its sources, what is unknown or none with its reason. `only` narrows to fields. */
export function recordSections(record: CorpusRecord, evidence: EvidenceList, only?: ReadonlySet<string>): string[] {
  return Object.entries(record.data).flatMap(([name, value]): string[] => {
    if (ELSEWHERE.has(name) || value === undefined || (only && !only.has(name))) return [];
    return ['', `## ${name}`, ...statementLines(record, value, evidence)];
  });
}

/** A value of a record as lines: a list as bullets, anything else as one statement. */
export function statementLines(record: CorpusRecord, value: unknown, evidence: EvidenceList): string[] {
  if (Array.isArray(value)) {
    return value.every((item) => typeof item !== 'object')
      ? [value.map(inline).join(', ')]
      : value.map((item) => `- ${statement(record, item, evidence)}`);
  }
  return [statement(record, value, evidence)];
}

function statement(record: CorpusRecord, value: unknown, evidence: EvidenceList): string {
  if (typeof value !== 'object' || value === null) return inline(value);
  const { cites, text, unknown, none, ...rest } = value as {
    cites?: readonly Citation[];
    text?: string;
    unknown?: { why: string };
    none?: { why: string; cites: readonly Citation[] };
  };
  if (unknown) return `Unknown: ${cleanText(unknown.why)}`;
  if (none) return `None: ${cleanText(none.why)}${evidence.cite(record, none.cites)}`;
  const facts = Object.entries(rest).map(([name, part]) => `${name}: ${inline(part)}`);
  return `${[facts.join('; '), text === undefined ? '' : cleanText(text)].filter(Boolean).join(' — ')}${evidence.cite(record, cites)}`;
}

function inline(value: unknown): string {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(inline).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return `(${Object.entries(value)
    .filter(([name]) => name !== 'cites')
    .map(([name, part]) => `${name}: ${inline(part)}`)
    .join('; ')})`;
}
