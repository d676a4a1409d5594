import { citedStatements } from '../../schema/claims.ts';
import type { Citation } from '../../schema/evidence.ts';
import { plainText } from '../../schema/link-markup.ts';
import type { CorpusRecord } from '../../schema/record.ts';
import type { StixBundle } from './bundle.ts';
import { type StixId, stixId } from './ids.ts';
import type { Cited } from './stix-evidence.ts';

/** What the notes of a field are headed. The fields of an incident that become notes; all others become objects and relationships. */
const HEADINGS: Readonly<Record<string, string>> = {
  firstObserved: 'Earliest activity',
  firstPublicWarning: 'First public warning',
  disclosed: 'Disclosed',
  contained: 'Contained',
  entryStage: 'Entry stage',
  sourceArtifactDivergence: 'Source and artifact differ',
  executiveSummary: 'Summary',
  timeline: 'Timeline',
  attackChain: 'Attack chain',
  affectedEcosystem: 'Affected ecosystem',
  impact: 'Impact',
  defensiveLessons: 'Lesson',
  detectionNotes: 'Detection',
  openQuestions: 'Open question',
  windows: 'Exposure window',
  path: 'Path',
  slsaThreats: 'SLSA threat',
  conflicts: 'Sources disagree',
};

interface Statement {
  readonly date?: string;
  readonly title?: string;
  readonly text?: string;
  readonly why?: string;
  readonly value?: string;
  readonly values?: readonly { readonly value: string; readonly cites: readonly Citation[] }[];
  readonly field?: string;
  readonly component?: string;
  readonly reference?: string;
  readonly from?: string;
  readonly to?: string;
  readonly stage?: string;
  readonly via?: string;
  readonly label?: string;
  readonly state?: string;
  readonly id?: string;
  readonly query?: { readonly language: string; readonly text: string };
  readonly cites?: readonly Citation[];
  readonly none?: Statement;
  readonly unknown?: Statement;
}

/** The statements of an incident that are no objects and no ties, a note each. None where only facts may be told. */
export function addIncidentNotes(bundle: StixBundle, record: CorpusRecord & { kind: 'incident' }, about: StixId): void {
  if (bundle.factsOnly) return;
  for (const [field, heading] of Object.entries(HEADINGS)) {
    const value = Reflect.get(record.data, field) as Statement | readonly Statement[] | undefined;
    if (typeof value !== 'object') continue;
    for (const statement of Array.isArray(value) ? (value as readonly Statement[]) : [value as Statement])
      addStatement(bundle, record, about, field, heading, statement);
  }
}

/** What is known about an entity beyond its summary, a note each. */
export function addFactNotes(bundle: StixBundle, record: CorpusRecord, about: StixId): void {
  for (const { path, cites, text } of citedStatements(record))
    if (path[0] === 'facts' && text) addNote(bundle, about, 'Fact', plainText(text), [{ record, cites }]);
}

/** A note; the same words about the same thing are one. */
export function addNote(bundle: StixBundle, about: StixId, abstract: string, content: string, cited: readonly Cited[]): void {
  bundle.add('note', stixId('note', `${about} ${abstract} ${content}`), cited, { abstract, content, object_refs: [about] });
}

function addStatement(bundle: StixBundle, record: CorpusRecord, about: StixId, field: string, heading: string, statement: Statement): void {
  const { none, unknown } = statement;
  const said = none ?? unknown ?? statement;
  const abstract = `${heading}${none ? ': none' : unknown ? ': unknown' : ''}`;
  const content = field === 'conflicts' ? conflictText(said) : contentOf(field, said);
  const cites = said.values?.flatMap((each) => each.cites) ?? said.cites ?? [];
  if (content) addNote(bundle, about, abstract, content, [{ record, cites }]);
}

function contentOf(field: string, { date, title, text, why, value, query, ...rest }: Statement): string {
  const { component, reference, from, to, stage, via, label, state, id } = rest;
  const facts = {
    windows: [component, reference, from && `${from}/${to ?? '..'}`],
    path: [stage, via ?? label, state],
    slsaThreats: [id],
  }[field];
  return [
    [date, title].filter(Boolean).join(' — '),
    facts?.filter(Boolean).join(', '),
    value,
    plainText(text ?? why ?? ''),
    query && `${query.language}:\n${query.text}`,
  ]
    .filter(Boolean)
    .join('\n');
}

function conflictText({ field, values = [], text, why }: Statement): string {
  return [field, ...values.map(({ value }) => `- ${value}`), plainText(text ?? why ?? '')].filter(Boolean).join('\n');
}
