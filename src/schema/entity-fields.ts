import { z } from 'zod';
import { cites, claim } from './evidence.ts';
import { line, slug, term, uniqueList, webUrl } from './fields.ts';
import { externalIdSource } from './vocabulary/external-id-source.ts';

/** What the records that are no incidents have in common. */
export const entityId = slug('Permanent id: the file’s name without `.yaml`.');

export const alias = z
  .strictObject({
    name: line('The name.', 120),
    by: slug('Id of the organization that uses the name for it.').optional(),
    cites,
  })
  .meta({
    id: 'alias',
    title: 'Alias',
    description: 'Another name, with the organization that uses it. Names collide: two organizations may mean different things.',
  });

export const aliases = z.array(alias).meta({ description: 'Other names, each with who uses it.' });

export const externalIds = z
  .array(
    z.strictObject({
      source: term(externalIdSource, 'Which catalogue.'),
      id: line('The id there.', 120),
      url: webUrl('Its page.').optional(),
    }),
  )
  .meta({ description: 'The same thing in other catalogues.' });

export const facts = z.array(claim).meta({ description: 'What is known about it beyond the summary, sentence by sentence.' });

export const plainNames = uniqueList(line('A name.', 120), 'Other names that a searcher would type.');
