import { z } from 'zod';
import type { CorpusAnswers } from '../../answers/corpus-answers.ts';
import { AppError } from '../../base/problem.ts';
import { componentLabel, type Finding, type InputCoverage } from '../../check/check.ts';
import { inventoryFormats } from '../../check/inventory/formats.ts';
import { sourceKey } from '../../graph/evidence-dates.ts';
import { findNode } from '../../graph/graph.ts';
import { referencesOf } from '../../schema/claims.ts';
import { type DraftStatement, makeAnswer } from '../answer.ts';
import { citing } from '../citations.ts';
import { quoted } from '../quoted-text.ts';
import { asOfDay, defineTool, paging } from '../tool.ts';

const formatIds = inventoryFormats.map(({ id }) => id) as [string, ...string[]];

export const checkComponents = defineTool({
  name: 'check_components',
  title: 'Check components against the corpus',
  description:
    'Were we hit? Looks packages (purls) or an inventory (lockfile, SBOM, requirements, workflow, list of programs, hashes or domains, as text) up in the incidents of the corpus. No finding means that no recorded incident matches, not that the components are safe: the corpus holds incidents, not every malicious package; for an index of these use the command `threatpedia check`.',
  input: z.strictObject({
    purls: z
      .array(z.string().min(1).max(1_000))
      .max(2_000)
      .default([])
      .describe('Package URLs, with versions where known: pkg:npm/event-stream@3.3.6.'),
    inventory: z
      .strictObject({
        name: z.string().min(1).max(300).describe('Its file name, which tells its format: package-lock.json.'),
        text: z.string().max(1_000_000),
        format: z.enum(formatIds).optional().describe('Its format, where the name does not tell.'),
      })
      .optional()
      .describe('One inventory file.'),
    installed_between: z
      .string()
      .max(80)
      .optional()
      .describe('When the things were in use: 2025-03-14..2025-03-15, one end may be left open.'),
    as_of: asOfDay,
    ...paging(30),
  }),
  example: { purls: ['pkg:npm/event-stream@3.3.6', 'pkg:npm/left-pad@1.3.0'] },
  async run(answers, { purls, inventory, installed_between: installedBetween, as_of: asOf, offset, limit }) {
    const inputs = [
      ...(purls.length > 0
        ? [{ path: 'purls', format: 'purl-list', bytes: bytesOf(purls.map((purl) => purl.replace(/\s+/g, '')).join('\n')) }]
        : []),
      ...(inventory ? [{ path: inventory.name, format: inventory.format, bytes: bytesOf(inventory.text) }] : []),
    ];
    if (inputs.length === 0) throw new AppError('usage', 'there is nothing to check; give purls, or an inventory with its name and text');
    const { findings, coverage, comparisons } = await answers.check(inputs, { asOf, installedBetween });
    const [definite, possible] = (['definite', 'possible'] as const).map(
      (wanted) => findings.filter(({ exposure }) => exposure === wanted).length,
    ) as [number, number];
    const read = coverage.reduce((sum, { components }) => sum + components, 0);
    // How many names the corpus has today tells of what came after an earlier day.
    const compared = asOf === undefined ? comparisons : [];
    const coverageLines = [
      ...coverage.map(coverageLine),
      ...compared.map(
        ({ type, components, corpusNames }) =>
          `${components} of type ${type}, compared with ${corpusNames} names of that type in the corpus`,
      ),
    ];
    return makeAnswer(
      {
        title: `${definite} exposed, ${possible > 0 ? `${possible} possibly exposed, ` : ''}${findings.length - definite - possible} other findings, ${read} components read`,
        asOf,
        notes: [
          'compared with the incidents of this corpus alone; what is not found is not thereby safe',
          ...(coverage.some(({ failure, skipped }) => failure || skipped.some((each) => each.notUnderstood))
            ? ['not everything could be read: see Coverage']
            : []),
        ],
      },
      [
        { name: 'Findings', statements: findings.map((finding) => findingStatement(answers, finding, asOf)) },
        { name: 'Coverage', statements: coverageLines.map((text) => ({ text: quoted(text), basis: 'computed' as const })) },
      ],
      { offset, limit },
    );
  },
});

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function coverageLine({ input, format, components, failure, skipped }: InputCoverage): string {
  if (failure) return `${input} could not be read${format ? ` as ${format}` : ''}: ${failure.message}. It says nothing about exposure`;
  const passedOver = skipped.map(({ reason, count, example }) => `; passed over ${count}: ${reason}${example ? ` (${example})` : ''}`);
  return `${input}: ${components} components read as ${format}${passedOver.join('')}`;
}

function findingStatement(
  { graph }: CorpusAnswers,
  { state, exposure, reason, component, knowledge, incident, line }: Finding,
  asOf: string | undefined,
): DraftStatement {
  // Titles and notes are of today.
  const told = asOf === undefined ? ` ${incident?.title ?? knowledge.title ?? ''}.${knowledge.note ? ` ${knowledge.note}` : ''}` : '';
  const place = line === undefined ? '' : `, line ${line}`;
  const text = quoted(
    `${state}${exposure === 'possible' ? ' (possible, only if it was used then)' : ''}: ${componentLabel(component)}${place}: ${withoutLater(reason, asOf)} (${knowledge.state}). ${knowledge.id}.${told}`,
  );
  const id = `incident:${knowledge.id}`;
  const record = findNode(graph, 'incident', knowledge.id)?.record;
  const sources = new Set(knowledge.sources);
  const cites = (record ? referencesOf(record) : []).filter((reference) => sources.has(reference.url) || sources.has(sourceKey(reference)));
  if (!record || cites.length === 0) return { text, basis: 'judgement', id };
  const ids = cites.map((reference) => reference.id);
  return { text, basis: 'cited', cite: citing(record, ids, asOf), id };
}

/** A reason may name the end of a window; one after the day is not told. */
function withoutLater(reason: string, asOf: string | undefined): string {
  const dates: readonly string[] = reason.match(/\b\d{4}-\d{2}(?:-\d{2})?/g) ?? [];
  return asOf !== undefined && dates.some((date) => date > asOf) ? 'it was publicly known to be bad' : reason;
}
