import type { IncidentSummary, MissingState } from '../graph/incident-list.ts';
import type { IncidentRow } from './row.ts';

/** The summary of an incident from its row: what the API and the command give for the record, without the record. */
export function rowSummary(row: IncidentRow): IncidentSummary {
  const missing: Record<string, MissingState> = {};
  const text = (name: string, value: string | undefined): string | null => {
    if (value !== undefined && value !== '' && value !== 'unknown') return value;
    missing[name] = value === 'unknown' ? 'unknown' : 'absent';
    return null;
  };
  const list = (name: string, values: readonly string[]): readonly string[] => {
    const [only] = values;
    if (only !== undefined && only !== 'none' && only !== 'unknown') return values;
    missing[name] = only ?? 'absent';
    return [];
  };
  const year = text('year', row.year);
  return {
    id: row.id,
    title: row.title,
    summary: row.summary,
    depth: row.depth,
    status: row.status,
    year: year === null ? null : Number(year),
    firstObserved: text('firstObserved', row.observed),
    firstPublicWarning: text('firstPublicWarning', row.warned),
    disclosed: text('disclosed', row.disclosed),
    contained: text('contained', row.contained),
    ecosystems: row.ecosystem,
    vectors: row.vector,
    impacts: row.impact,
    entryStage: text('entryStage', row.entry[0]),
    sourceArtifactDivergence: text('sourceArtifactDivergence', row.divergence),
    confidence: row.confidence,
    evidenceLevel: row.evidence,
    actors: list('actors', row.actor),
    nexus: list('nexus', row.nexus),
    malware: list('malware', row.malware),
    campaigns: list('campaigns', row.campaign),
    techniques: row.technique,
    advisories: row.advisory,
    references: row.references,
    origins: row.origins,
    missing,
  } as IncidentSummary;
}
