import { prettyJson } from '../../base/canonical-json.ts';
import { type CheckResult, componentLabel, type Finding } from '../check.ts';
import { componentPurl } from '../component-purl.ts';
import { knownThrough } from './grouping.ts';
import type { ReportFormat } from './report.ts';
import { verdictOf } from './verdict.ts';

/**
 * The machine-readable report. Its schema is `schemas/check-report.schema.json`; fields are added within version 1, never renamed or removed.
 */
export const jsonReport: ReportFormat = {
  id: 'json',
  title: 'JSON (schemas/check-report.schema.json)',
  render: (result, { version, ranAt }) => prettyJson(checkReport(result, version, ranAt)),
};

/** The report as data. */
export function checkReport(result: CheckResult, version: string, ranAt: string | undefined) {
  return {
    schema: 'check-report/1',
    tool: { name: 'threatpedia', version },
    ...(ranAt ? { ranAt } : {}),
    options: {
      ...(result.options.asOf ? { asOf: result.options.asOf } : {}),
      ...(result.options.installedBetween ? { installedBetween: result.options.installedBetween } : {}),
    },
    summary: verdictOf(result),
    findings: result.findings.map(findingJson),
    coverage: result.coverage.map(({ input, format, formatVersion, components: read, skipped, failure }) => ({
      input,
      ...(format ? { format } : {}),
      ...(formatVersion ? { formatVersion } : {}),
      components: read,
      skipped: skipped.map(({ reason, count, example, notUnderstood }) => ({
        reason,
        count,
        ...(example ? { example } : {}),
        ...(notUnderstood ? { notUnderstood } : {}),
      })),
      ...(failure ? { failure: { message: failure.message, ...(failure.line ? { line: failure.line } : {}) } } : {}),
    })),
    comparisons: result.comparisons.map((comparison) => ({ ...comparison, knownThrough: knownThrough(comparison) })),
    uncovered: result.comparisons
      .filter((comparison) => knownThrough(comparison) === 'nothing')
      .map(({ type, components }) => ({ type, components })),
    knowledge: result.knowledge.map(({ sources, keys, entries }) => ({ sources, keys, entries })),
  };
}

function findingJson(finding: Finding) {
  const { state, exposure, reason, component, input, line, pointer, chain, presence, knowledge, incident, cleanReleases } = finding;
  const purl = componentPurl(component);
  return {
    state,
    ...(exposure ? { exposure } : {}),
    reason,
    component: {
      label: componentLabel(component),
      ...(purl ? { purl } : {}),
      identity: component.identity,
      ...(component.version ? { version: component.version } : {}),
      ...(component.requested ? { requested: component.requested } : {}),
      source: component.source,
      ...(component.relation ? { relation: component.relation } : {}),
    },
    at: { input, ...(line ? { line } : {}), ...(pointer ? { pointer } : {}) },
    ...(chain ? { chain } : {}),
    ...(presence ? { presence } : {}),
    ...(knowledge.origin === 'corpus' ? { incident: naming(knowledge) } : { advisory: naming(knowledge) }),
    ...(knowledge.note ? { note: knowledge.note } : {}),
    ...(knowledge.versions ? { affectedVersions: knowledge.versions } : {}),
    ...(windowOf(knowledge) ? { window: windowOf(knowledge) } : {}),
    ...(knowledge.available ? { release: releaseOf(knowledge.available) } : {}),
    ...(cleanReleases.length > 0
      ? { cleanReleases: cleanReleases.map(({ version, published }) => ({ version, ...(published ? { published } : {}) })) }
      : {}),
    ...(knowledge.knownSince ? { knownSince: knowledge.knownSince } : {}),
    path: incident?.path ?? [],
    attribution: incident?.attribution ?? [],
    lookFor: incident?.lookFor ?? [],
    indicators: incident?.indicators ?? [],
    references: knowledge.sources ?? [],
  };
}

function naming({ id, title, aliases, withdrawn }: Finding['knowledge']) {
  return { id, ...(title ? { title } : {}), ...(aliases ? { aliases } : {}), ...(withdrawn ? { withdrawn } : {}) };
}

function releaseOf({ from, to }: NonNullable<Finding['knowledge']['available']>) {
  return { ...(from ? { published: from } : {}), ...(to ? { withdrawn: to } : {}) };
}

function windowOf({ window, available }: Finding['knowledge']) {
  return window ?? available;
}
