import { prettyJson } from '../base/canonical-json.ts';
import type { NodeId } from '../graph/graph.ts';
import { nodeId } from '../graph/graph.ts';
import type { CorpusRecord } from '../schema/record.ts';
import type { ExportFormat } from './export-format.ts';

/** The chosen incident records as they are, with every actor, campaign, malware family, organization and person that they name. */
export const corpusJson: ExportFormat = {
  id: 'corpus',
  title: 'corpus.json, the records themselves',
  mediaType: 'application/json',
  extension: 'json',
  asOf: false,
  losses: [],
  *render({ graph, incidents, version }) {
    const named = new Map<NodeId, CorpusRecord>();
    for (const { data } of incidents) {
      const id = nodeId('incident', data.id);
      for (const end of [...graph.edgesFrom(id).map(({ to }) => to), ...graph.edgesTo(id).map(({ from }) => from)]) {
        const record = graph.nodes.get(end)?.record;
        if (record && record.kind !== 'incident') named.set(end, record);
      }
    }
    const entities = [...named].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, record]) => record.data);
    yield prettyJson({
      generator: `Threatpedia ${version}`,
      license: 'CC-BY-4.0',
      incidents: incidents.map(({ data }) => data),
      entities,
    });
  },
};
