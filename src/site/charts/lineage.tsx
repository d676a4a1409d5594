import type { OutputFile } from '../../base/output-file.ts';
import { addressOf } from '../../graph/addresses.ts';
import { type Graph, recordsOf } from '../../graph/graph.ts';
import { itemsOf } from '../../schema/cited.ts';
import type { Malware } from '../../schema/malware.ts';
import { lineageEvidence } from '../../schema/vocabulary/lineage-evidence.ts';
import { lineageRelation } from '../../schema/vocabulary/lineage-relation.ts';
import { termLabel } from '../components/terms.tsx';
import { type Picture, pictureFile } from './picture.tsx';
import { type EdgeStyle, timeTree } from './time-tree.tsx';

/** The firmer the evidence, the more of the line is drawn. */
const STYLES: Readonly<Record<keyof typeof lineageEvidence.terms, EdgeStyle>> = {
  'code-identity': { label: lineageEvidence.terms['code-identity'].label, dash: undefined, width: 2.6 },
  'code-similarity': { label: lineageEvidence.terms['code-similarity'].label, dash: undefined, width: 1.3 },
  'operator-statement': { label: lineageEvidence.terms['operator-statement'].label, dash: '10 4', width: 1.5 },
  'infrastructure-overlap': { label: lineageEvidence.terms['infrastructure-overlap'].label, dash: '8 3 2 3', width: 1.5 },
  'resemblance-only': { label: `${lineageEvidence.terms['resemblance-only'].label}: suspected`, dash: '2 4', width: 1.5 },
};

/** The strains of a family over time; undefined where the record ties none of them. */
export function lineagePicture(malware: Malware): Picture | undefined {
  const strains = itemsOf(malware.strains);
  const lineage = itemsOf(malware.lineage);
  if (strains.length < 2 || lineage.length === 0) return undefined;
  const names = new Map(strains.map(({ id, name }) => [id, name]));
  const undated = strains.filter(({ firstObserved }) => firstObserved === undefined).length;
  return timeTree({
    nodes: strains.map(({ id, name, firstObserved }) => {
      const later = lineage.filter(({ from }) => from === id).length;
      return { id, label: name, date: firstObserved, note: later > 1 ? `fork: ${later} strains descend from it` : undefined };
    }),
    edges: lineage.map(({ from, to, relation, evidence }) => ({
      from,
      to,
      style: evidence,
      note: `${termLabel(lineageRelation, relation)} ${names.get(from) ?? from} · ${termLabel(lineageEvidence, evidence).toLowerCase()}`,
    })),
    styles: STYLES,
    description: `${strains.length} strains of ${malware.name} by the day of their first sighting${undated > 0 ? `, ${undated} without a date` : ''}, with ${lineage.length} lines of descent. The same as lists under Strains and Lineage.`,
    hrefOf: ({ id }) => `#strain-${id}`,
  });
}

/** Address of the picture of a family's lineage as a file. */
export function lineageAddress({ id }: Malware): string {
  return `${addressOf({ kind: 'malware', key: id })}lineage.svg`;
}

/** The lineages as files of their own. */
export function* lineageFiles(graph: Graph): Generator<OutputFile> {
  for (const { data } of recordsOf(graph, 'malware')) {
    const picture = lineagePicture(data);
    if (!picture) continue;
    const title = `Lineage of ${data.name}`;
    const source = `Source: ${data.id}, Threatpedia, CC BY 4.0`;
    yield { path: lineageAddress(data), content: pictureFile({ id: 'lineage', title, unit: LINEAGE_UNIT, picture, source }) };
  }
}

/** What the picture shows, for its caption. */
export const LINEAGE_UNIT = 'Strains by the day of their first sighting; each line is dashed by what the claim of descent rests on';
