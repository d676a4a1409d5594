import { buildGraph } from '../src/graph/build-graph.ts';
import { countFacet, runQuery } from '../src/query/evaluate.ts';
import { type QueryFieldName, queryFields } from '../src/query/fields.ts';
import { isQueryFault, parseQuery } from '../src/query/parse.ts';
import { reinterpretQuery } from '../src/query/reinterpret.ts';
import type { IncidentRow } from '../src/query/row.ts';
import { valueTable } from '../src/query/value-table.ts';

const COUNT = 2_000;

/** One keystroke of the list that answers: parsing, finding, sorting and counting every facet over 2,000 incidents. Drawing is the browser's. */
export async function main(): Promise<void> {
  const rows = Array.from({ length: COUNT }, (_, index) => rowOf(index));
  const facets = (Object.keys(queryFields) as QueryFieldName[]).filter((name) => 'facet' in queryFields[name]);
  const known = valueTable(buildGraph([]));
  const typed =
    'ecosystem:npm,pypi -depth:indexed (vector:typosquatting or vector:stolen-credential) year:2010..2026 north korean worms "installer of"';
  const keystroke = (text: string): boolean => {
    const parsed = parseQuery(text, known);
    if (isQueryFault(parsed)) return false;
    if (runQuery(rows, parsed).length === 0) reinterpretQuery(rows, parsed, known);
    for (const facet of facets) countFacet(rows, parsed, facet);
    return true;
  };
  keystroke(typed);
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    for (let length = 1; length <= typed.length; length++) {
      const start = performance.now();
      if (keystroke(typed.slice(0, length))) times.push(performance.now() - start);
    }
  }
  times.sort((left, right) => left - right);
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1);
  console.log(
    `${COUNT} incidents, ${times.length} keystrokes, ${facets.length} facets: median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms (aim 16)`,
  );
}

function rowOf(index: number): IncidentRow {
  const pick = (values: readonly string[], step: number) => values[Math.floor(index / step) % values.length] ?? '';
  return {
    id: `SC-${2003 + (index % 24)}-MADE-UP-${index}`,
    title: `Altered installer of product ${index}`,
    summary: 'A sentence as long as the summary of a record, which tells what happened, to what, when, and who found it. '.repeat(3),
    year: String(2003 + (index % 24)),
    depth: pick(['featured', 'structured', 'indexed'], 1),
    status: 'confirmed',
    observed: `${2003 + (index % 24)}-03`,
    warned: 'unknown',
    disclosed: `${2003 + (index % 24)}-04-${String((index % 28) + 1).padStart(2, '0')}`,
    contained: '',
    vector: [pick(['typosquatting', 'stolen-credential', 'build-system-compromise'], 2), 'malicious-package'],
    impact: ['malware-distribution', 'credential-theft'],
    ecosystem: [pick(['npm', 'pypi', 'windows', 'github-actions'], 3)],
    entry: [pick(['publish', 'source', 'build', 'deliver'], 5)],
    divergence: pick(['yes', 'no', 'unknown'], 7),
    confidence: 'high',
    evidence: 'multiple-reports',
    actor: index % 5 === 0 ? [`actor-${index % 40}`] : ['unknown'],
    malware: [],
    campaign: [],
    organization: [`organization-${index % 300}`],
    component: ['package'],
    channel: ['public-package-registry'],
    technique: ['T1195.001'],
    slsa: ['F'],
    advisory: [],
    references: index % 40,
    origins: index % 9,
    words: 'names of components, organizations and people as a record has them, and its aliases',
    nexus: [],
  };
}
