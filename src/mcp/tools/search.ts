import { z } from 'zod';
import type { NodeKind } from '../../graph/graph.ts';
import { nodeKinds } from '../../graph/node-kinds.ts';
import { makeAnswer } from '../answer.ts';
import { nodeStatement } from '../node-statement.ts';
import { quoted } from '../quoted-text.ts';
import { defineTool, paging } from '../tool.ts';

const kinds = Object.keys(nodeKinds) as [NodeKind, ...NodeKind[]];

export const search = defineTool({
  name: 'search',
  title: 'Search the corpus',
  description:
    'Finds incidents, software, releases, files, domains, actors, malware, organizations, people and sources by words, names, versions, digests or addresses. Call it first where no id is known.',
  input: z.strictObject({
    words: z.string().min(1).max(300).describe('Words, a name, a version, a digest, a domain; defanged ones too. All words must fit.'),
    kinds: z.array(z.enum(kinds)).max(kinds.length).default([]).describe('Only things of these kinds; all where empty.'),
    ...paging(10),
  }),
  example: { words: 'event-stream', kinds: ['incident', 'package'] },
  run(base, { words, kinds: wanted, offset, limit }) {
    const found = base.names.find(words, wanted);
    const notes =
      found.length === 0
        ? ['nothing fits; try fewer or other words. What is not in the corpus is not recorded here, which does not mean that it is safe']
        : [];
    const statements = found.map(nodeStatement);
    return makeAnswer({ title: `${found.length} found for “${quoted(words)}”`, notes }, [{ name: 'Found', statements }], { offset, limit });
  },
});
