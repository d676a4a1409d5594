import { z } from 'zod';
import { componentLabel, ExposureCheck, type Finding, isExposed } from '../../check/check.ts';
import { type FormatRow, findFormat, getFormat, inventoryFormats, sniffFormat } from '../../check/inventory/formats.ts';
import type { MatchOptions } from '../../check/match.ts';
import { type Period, parsePeriod } from '../../check/period.ts';
import { sourceKey } from '../../graph/evidence-dates.ts';
import { findNode } from '../../graph/graph.ts';
import { referencesOf } from '../../schema/claims.ts';
import { type DraftStatement, makeAnswer } from '../answer.ts';
import { citing } from '../citations.ts';
import type { KnowledgeBase } from '../knowledge-base.ts';
import { quoted } from '../quoted-text.ts';
import { asOfDay, defineTool, paging } from '../tool.ts';
import { ToolError } from '../tool-error.ts';

const MAX_INVENTORY = 1_000_000;
const MAX_PURLS = 2_000;

const formatIds = inventoryFormats.map(({ id }) => id) as [string, ...string[]];

export const checkComponents = defineTool({
  name: 'check_components',
  title: 'Check components against the corpus',
  description:
    'Looks packages (purls) or an inventory (lockfile, SBOM, requirements, workflow, list of programs, hashes or domains, as text) up in the incidents of the corpus. No finding means that no recorded incident matches, not that the components are safe: the corpus holds incidents, not every malicious package.',
  input: z.strictObject({
    purls: z
      .array(z.string().min(1).max(1_024))
      .max(MAX_PURLS)
      .default([])
      .describe('Package URLs, with versions where known: pkg:npm/event-stream@3.3.6.'),
    inventory: z.string().max(MAX_INVENTORY).optional().describe('The text of one inventory file.'),
    fileName: z.string().max(300).optional().describe('Its name, such as package-lock.json: tells its format.'),
    format: z.enum(formatIds).optional().describe('Its format, where name and beginning do not tell.'),
    installedBetween: z
      .string()
      .max(80)
      .optional()
      .describe('When the things were in use: 2025-03-14..2025-03-15, one end may be left open.'),
    asOf: asOfDay,
    ...paging(30),
  }),
  example: { purls: ['pkg:npm/event-stream@3.3.6', 'pkg:npm/left-pad@1.3.0'] },
  async run(base, { purls, inventory, fileName, format, installedBetween, asOf, offset, limit }, signal) {
    if (purls.length === 0 && inventory === undefined)
      throw new ToolError('there is nothing to check', 'give purls, or the text of an inventory with its fileName');
    const options: MatchOptions = { asOf, installedBetween: installedBetween === undefined ? undefined : periodOf(installedBetween) };
    const exposure = new ExposureCheck([await base.index], options);
    if (purls.length > 0)
      await addInput(exposure, 'purls', getFormat('purl-list'), purls.map((purl) => purl.replace(/\s+/g, '')).join('\n'));
    signal.throwIfAborted();
    if (inventory !== undefined) {
      const path = fileName ?? 'inventory';
      const row = format ? getFormat(format) : (findFormat(path) ?? sniffFormat(Buffer.from(inventory.slice(0, 65_536))));
      if (!row)
        throw new ToolError('the format of the inventory cannot be told', `give fileName, or format as one of ${formatIds.join(', ')}`);
      await addInput(exposure, path, row, inventory);
    }
    const { findings, coverage, comparisons } = await exposure.finish();
    const exposed = findings.filter(({ state }) => isExposed(state)).length;
    const read = coverage.reduce((sum, { components }) => sum + components, 0);
    const coverageLines = [
      ...coverage.map(({ input, format: id, components, failure, skipped }) =>
        failure
          ? `${input} could not be read${id ? ` as ${id}` : ''}: ${failure.message}. It says nothing about exposure`
          : `${input}: ${components} components read as ${id}${skipped.map(({ reason, count, example }) => `; passed over ${count}: ${reason}${example ? ` (${example})` : ''}`).join('')}`,
      ),
      ...(asOf
        ? []
        : comparisons.map(
            ({ type, components, corpusNames }) =>
              `${components} of type ${type}, compared with ${corpusNames} names of that type in the corpus`,
          )),
    ];
    return makeAnswer(
      {
        title: `${exposed} exposed, ${findings.length - exposed} other findings, ${read} components read`,
        asOf,
        notes: [
          'compared with the incidents of this corpus alone; what is not found is not thereby safe',
          ...(coverage.some(({ failure }) => failure) ? ['not everything could be read: see Coverage'] : []),
        ],
      },
      [
        { name: 'Findings', statements: findings.map((finding) => findingStatement(base, finding, asOf)) },
        { name: 'Coverage', statements: coverageLines.map((text) => ({ text: quoted(text), basis: 'computed' as const })) },
      ],
      { offset, limit },
    );
  },
});

async function addInput(exposure: ExposureCheck, path: string, row: FormatRow, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  const format = await row.load();
  await exposure.add({ path, format: row.id, bytes, read: () => format.parse(bytes, { path }) });
}

function periodOf(text: string): Period {
  const period = parsePeriod(text);
  if (typeof period === 'string') throw new ToolError(`installedBetween: ${period}`, 'write for example 2025-03-14..2025-03-15');
  return period;
}

function findingStatement(
  { graph }: KnowledgeBase,
  { state, reason, component, knowledge, incident, line }: Finding,
  asOf: string | undefined,
): DraftStatement {
  const told = asOf === undefined ? ` ${incident?.title ?? knowledge.title ?? ''}.${knowledge.note ? ` ${knowledge.note}` : ''}` : '';
  const place = line === undefined ? '' : `, line ${line}`;
  const text = quoted(
    `${state}: ${componentLabel(component)}${place}: ${withoutLater(reason, asOf)} (${knowledge.state}). ${knowledge.id}.${told}`,
  );
  const id = `incident:${knowledge.id}`;
  const record = findNode(graph, 'incident', knowledge.id)?.record;
  const sources = new Set(knowledge.sources);
  const cites = record ? referencesOf(record).filter((reference) => sources.has(reference.url) || sources.has(sourceKey(reference))) : [];
  if (!record || cites.length === 0) return { text, basis: 'judgement', id };
  return {
    text,
    basis: 'cited',
    cite: citing(
      record,
      cites.map((reference) => reference.id),
      asOf,
    ),
    id,
  };
}

/** A reason may name the end of a window; one after the day is not told. */
function withoutLater(reason: string, asOf: string | undefined): string {
  const dates: readonly string[] = reason.match(/\b\d{4}-\d{2}(?:-\d{2})?/g) ?? [];
  return asOf !== undefined && dates.some((date) => date > asOf) ? 'it was publicly known to be bad' : reason;
}
