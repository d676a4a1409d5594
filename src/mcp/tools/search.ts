import { z } from 'zod';
import type { NodeKind } from '../../graph/graph.ts';
import { nodeKinds } from '../../graph/node-kinds.ts';
import { makeAnswer } from '../answer.ts';
import { nodeStatement } from '../node-statement.ts';
import { quoted, refanged } from '../quoted-text.ts';
import { defineTool, paging } from '../tool.ts';

const kinds = Object.keys(nodeKinds) as [NodeKind, ...NodeKind[]];

export const search = defineTool({
  name: 'search',
  title: 'Search the corpus',
  description:
    'Finds incidents, software, releases, files, domains, actors, malware, organizations, people and sources by words, names, versions, digests or addresses. Call it first where no id is known.',
  input: z.strictObject({
    text: z.string().min(1).max(200).describe('Words, a name, a version, a digest, a domain; defanged ones too. All words must fit.'),
    kinds: z.array(z.enum(kinds)).max(kinds.length).default([]).describe('Only things of these kinds; all where empty.'),
    ...paging(10),
  }),
  example: { text: 'event-stream', kinds: ['incident', 'package'] },
  run(answers, { text, kinds: wanted, offset, limit }) {
    const found = answers.searchNodes(refanged(text).trim()).filter(({ kind }) => wanted.length === 0 || wanted.includes(kind));
    const notes =
      found.length === 0
        ? ['nothing fits; try fewer or other words. What is not in the corpus is not recorded here, which does not mean that it is safe']
        : [];
    const statements = found.map((node) => nodeStatement(node));
    return makeAnswer({ title: `${found.length} found for “${quoted(text)}”`, notes }, [{ name: 'Found', statements }], { offset, limit });
  },
});
