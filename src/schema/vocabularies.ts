import { accountControl } from './vocabulary/account-control.ts';
import { accountKind } from './vocabulary/account-kind.ts';
import { actorKind } from './vocabulary/actor-kind.ts';
import { attributionLayer } from './vocabulary/attribution-layer.ts';
import { attributionRelation } from './vocabulary/attribution-relation.ts';
import { buildSystemKind } from './vocabulary/build-system-kind.ts';
import { channelKind } from './vocabulary/channel-kind.ts';
import { componentKind } from './vocabulary/component-kind.ts';
import { confidence } from './vocabulary/confidence.ts';
import { depth } from './vocabulary/depth.ts';
import { ecosystem } from './vocabulary/ecosystem.ts';
import { entryStage } from './vocabulary/entry-stage.ts';
import { evidenceLevel } from './vocabulary/evidence-level.ts';
import { externalIdSource } from './vocabulary/external-id-source.ts';
import { hashAlgorithm } from './vocabulary/hash-algorithm.ts';
import { hopStage } from './vocabulary/hop-stage.ts';
import { impact } from './vocabulary/impact.ts';
import { indicatorType } from './vocabulary/indicator-type.ts';
import { likelihood } from './vocabulary/likelihood.ts';
import { lineageEvidence } from './vocabulary/lineage-evidence.ts';
import { lineageRelation } from './vocabulary/lineage-relation.ts';
import { malwareKind } from './vocabulary/malware-kind.ts';
import { nexus } from './vocabulary/nexus.ts';
import { organizationKind } from './vocabulary/organization-kind.ts';
import { organizationRole } from './vocabulary/organization-role.ts';
import { pathState } from './vocabulary/path-state.ts';
import { personKind } from './vocabulary/person-kind.ts';
import { personRole } from './vocabulary/person-role.ts';
import { platform } from './vocabulary/platform.ts';
import { publicChannel } from './vocabulary/public-channel.ts';
import { recordStatus } from './vocabulary/record-status.ts';
import { referenceKind } from './vocabulary/reference-kind.ts';
import { releaseState } from './vocabulary/release-state.ts';
import { seedTier } from './vocabulary/seed-tier.ts';
import { slsaThreat } from './vocabulary/slsa-threat.ts';
import { vector } from './vocabulary/vector.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Every vocabulary, in the order of their names. */
export const vocabularies: readonly Vocabulary[] = [
  accountControl,
  accountKind,
  actorKind,
  attributionLayer,
  attributionRelation,
  buildSystemKind,
  channelKind,
  componentKind,
  confidence,
  depth,
  ecosystem,
  entryStage,
  evidenceLevel,
  externalIdSource,
  hashAlgorithm,
  hopStage,
  impact,
  indicatorType,
  likelihood,
  lineageEvidence,
  lineageRelation,
  malwareKind,
  nexus,
  organizationKind,
  organizationRole,
  pathState,
  personKind,
  personRole,
  platform,
  publicChannel,
  recordStatus,
  referenceKind,
  releaseState,
  seedTier,
  slsaThreat,
  vector,
];
