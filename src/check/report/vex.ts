import { prettyJson } from '../../base/canonical-json.ts';
import { cyclonedxHead } from '../../base/cyclonedx.ts';
import { componentLabel, type Finding } from '../check.ts';
import { componentPurl } from '../component-purl.ts';
import type { MatchState } from '../match.ts';
import { comparisonLine } from './grouping.ts';
import type { ReportFormat } from './report.ts';
import { sentence } from './sarif.ts';
import { gapLine } from './verdict.ts';

/** CycloneDX 1.6 VEX (https://cyclonedx.org/capabilities/vex/): one statement for each advisory, with the components that it bears on. */
export const vexReport: ReportFormat = {
  id: 'vex',
  title: 'CycloneDX VEX 1.6',
  render: ({ findings, comparisons, coverage }, { version, ranAt }) => {
    const gap = gapLine(coverage);
    const components = new Map<string, Finding>();
    for (const finding of findings) components.set(refOf(finding), finding);
    const statements = new Map<string, Finding[]>();
    for (const finding of findings) {
      const key = `${finding.knowledge.id} ${ANALYSIS[finding.state].state}`;
      statements.set(key, [...(statements.get(key) ?? []), finding]);
    }
    return prettyJson({
      ...cyclonedxHead({
        version,
        timestamp: ranAt,
        properties: [
          ...comparisons.map((comparison) => ({
            name: `threatpedia:compared:${comparison.type}`,
            value: comparisonLine(comparison),
          })),
          ...(gap ? [{ name: 'threatpedia:not-understood', value: gap }] : []),
        ],
      }),
      components: [...components].map(([ref, finding]) => componentOf(ref, finding)),
      vulnerabilities: [...statements.values()].map(statementOf),
    });
  },
};

/** What each state means in VEX: `exploitable` for malicious code that is there, `in_triage` where somebody has to look. */
const ANALYSIS: Readonly<Record<MatchState, { readonly state: string; readonly justification?: string }>> = {
  confirmed: { state: 'exploitable' },
  'in-window': { state: 'in_triage' },
  'could-resolve': { state: 'in_triage' },
  'name-only': { state: 'in_triage' },
  'unconfirmed-range': { state: 'in_triage' },
  'not-comparable': { state: 'in_triage' },
  'outside-window': { state: 'not_affected', justification: 'code_not_present' },
  withdrawn: { state: 'false_positive' },
};

function statementOf(findings: readonly Finding[]) {
  const [first] = findings;
  if (!first) return {};
  const { knowledge, state, reason, incident } = first;
  const { state: analysis, justification } = ANALYSIS[state];
  const [source] = knowledge.sources ?? [];
  return {
    id: knowledge.id,
    ...(source ? { source: { name: knowledge.origin === 'corpus' ? 'Threatpedia' : 'OSV', url: source } } : {}),
    description: incident?.title ?? knowledge.title ?? `Malicious code in ${knowledge.name}`,
    advisories: (knowledge.sources ?? []).map((url) => ({ url })),
    ...(knowledge.knownSince ? { published: `${knowledge.knownSince}T00:00:00Z` } : {}),
    analysis: { state: analysis, ...(justification ? { justification } : {}), detail: sentence(reason) },
    affects: [...new Set(findings.map(refOf))].map((ref) => ({ ref })),
  };
}

function componentOf(ref: string, { component }: Finding) {
  const purl = componentPurl(component);
  const { identity } = component;
  return {
    type:
      identity.kind === 'package' ? 'library' : identity.kind === 'file' ? 'file' : identity.kind === 'network' ? 'data' : 'application',
    'bom-ref': ref,
    name: identity.kind === 'network' ? identity.value : identity.name || ref,
    ...(component.version ? { version: component.version } : {}),
    ...(purl ? { purl } : {}),
  };
}

function refOf({ component, input }: Finding): string {
  return componentPurl(component) ?? `${input}#${componentLabel(component)}`;
}
