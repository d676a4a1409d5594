import type { GraphEdge, GraphNode } from '../../graph/graph.ts';
import { getNode } from '../../graph/graph.ts';
import { nodeKinds } from '../../graph/node-kinds.ts';
import { neighbours } from '../../graph/paths.ts';
import { qualifierWords } from '../../graph/qualifier-words.ts';
import { relations } from '../../graph/relations.ts';
import type { View } from '../view.ts';
import { NodeLink } from './entity-link.tsx';

const SHOWN = 24;

/** What a thing is tied to, by relation, each tie with the record that says so. Sources stand in their own list. */
export function Connected({ view, node, without = [] }: { view: View; node: GraphNode; without?: readonly string[] }) {
  const groups = neighbours(view.site.graph, node.id).filter(({ relation }) => relation !== 'cites' && !without.includes(relation));
  if (groups.length === 0) return <p class="absent">No structured records.</p>;
  return (
    <>
      <p class="machine">
        <a href={`${view.href('explore/')}?focus=${encodeURIComponent(node.id)}`}>Explore from here</a>
      </p>
      <dl class="connected">
        {groups.map(({ relation, direction, edges }) => {
          const ties = distinctTies(view, edges, direction);
          return (
            <div>
              <dt>{direction === 'out' ? relations[relation].label : relations[relation].inverse}</dt>
              <dd>
                <ul>
                  {ties.slice(0, SHOWN).map(({ far, qualifiers }) => (
                    <li>
                      <NodeLink view={view} node={far} />{' '}
                      <small class="kind-of">
                        {nodeKinds[far.kind].title}
                        {qualifiers.length > 0 ? ` · ${qualifiers.join('; ')}` : ''}
                      </small>
                    </li>
                  ))}
                  {ties.length > SHOWN ? <li class="absent">and {ties.length - SHOWN} more, all in the JSON of this page</li> : null}
                </ul>
              </dd>
            </div>
          );
        })}
      </dl>
    </>
  );
}

function distinctTies(view: View, edges: readonly GraphEdge[], direction: 'out' | 'in') {
  const ties = new Map<string, { far: GraphNode; qualifiers: string[] }>();
  for (const edge of edges) {
    const far = getNode(view.site.graph, direction === 'out' ? edge.to : edge.from);
    const known = ties.get(far.id) ?? { far, qualifiers: [] };
    const words = qualifierWords(view.site.graph, edge);
    if (words && !known.qualifiers.includes(words)) known.qualifiers.push(words);
    ties.set(far.id, known);
  }
  return [...ties.values()];
}
