import { itemsOf } from '../schema/cited.ts';
import { accountKind } from '../schema/vocabulary/account-kind.ts';
import { attributionRelation } from '../schema/vocabulary/attribution-relation.ts';
import { buildSystemKind } from '../schema/vocabulary/build-system-kind.ts';
import { channelKind } from '../schema/vocabulary/channel-kind.ts';
import { componentKind } from '../schema/vocabulary/component-kind.ts';
import { indicatorType } from '../schema/vocabulary/indicator-type.ts';
import { organizationRole } from '../schema/vocabulary/organization-role.ts';
import { pathState } from '../schema/vocabulary/path-state.ts';
import { personRole } from '../schema/vocabulary/person-role.ts';
import { referenceKind } from '../schema/vocabulary/reference-kind.ts';
import { releaseState } from '../schema/vocabulary/release-state.ts';
import { seedTier } from '../schema/vocabulary/seed-tier.ts';
import { findTerm, type Vocabulary } from '../schema/vocabulary.ts';
import { valueAt } from './build-graph.ts';
import { type Graph, type GraphEdge, nodeId } from './graph.ts';
import type { Relation } from './relations.ts';

/** Where the qualifiers of a relation come from. Those of attribution and of malware name a claimant and a strain besides. */
const VOCABULARIES: { readonly [R in Relation]?: Vocabulary } = {
  affects: componentKind,
  'released-as': releaseState,
  'bad-release': releaseState,
  'clean-release': releaseState,
  'unclear-release': releaseState,
  'leads-to': pathState,
  seeded: seedTier,
  'involves-organization': organizationRole,
  'examined-by': organizationRole,
  'involves-person': personRole,
  'built-by': buildSystemKind,
  'distributed-through': channelKind,
  'used-account': accountKind,
  'has-artifact': releaseState,
  'file-of': releaseState,
  'has-indicator': indicatorType,
  'claimed-by': attributionRelation,
  cites: referenceKind,
};

/**
 * What kind of tie an edge is, as people read it: the label of its term, the name of a strain, the claimant and what it claims ("Kaspersky: attributed to").
 * Undefined where the edge has no qualifier.
 */
export function qualifierWords(graph: Graph, edge: GraphEdge): string | undefined {
  const { relation, qualifier, record, path } = edge;
  if (qualifier === undefined) return undefined;
  if (relation === 'attributed') {
    const claim = valueAt(record, path) as { readonly claimant: string; readonly relation: string };
    const claimant = graph.nodes.get(nodeId('organization', claim.claimant))?.label ?? claim.claimant;
    return `${claimant}: ${findTerm(attributionRelation, claim.relation)?.label ?? claim.relation}`;
  }
  if (relation === 'used-malware') {
    const family = graph.nodes.get(edge.to)?.record;
    const strains = family?.kind === 'malware' ? itemsOf(family.data.strains) : [];
    return strains.find(({ id }) => id === qualifier)?.name ?? qualifier;
  }
  const vocabulary = VOCABULARIES[relation];
  return (vocabulary && findTerm(vocabulary, qualifier)?.label) ?? qualifier;
}
