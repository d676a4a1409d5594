import { valueAt } from '../../graph/build-graph.ts';
import type { NodeId } from '../../graph/graph.ts';
import { getNode } from '../../graph/graph.ts';
import type { Attribution } from '../../schema/attribution.ts';
import { plainText } from '../../schema/link-markup.ts';
import { CONFIDENCE_SCALES } from '../uncertainty.ts';
import type { StixBundle } from './bundle.ts';
import { addEntity, identityOf } from './entities.ts';
import { type StixId, stixId } from './ids.ts';

/**
 * The attribution ledger of a node: a relationship for each claim, by its claimant, with the claimant’s confidence. A claim that disputes a tie is a note
 * by its claimant: a relationship cannot be denied.
 */
export function addAttribution(bundle: StixBundle, from: NodeId, source: StixId): void {
  for (const edge of bundle.graph.edgesFrom(from)) {
    if (edge.relation !== 'attributed') continue;
    const { claimant, relation, layer, claimed, confidence, likelihood, nexus, text, cites } = valueAt(
      edge.record,
      edge.path,
    ) as Attribution;
    const target = addEntity(bundle, getNode(bundle.graph, edge.to));
    const by = identityOf(bundle, claimant);
    if (!target || !by) continue;
    const cited = [{ record: edge.record, cites }];
    const stated = [
      `Layer: ${layer}; claimed: ${claimed}`,
      nexus ? `claimed nexus: ${nexus}` : '',
      confidence.word ? `in the claimant’s word: ${confidence.word}` : '',
      likelihood && likelihood !== 'not-stated' ? `likelihood: ${likelihood}` : '',
    ]
      .filter(Boolean)
      .join('; ');
    const description = [bundle.prose(plainText(text)), `${stated}.`].filter(Boolean).join(' ');
    if (relation === 'disputed') {
      bundle.add('note', stixId('note', [source, target, claimant, layer, claimed].join(' ')), cited, {
        created_by_ref: by,
        abstract: 'Attribution disputed',
        content: description,
        object_refs: [source, target].sort(),
        confidence: CONFIDENCE_SCALES[confidence.code]?.stix,
      });
    } else {
      const claim = { by, confidence: CONFIDENCE_SCALES[confidence.code]?.stix, key: `${relation} ${layer} ${claimed}` };
      bundle.relate({ from: source, to: target, type: relation, description, cited, claim });
    }
  }
}
