import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { version } from '../../package.json';
import type { CorpusAnswers } from '../answers/corpus-answers.ts';
import { allWords, findMeanings } from '../answers/meanings.ts';
import { findNearest } from '../base/nearest.ts';
import { AppError } from '../base/problem.ts';
import { reportFormats } from '../check/report/formats.ts';
import type { GraphNode } from '../graph/graph.ts';
import { incidentSummary } from '../graph/incident-list.ts';
import { type Relation, relations } from '../graph/relations.ts';
import { queryFields } from '../query/fields.ts';
import { incidentLines, nameOf, neighbourText, nodeText, pageOf, pathText } from './answer-texts.ts';
import { cleanText } from './clean-text.ts';

const name = z.string().min(1).max(1_000);
const asOf = z.string().max(40).optional().describe('A day such as 2023-03-29: only what was public at its end. Leave out for today.');
const offset = z.int().min(0).max(10_000_000).default(0).describe('Where to go on, as the answer before said.');

const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
/** Characters of an inventory; longer ones are for the command. */
const MAX_INVENTORY = 2_000_000;

/** Registers every tool: questions about the corpus, none of which changes anything. */
export function registerTools(server: McpServer, answers: CorpusAnswers): void {
  server.registerTool(
    'search',
    {
      title: 'Search',
      description:
        'Finds incidents, packages, releases, actors, malware, organizations, files by digest, domains and documents by words, names, versions. Gives ids for the other tools.',
      inputSchema: {
        text: name.describe('Words, a name, a version, a digest, a domain (also written evil[.]com).'),
        limit: z.int().min(1).max(50).default(15),
      },
      outputSchema: {
        total: z.int(),
        found: z.array(z.object({ label: z.string(), kind: z.string(), detail: z.string(), page: z.string() })),
      },
      annotations: READ_ONLY,
    },
    ({ text, limit }) =>
      answer(() => {
        const { total, found } = answers.search(text, limit);
        const hits = found.map(({ label, kind, detail, address }) => ({
          label: cleanText(label),
          kind,
          detail: cleanText(detail),
          page: address,
        }));
        const lines = hits.map(({ label, kind, detail }) => `- ${label} (${kind.toLowerCase()})${detail ? ` — ${detail}` : ''}`);
        return [[`${total} found${total > hits.length ? `, the best ${hits.length}` : ''}.`, ...lines].join('\n'), { total, found: hits }];
      }),
  );
  server.registerTool(
    'list_incidents',
    {
      title: 'List incidents',
      description: `Incidents that a query asks for. Parts side by side narrow, \`or\` widens, \`-\` excludes, other words look in titles, names and summaries; \`sort:disclosed-desc\` orders. Fields: ${Object.keys(queryFields).join(', ')}. Examples: "vector:build-system-compromise year:2020..2024", "ecosystem:npm nexus:north-korea", "actor:unknown depth:featured". \`explain\` with the word "query" tells more.`,
      inputSchema: {
        query: z.string().max(1_000).default('').describe('Empty: all incidents, the latest disclosed first.'),
        as_of: asOf,
        offset,
        limit: z.int().min(1).max(100).default(25),
      },
      outputSchema: { total: z.int(), offset: z.int(), incidents: z.array(z.record(z.string(), z.unknown())) },
      annotations: READ_ONLY,
    },
    ({ query, as_of, offset: from, limit }) =>
      answer(() => {
        const found = answers.incidents(query, { asOf: as_of, offset: from, limit });
        const incidents = found.incidents.map((record) => ({ ...incidentSummary(record) }));
        return [pageOf(incidentLines(found, from), 0), { total: found.total, offset: from, incidents }];
      }),
  );
  server.registerTool(
    'get',
    {
      title: 'Get a record or a thing',
      description:
        'One incident, actor, campaign, malware family, organization, person, package, release, account, file, domain or document: every statement with its sources, what is unknown with its reason, attribution with who claims it. Give an id (SC-2024-XZ-UTILS, kind:key, a package URL, a digest) or an exact name.',
      inputSchema: {
        id: name,
        fields: z
          .array(z.string().max(60))
          .max(40)
          .optional()
          .describe('Only these fields of a record, such as timeline, attribution, releases.'),
        as_of: asOf,
        offset,
      },
      annotations: READ_ONLY,
    },
    ({ id, fields, as_of, offset: from }) =>
      answer(() => {
        const graph = answers.on(as_of);
        const node = oneOf(answers, id, as_of);
        const { lines, evidence } = nodeText(graph, node, { only: fields && new Set(fields), asOf: as_of });
        return [pageOf(lines, from, evidence)];
      }),
  );
  server.registerTool(
    'neighbours',
    {
      title: 'Ties of a thing',
      description: 'Everything that a thing is tied to, each tie with the record that states it, since when it was known, and its sources.',
      inputSchema: { id: name, relation: z.enum(Object.keys(relations) as [Relation, ...Relation[]]).optional(), as_of: asOf, offset },
      annotations: READ_ONLY,
    },
    ({ id, relation, as_of, offset: from }) =>
      answer(() => {
        const { lines, evidence } = neighbourText(answers.on(as_of), oneOf(answers, id, as_of), relation);
        return [pageOf(lines, from, evidence)];
      }),
  );
  server.registerTool(
    'path',
    {
      title: 'How two things are connected',
      description:
        'A shortest way between two things along ties that can be inspected, each step with its evidence: how does Trading Technologies connect to 3CX?',
      inputSchema: { from: name, to: name, as_of: asOf },
      annotations: READ_ONLY,
    },
    ({ from, to, as_of }) =>
      answer(() => {
        const { lines, evidence } = pathText(answers.on(as_of), answers.path(from, to, as_of));
        return [pageOf(lines, 0, evidence)];
      }),
  );
  server.registerTool(
    'check_components',
    {
      title: 'Were we hit?',
      description:
        'Looks up package URLs, or an inventory (lockfile, SBOM, workflow, page, list of installed programs, digests, domains), in the corpus. Nothing is stored or sent anywhere. Says what was compared and what could not be read: no match is no clearance. For an index of malicious packages use the command `threatpedia check`.',
      inputSchema: {
        purls: z
          .array(z.string().max(1_000))
          .max(5_000)
          .optional()
          .describe('Package URLs with versions, such as pkg:npm/event-stream@3.3.6.'),
        inventory: z
          .object({
            name: z.string().min(1).max(300).describe('File name, by which its format is told: package-lock.json'),
            text: z.string().max(MAX_INVENTORY),
          })
          .optional(),
        as_of: asOf,
        installed_between: z.string().max(80).optional().describe('When it was installed or in use: 2025-03-14..2025-03-15.'),
      },
      annotations: READ_ONLY,
    },
    ({ purls = [], inventory, as_of, installed_between }) =>
      answer(async () => {
        const inputs = [
          ...(purls.length > 0 ? [{ path: 'package URLs', format: 'purl-list', bytes: Buffer.from(purls.join('\n')) }] : []),
          ...(inventory ? [{ path: inventory.name, bytes: Buffer.from(inventory.text) }] : []),
        ];
        if (inputs.length === 0) throw new AppError('usage', 'give purls, or an inventory with its file name and text');
        const result = await answers.check(inputs, { asOf: as_of, installedBetween: installed_between });
        const report = await reportFormats.markdown();
        const text = report.render(result, { version, site: undefined, width: 100, colors: false, verbose: true, ranAt: undefined });
        return [pageOf(text.split('\n'), 0)];
      }),
  );
  server.registerTool(
    'explain',
    {
      title: 'What a word means here',
      description:
        'The meaning of a field of records (releases, seededBy), a vocabulary (vector) or one of its values (abused), a problem code, or "query" for the query language.',
      inputSchema: { word: name },
      annotations: READ_ONLY,
    },
    ({ word }) => answer(() => [explanation(word)]),
  );
}

/** The thing of a name; the first where several have it. Throws AppError `not-found` with what was perhaps meant. */
function oneOf(answers: CorpusAnswers, wanted: string, day: string | undefined): GraphNode {
  const found = answers.find(wanted, day);
  const [first, ...others] = found;
  if (first && others.length === 0) return first;
  if (first) {
    const incident = found.find(({ kind }) => kind === 'incident');
    if (incident) return incident;
    throw new AppError('usage', `several things are called that; ask for one of: ${found.slice(0, 20).map(nameOf).join('; ')}`);
  }
  const near = answers
    .search(wanted, 5)
    .found.map(({ label, kind, detail }) => `${cleanText(label)} (${kind.toLowerCase()}${detail ? `, ${cleanText(detail)}` : ''})`);
  throw new AppError(
    'not-found',
    `nothing is called ${JSON.stringify(wanted.slice(0, 100))}${day === undefined ? '' : ` in what was known on ${day}`}${near.length > 0 ? `; perhaps: ${near.join('; ')}` : ''}`,
  );
}

function explanation(word: string): string {
  if (word === 'query') {
    return Object.entries(queryFields)
      .map(([field, { title, meaning, example }]) => `- ${field}: ${title}. ${meaning} Example: ${example}`)
      .join('\n');
  }
  const meanings = findMeanings(word);
  if (!meanings) {
    const nearest = findNearest(word, allWords());
    throw new AppError('not-found', `no field, code, vocabulary or value is called that${nearest ? `; perhaps ${nearest}` : ''}`);
  }
  const { fields, problem, vocabulary, terms } = meanings;
  return [
    ...(problem ? [`Problem ${problem.code} (${problem.severity}): ${problem.title} ${problem.explanation}`] : []),
    ...fields.map(({ kind, path, shape, description }) => `Field ${path} of ${kind} (${shape}): ${description}`),
    ...(vocabulary
      ? [
          `Vocabulary ${vocabulary.name}: ${vocabulary.definition}`,
          ...Object.entries(vocabulary.terms).map(([value, { label, definition }]) => `- ${value}: ${label}. ${definition}`),
        ]
      : []),
    ...terms.map(({ vocabulary: list, value, term }) => `Value ${value} of ${list}: ${term.label}. ${term.definition}`),
  ].join('\n');
}

type Answer = readonly [text: string, structured?: Record<string, unknown>];

/** An answer as the protocol has it; a question that cannot be answered is an answer that says how to mend it, never a stack. */
async function answer(make: () => Answer | Promise<Answer>): Promise<CallToolResult> {
  try {
    const [text, structuredContent] = await make();
    return { content: [{ type: 'text', text }], ...(structuredContent ? { structuredContent } : {}) };
  } catch (error) {
    if (!(error instanceof AppError)) console.error(error);
    const text =
      error instanceof AppError ? error.message : 'The question could not be answered: an error in the server, which its log tells.';
    return { content: [{ type: 'text', text }], isError: true };
  }
}
