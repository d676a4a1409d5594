import { z } from 'zod';

/**
 * The shape of the JSON report (`check --format json`), for the generated `schemas/check-report.schema.json`. Within version 1 fields are added,
 * never renamed or removed.
 */
const text = (description: string) => z.string().meta({ description });
const count = (description: string) => z.int().min(0).meta({ description });

const digests = z
  .strictObject({
    sha256: text('Hexadecimal, lower case.').optional(),
    sha1: text('Hexadecimal, lower case.').optional(),
    md5: text('Hexadecimal, lower case.').optional(),
    sha512: text('Hexadecimal, lower case.').optional(),
  })
  .meta({ description: 'Digests of the file.' });

const identity = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('package').meta({ description: 'Anything a purl type exists for.' }),
      type: text('purl type.'),
      name: text('Namespace and name as the ecosystem writes them.'),
    }),
    z.strictObject({
      kind: z.literal('application').meta({ description: 'A program without purl.' }),
      name: text('Name as the input lists it.'),
      vendor: text('Vendor as the input lists it.').optional(),
      platform: text('Operating system.').optional(),
      bundleId: text('Identifier on its platform.').optional(),
    }),
    z.strictObject({ kind: z.literal('file').meta({ description: 'A file by its digests.' }), name: text('Its name.'), digests }),
    z.strictObject({
      kind: z.literal('network').meta({ description: 'A host, address or URL.' }),
      type: z.enum(['domain', 'ip', 'url']).meta({ description: 'What it is.' }),
      value: text('Its value.'),
    }),
  ])
  .meta({ description: 'What the thing is looked up by.' });

const source = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('registry').meta({ description: 'The public registry of its ecosystem.' }) }),
    z.strictObject({ kind: z.literal('other-registry').meta({ description: 'Another registry or mirror.' }), host: text('Its host.') }),
    z.strictObject({ kind: z.literal('git').meta({ description: 'A repository.' }), url: text('Its address.') }),
    z.strictObject({ kind: z.literal('url').meta({ description: 'An address.' }), url: text('The address.') }),
    z.strictObject({ kind: z.literal('path').meta({ description: 'A folder or file.' }), path: text('The path.') }),
    z.strictObject({ kind: z.literal('unstated').meta({ description: 'The input does not say.' }) }),
  ])
  .meta({ description: 'Where the thing comes from.' });

const naming = z.strictObject({
  id: text('Incident id (SC-…) or advisory id (MAL-…).'),
  title: text('What it is called.').optional(),
  aliases: z.array(z.string()).meta({ description: 'Other ids of the same thing.' }).optional(),
  withdrawn: text('Day on which the advisory was withdrawn.').optional(),
});

const revision = z.strictObject({ commit: text('Commit id.'), date: text('When it was committed (ISO 8601).') });

const finding = z.strictObject({
  state: z
    .enum(['confirmed', 'in-window', 'could-resolve', 'name-only', 'unconfirmed-range', 'not-comparable', 'outside-window', 'withdrawn'])
    .meta({ description: 'What the match is worth. `confirmed` and `in-window` mean exposed: see `exposure`.' }),
  exposure: z
    .enum(['definite', 'possible'])
    .meta({
      description:
        'How surely it means exposure: `possible` is exposure only if the thing was used in the window, which nothing given tells. Absent where the state means none.',
    })
    .optional(),
  reason: text('Why it has this state.'),
  component: z
    .strictObject({
      label: text('Name and version as people write them.'),
      purl: text('Package URL, for packages.').optional(),
      identity,
      version: text('Version as the input spells it.').optional(),
      requested: text('What a manifest without a lock asks for.').optional(),
      source,
      relation: z.enum(['direct', 'transitive']).meta({ description: 'Whether the project asks for it itself.' }).optional(),
    })
    .meta({ description: 'What was found.' }),
  at: z
    .strictObject({
      input: text('The input it stands in.'),
      line: count('Line, from 1.').optional(),
      pointer: text('JSON pointer (RFC 6901).').optional(),
    })
    .meta({ description: 'Where it was found.' }),
  chain: z
    .array(z.string())
    .meta({
      description: 'Shortest way from the project to it, outermost first; empty where it is direct, absent where the input does not tell.',
    })
    .optional(),
  presence: z
    .array(
      z.strictObject({
        from: revision.meta({ description: 'First revision that held it.' }),
        until: revision.meta({ description: 'First revision after it that did not; absent while it is still there.' }).optional(),
      }),
    )
    .meta({ description: 'When the history of the input held it.' })
    .optional(),
  incident: naming.meta({ description: 'The incident of the corpus.' }).optional(),
  advisory: naming.meta({ description: 'The advisory of the index of malicious packages.' }).optional(),
  note: text('What the record says of this very release.').optional(),
  affectedVersions: z.array(z.string()).meta({ description: 'Versions that the knowledge names.' }).optional(),
  window: z
    .strictObject({ from: text('EDTF, inclusive.').optional(), to: text('EDTF, inclusive.').optional() })
    .meta({ description: 'When it was bad, or to be had.' })
    .optional(),
  release: z
    .strictObject({
      published: text('When it became available (EDTF).').optional(),
      withdrawn: text('When it was removed from its channel (EDTF).').optional(),
    })
    .meta({ description: 'The bad release; absent where neither is known, and for what has no release of its own.' })
    .optional(),
  cleanReleases: z
    .array(z.strictObject({ version: text('Version or tag.'), published: text('When it became available (EDTF).').optional() }))
    .meta({ description: 'Releases that replaced what was bad, the first one to go to first; absent where none is known.' })
    .optional(),
  knownSince: text('First day on which this was public.').optional(),
  path: z
    .array(
      z.strictObject({
        stage: text('Stage of the path.'),
        label: text('The hop.'),
        state: text('What became of it.'),
        after: z.array(count('Position of a hop, from 0.')).meta({ description: 'The hops of this list that lead to it.' }),
      }),
    )
    .meta({ description: 'The path of the attack, hop by hop in the order of the record; hops may be parallel.' }),
  attribution: z.array(z.string()).meta({ description: 'The ledger of attribution claims in brief.' }),
  lookFor: z
    .array(
      z.strictObject({
        text: text('What to look for.'),
        query: z
          .strictObject({ language: text('Query language.'), text: text('The query.') })
          .meta({ description: 'A query.' })
          .optional(),
      }),
    )
    .meta({ description: 'What to look for next.' }),
  indicators: z
    .array(z.strictObject({ type: text('Type of observable.'), value: text('Its value, not defanged.') }))
    .meta({ description: 'Observables of the incident, the first of them.' }),
  references: z.array(z.string()).meta({ description: 'Addresses of the sources.' }),
});

export const checkReportSchema = z
  .strictObject({
    schema: z.literal('check-report/1').meta({ description: 'Kind and version of the report.' }),
    tool: z
      .strictObject({ name: z.literal('threatpedia').meta({ description: 'The tool.' }), version: text('Its version.') })
      .meta({ description: 'What made the report.' }),
    ranAt: text('When the check ran (ISO 8601), where the caller asked for it.').optional(),
    options: z
      .strictObject({
        asOf: text('Only what was public on this day counts.').optional(),
        installedBetween: z
          .strictObject({ from: text('ISO 8601.').optional(), to: text('ISO 8601.').optional() })
          .meta({ description: 'When the things were in use.' })
          .optional(),
      })
      .meta({ description: 'What the user said beyond the inputs.' }),
    summary: z
      .strictObject({
        exposed: count('Findings that mean exposure, definite or possible.'),
        definite: count('Those that are definite.'),
        possible: count('Those that are exposure only if the thing was used in the window.'),
        other: count('Findings that do not.'),
        unread: count('Inputs that could not be read.'),
        notUnderstood: count('Lines and entries, in inputs that were read, that could not be understood: nothing is known about them.'),
        inputs: count('Inputs.'),
        components: count('Components that were looked up.'),
        compared: count('Those of a kind that something at hand is known about.'),
        corpusOnly: count('Those of a kind that only the corpus knows something about.'),
      })
      .meta({ description: 'The report in numbers.' }),
    findings: z.array(finding).meta({ description: 'The gravest first.' }),
    coverage: z
      .array(
        z.strictObject({
          input: text('The input.'),
          format: text('Format it was read as; absent where it was not recognised.').optional(),
          formatVersion: text('Version of the format.').optional(),
          components: count('Components that were read.'),
          skipped: z
            .array(
              z.strictObject({
                reason: text('Why.'),
                count: count('How many.'),
                example: text('The first one.').optional(),
                notUnderstood: z
                  .array(z.strictObject({ text: text('As it stands, cut.'), line: count('Line, from 1.').optional() }))
                  .meta({
                    description: 'Present where the input was not understood, rather than rightly passed over: the first few of them.',
                  })
                  .optional(),
              }),
            )
            .meta({ description: 'What was not read as a component.' }),
          failure: z
            .strictObject({ message: text('Why.'), line: count('Line, from 1.').optional() })
            .meta({ description: 'Why the input could not be read: the report says nothing about it.' })
            .optional(),
        }),
      )
      .meta({ description: 'What became of each input.' }),
    comparisons: z
      .array(
        z.strictObject({
          type: text(
            'purl type of packages, unnamed where the input names no ecosystem; application, file or network for everything else.',
          ),
          components: count('Components of it.'),
          corpusNames: count('Names, digests or addresses of it that the corpus knows.'),
          indexNames: count('Names of it that indexes of malicious packages hold.'),
          knownThrough: z.enum(['index', 'corpus', 'nothing']).meta({
            description:
              'The best that it was compared with: an index of malicious packages, the incidents of the corpus alone, or nothing.',
          }),
        }),
      )
      .meta({ description: 'What each kind of thing in the inputs was compared with.' }),
    uncovered: z
      .array(z.strictObject({ type: text('As in comparisons.'), components: count('Components of it.') }))
      .meta({ description: 'Kinds of things that nothing at hand is known about.' }),
    knowledge: z
      .array(
        z.strictObject({
          sources: z
            .array(
              z.strictObject({
                name: text('corpus, or where the records came from.'),
                records: count('Records.'),
                newest: text('Date of the newest one.').optional(),
                skipped: z.record(z.string(), z.int()).meta({ description: 'Records left out, by reason.' }).optional(),
              }),
            )
            .meta({ description: 'What the index was made from.' }),
          keys: count('Names in the index.'),
          entries: count('Entries in the index.'),
        }),
      )
      .meta({ description: 'What the inputs were compared with.' }),
  })
  .meta({ id: 'check-report', title: 'Exposure report', description: 'What `threatpedia check --format json` prints.' });
