import { z } from 'zod';
import { attribution } from './attribution.ts';
import { cites, claim, claimText, datedFact, known, references, triState, unknownState } from './evidence.ts';
import { edtf, incidentId, line, slug, term, uniqueList } from './fields.ts';
import {
  account,
  artifact,
  buildSystem,
  component,
  distributionChannel,
  exposureWindow,
  indicator,
  query,
  release,
  repository,
  vulnerability,
} from './primitives.ts';
import { confidence } from './vocabulary/confidence.ts';
import { depth } from './vocabulary/depth.ts';
import { ecosystem } from './vocabulary/ecosystem.ts';
import { entryStage } from './vocabulary/entry-stage.ts';
import { evidenceLevel } from './vocabulary/evidence-level.ts';
import { hopStage } from './vocabulary/hop-stage.ts';
import { impact } from './vocabulary/impact.ts';
import { organizationRole } from './vocabulary/organization-role.ts';
import { pathState } from './vocabulary/path-state.ts';
import { personRole } from './vocabulary/person-role.ts';
import { recordStatus } from './vocabulary/record-status.ts';
import { seedTier } from './vocabulary/seed-tier.ts';
import { slsaThreat } from './vocabulary/slsa-threat.ts';
import { vector } from './vocabulary/vector.ts';

const timelineEntry = z
  .strictObject({ date: edtf('When it happened.'), title: line('What happened, as a headline.', 160), text: claimText, cites })
  .meta({ id: 'timeline-entry', title: 'Timeline entry', description: 'One dated event.' });

const chainStep = z
  .strictObject({ title: line('The step, as a headline.', 160), text: claimText, cites })
  .meta({ id: 'chain-step', title: 'Attack-chain step', description: 'One step of the attack, in order.' });

const detectionNote = z.strictObject({ text: claimText, query: query.optional(), cites }).meta({
  id: 'detection-note',
  title: 'Detection note',
  description: 'A concrete pivot: process, path, domain, hash, log field, version.',
});

const hop = z
  .strictObject({
    id: slug('Handle, needed only where a later hop names this one in `after`.').optional(),
    stage: term(hopStage, 'The lane it stands in.'),
    via: line(
      'Id (or purl) of the primitive of this record that the hop is: a component, build system, channel, repository or account.',
      1024,
    ).optional(),
    label: line('What to call the hop where no primitive is recorded for it.', 60).optional(),
    state: term(pathState, 'What became of the hop.'),
    after: uniqueList(
      slug('Id of an earlier hop.'),
      'Earlier hops that lead here. Default: all hops of the nearest earlier stage.',
    ).optional(),
    text: claimText,
    cites,
  })
  .refine((value) => Boolean(value.via) !== Boolean(value.label), 'a hop has either `via` (a primitive of this record) or `label`')
  .meta({ id: 'hop', title: 'Hop', description: 'One step of the path from source to run. Hops of one stage in a row are parallel.' });

const seed = z
  .strictObject({
    from: z
      .strictObject({
        incident: incidentId('The incident that seeded this one.'),
        component: line('Id or purl of the component there that carried the seed.', 1024),
      })
      .meta({ description: 'Where the compromise came from.' }),
    to: line('Id (or purl) of the primitive of this record that it reached.', 1024),
    tier: term(seedTier, 'How firm the link is.'),
    text: claimText,
    cites,
  })
  .meta({ id: 'seed', title: 'Seed', description: 'An earlier compromise that led to this one. The graph of seeds has no circle.' });

const conflict = z
  .strictObject({
    field: line('What the sources disagree about.', 120),
    values: z
      .array(z.strictObject({ value: line('What these sources say.', 400), cites }))
      .min(2, 'a conflict needs at least two values')
      .meta({ description: 'The values side by side.' }),
    text: claimText,
  })
  .meta({ id: 'conflict', title: 'Conflict', description: 'Two sources disagree. Shown, not resolved by us.' });

/** A record in another file, and what it has to do with this incident. */
const linkTo = (description: string) =>
  z.strictObject({ id: slug('Id of the record.'), text: claimText.optional(), cites }).meta({ description });

export const incident = z
  .strictObject({
    schema: z.literal('incident/1').meta({ description: 'Kind and version of the record.' }),
    id: incidentId('Permanent id. The year is that of the earliest known activity or of disclosure, whichever names the incident.'),
    title: line('What happened to which software, as an encyclopedia would title it.', 160),
    summary: claim.meta({ description: 'The incident in one to three sentences.' }),
    status: term(recordStatus, 'How settled it is that the incident happened.'),
    depth: term(depth, 'How complete the record promises to be; the validator holds it to that.'),
    aliases: uniqueList(line('A name.', 120), 'Other names that a searcher would type.').optional(),

    firstObserved: datedFact('Earliest activity known today.').optional(),
    firstPublicWarning: datedFact('First public word that something was wrong.').optional(),
    disclosed: datedFact('When the affected party, or a detailed report, confirmed it in public.').optional(),
    contained: datedFact('When the path was closed: release withdrawn, credential revoked, host taken down.').optional(),

    ecosystems: uniqueList(term(ecosystem, 'An ecosystem.'), 'Ecosystems and platforms the path ran through.'),
    vectors: uniqueList(term(vector, 'A vector.'), 'How the attacker got in and spread.')
      .min(1)
      .superRefine((vectors, context) => {
        const index = vectors.indexOf('unknown');
        if (index >= 0 && vectors.length > 1)
          context.addIssue({ code: 'custom', path: [index], message: 'a vector is named and said to be unknown: leave one of them out' });
      }),
    impacts: uniqueList(term(impact, 'An impact.'), 'What came of it.').optional(),
    entryStage: z
      .union([term(entryStage, 'Where the attacker first gained influence over the software’s path.'), unknownState])
      .meta({ description: 'Where the attacker first gained influence over the software’s path.', vocabulary: entryStage.name })
      .optional(),
    sourceArtifactDivergence: triState('Whether the distributed artifact differs from the published or internal source.').optional(),
    confidence: term(confidence, 'How sure this record is of its account as a whole.'),
    evidenceLevel: term(evidenceLevel, 'The best evidence the record rests on.'),

    executiveSummary: z.array(claim).meta({ description: 'The incident for a reader with two minutes.' }).optional(),
    timeline: known(timelineEntry, 'Dated events, in order.').optional(),
    attackChain: known(chainStep, 'The steps of the attack, in order.').optional(),
    affectedEcosystem: z.array(claim).meta({ description: 'Who and what could be reached, in prose.' }).optional(),
    impact: known(claim, 'What is known to have come of it.').optional(),
    defensiveLessons: z.array(claim).meta({ description: 'What this incident, not security in general, teaches.' }).optional(),
    detectionNotes: known(detectionNote, 'What to look for.').optional(),
    openQuestions: known(claim, 'What the sources leave open.').optional(),

    components: known(component, 'Software the incident touched.').optional(),
    releases: known(release, 'Releases and what became of them.').optional(),
    windows: known(exposureWindow, 'Exposure of what has no version.').optional(),
    repositories: known(repository, 'Source repositories involved.').optional(),
    organizations: known(
      z.strictObject({
        id: slug('Id of the organization record.'),
        role: term(organizationRole, 'Its part in the incident.'),
        text: claimText.optional(),
        cites,
      }),
      'Organizations involved.',
    ).optional(),
    people: known(
      z.strictObject({
        id: slug('Id of the person record.'),
        role: term(personRole, 'Their part in the incident.'),
        text: claimText.optional(),
        cites,
      }),
      'Maintainers, discoverers and personas involved, in their public role only.',
    ).optional(),
    buildSystems: known(buildSystem, 'Build systems involved.').optional(),
    distributionChannels: known(distributionChannel, 'Channels that carried the releases.').optional(),
    accounts: known(account, 'Accounts and credentials the attacker used.').optional(),
    artifacts: known(artifact, 'Files known by digest.').optional(),
    indicators: known(indicator, 'Network and host observables.').optional(),
    vulnerabilities: known(vulnerability, 'Advisory ids.').optional(),

    attribution: known(attribution, 'The ledger of attribution claims.').optional(),
    campaigns: known(linkTo('A campaign this incident is part of.'), 'Campaigns it is part of.').optional(),
    malware: known(
      z.strictObject({
        id: slug('Id of the malware record.'),
        strain: slug('Id of a strain of that family.').optional(),
        text: claimText.optional(),
        cites,
      }),
      'Malware families used.',
    ).optional(),
    related: known(
      z.strictObject({ id: incidentId('Id of the incident.'), text: claimText, cites }),
      'Incidents connected otherwise than by seeding.',
    ).optional(),
    seededBy: known(seed, 'Earlier compromises that led to this one.').optional(),

    path: known(hop, 'The path from source to run, hop by hop.').optional(),
    techniques: known(
      z.strictObject({
        id: z
          .string()
          .regex(/^T\d{4}(\.\d{3})?$/, 'expected an ATT&CK technique id such as T1195.002')
          .meta({ description: 'ATT&CK Enterprise technique id, v18.' }),
        name: line('The technique’s name in ATT&CK v18.', 120),
        text: claimText.optional(),
        cites,
      }),
      'ATT&CK techniques (Enterprise, v18) that sources describe or name.',
    ).optional(),
    slsaThreats: known(
      z.strictObject({ id: term(slsaThreat, 'SLSA threat letter.'), text: claimText.optional(), cites }),
      'SLSA threats that the path realised.',
    ).optional(),
    conflicts: known(conflict, 'What sources disagree about.').optional(),
    singleReference: line('Why the record rests on one reference, where it is more than indexed.', 400).optional(),
    references,
  })
  .meta({
    id: 'incident',
    title: 'Incident',
    description: 'A software supply-chain incident: a path, its evidence, and what is not known.',
  });

export type Incident = z.infer<typeof incident>;
export type Hop = z.infer<typeof hop>;
