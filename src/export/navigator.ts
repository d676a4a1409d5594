import { prettyJson } from '../base/canonical-json.ts';
import { itemsOf } from '../schema/cited.ts';
import { allBut, type ExportFormat } from './export-format.ts';
import { INCIDENT_FIELDS } from './fields.ts';

/** Version of ATT&CK that technique ids are of. */
const ATTACK_VERSION = '18';

/** A layer for the ATT&CK Navigator, format 4.5: each technique scored by the number of incidents (https://github.com/mitre-attack/attack-navigator/tree/master/layers). */
export const navigator: ExportFormat = {
  id: 'navigator',
  title: 'ATT&CK Navigator layer',
  mediaType: 'application/json',
  extension: 'json',
  asOf: true,
  losses: [
    ...allBut(INCIDENT_FIELDS, ['id', 'title', 'techniques'], 'a layer holds techniques only'),
    { field: 'techniques', why: 'texts and citations: comments name the incidents' },
  ],
  *render({ incidents, version }) {
    const used = new Map<string, string[]>();
    for (const { data } of incidents) {
      for (const { id } of itemsOf(data.techniques))
        used.set(id, [...(used.get(id) ?? []), data.title === data.id ? data.id : `${data.id} ${data.title}`]);
    }
    const most = Math.max(1, ...[...used.values()].map(({ length }) => length));
    yield prettyJson({
      name: 'Threatpedia',
      versions: { attack: ATTACK_VERSION, layer: '4.5' },
      domain: 'enterprise-attack',
      description: `Techniques of ${incidents.length} software supply-chain incidents`,
      sorting: 3,
      layout: {
        layout: 'side',
        aggregateFunction: 'average',
        showID: true,
        showName: true,
        showAggregateScores: false,
        countUnscored: false,
      },
      hideDisabled: false,
      techniques: [...used]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([techniqueID, names]) => ({
          techniqueID,
          score: names.length,
          comment: names.join('\n'),
          enabled: true,
          showSubtechniques: true,
        })),
      gradient: { colors: ['#dbe9f6', '#0b559f'], minValue: 0, maxValue: most },
      legendItems: [],
      metadata: [{ name: 'generator', value: `Threatpedia ${version}` }],
    });
  },
};
