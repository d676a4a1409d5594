import { prettyJson } from '../../base/canonical-json.ts';
import { type CheckResult, componentLabel, type Finding } from '../check.ts';
import { componentPurl } from '../component-purl.ts';
import { cleanLine } from './advice.ts';
import { comparisonLine, groupFindings, knownThrough } from './grouping.ts';
import { stateLabel } from './labels.ts';
import type { ReportFormat } from './report.ts';
import { isComplete, verdictOf } from './verdict.ts';

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), one rule for each incident or advisory: what code-scanning pages show. */
export const sarifReport: ReportFormat = {
  id: 'sarif',
  title: 'SARIF 2.1.0',
  render: (result, { version, site }) =>
    prettyJson({
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'threatpedia',
              semanticVersion: version,
              ...(site ? { informationUri: site } : {}),
              rules: rulesOf(result, site),
            },
          },
          results: result.findings.map(resultOf),
          invocations: [
            {
              executionSuccessful: result.coverage.length === 0 || isComplete(verdictOf(result)),
              toolExecutionNotifications: [
                ...result.coverage.flatMap(({ input, failure }) =>
                  failure
                    ? [
                        {
                          level: 'error',
                          message: { text: `could not be read: ${failure.message}` },
                          locations: [locationOf(input, failure.line)],
                        },
                      ]
                    : [],
                ),
                ...result.coverage.flatMap(({ input, skipped }) =>
                  skipped.flatMap(({ reason, notUnderstood = [] }) =>
                    notUnderstood.map(({ text, line }) => ({
                      level: 'error',
                      message: { text: `${reason}: ${text}` },
                      locations: [locationOf(input, line)],
                    })),
                  ),
                ),
                ...result.comparisons.map((comparison) => ({
                  level: knownThrough(comparison) === 'nothing' ? 'warning' : 'note',
                  message: { text: comparisonLine(comparison) },
                })),
              ],
            },
          ],
        },
      ],
    }),
};

function rulesOf({ findings }: CheckResult, site: string | undefined) {
  return groupFindings(findings).map(({ id, title, findings: own }) => {
    const [first] = own;
    const help = first?.knowledge.origin === 'corpus' && site ? `${site}incidents/${id.toLowerCase()}/` : first?.knowledge.sources?.[0];
    return {
      id,
      name: id.replace(/[^A-Za-z0-9]/g, ''),
      shortDescription: { text: title },
      fullDescription: { text: first?.incident?.summary ?? title },
      ...(help ? { helpUri: help } : {}),
      properties: { tags: ['security', 'supply-chain', 'malware'] },
    };
  });
}

function resultOf(finding: Finding) {
  const { state, exposure, reason, component, input, line, chain, knowledge, cleanReleases } = finding;
  const through = chain && chain.length > 0 ? `, through ${chain.join(' → ')}` : '';
  const purl = componentPurl(component);
  const clean = cleanLine(cleanReleases);
  return {
    ruleId: knowledge.id,
    level: levelOf(finding),
    message: {
      text: `${stateLabel(finding)}: ${componentLabel(component)}${through}. ${sentence(reason)}${clean ? ` ${clean}.` : ''}`,
    },
    locations: [locationOf(input, line)],
    partialFingerprints: { 'threatpedia/v1': `${knowledge.id} ${purl ?? componentLabel(component)} ${input}` },
    properties: { state, ...(exposure ? { exposure } : {}), ...(purl ? { purl } : {}) },
  };
}

function levelOf({ state, exposure }: Finding): 'error' | 'warning' | 'note' {
  if (exposure === 'definite') return 'error';
  return exposure === 'possible' || state === 'could-resolve' ? 'warning' : 'note';
}

function locationOf(input: string, line: number | undefined) {
  return {
    physicalLocation: {
      artifactLocation: { uri: input === '-' ? 'stdin' : encodeURI(input.replaceAll('\\', '/')) },
      region: { startLine: line ?? 1 },
    },
  };
}

/** A reason as a sentence; a name or an address at its beginning stays as it is spelled. */
export function sentence(reason: string): string {
  return `${reason.replace(/^[a-z](?=[a-z]* )/, (letter) => letter.toUpperCase())}.`;
}
