import type { SharedFeature } from '../../graph/similar.ts';
import { similarIncidents } from '../../graph/similar.ts';
import { channelKind } from '../../schema/vocabulary/channel-kind.ts';
import { componentKind } from '../../schema/vocabulary/component-kind.ts';
import { ecosystem } from '../../schema/vocabulary/ecosystem.ts';
import { entryStage } from '../../schema/vocabulary/entry-stage.ts';
import { vector } from '../../schema/vocabulary/vector.ts';
import type { View } from '../view.ts';
import { EntityLink } from './entity-link.tsx';
import { TermLink } from './terms.tsx';

/** Incidents like this one, each with what its record shares with this one. */
export function Similar({ view, id }: { view: View; id: string }) {
  const found = similarIncidents(view.site.graph, id);
  if (found.length === 0) return <p class="absent">No other record shares two of the things that are compared.</p>;
  return (
    <>
      <p class="note">By what the records share, the rarer the weightier. It says nothing about who did it.</p>
      <ul class="listed">
        {found.map(({ id: other, shared }) => (
          <li>
            <EntityLink view={view} kind="incident" id={other} />{' '}
            <a class="compare-link" href={`${view.href('compare/')}?i=${id}&i=${other}`}>
              side by side
            </a>
            <span class="role">
              {' — '}
              {shared.map((feature, index) => (
                <>
                  {index > 0 ? ', ' : ''}
                  <Shared view={view} feature={feature} />
                </>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Shared({ view, feature: { field, value } }: { view: View; feature: SharedFeature }) {
  switch (field) {
    case 'actor':
      return (
        <>
          claims about <EntityLink view={view} kind="actor" id={value} />
        </>
      );
    case 'malware':
    case 'campaign':
    case 'technique':
      return <EntityLink view={view} kind={field} id={value} />;
    case 'vector':
      return <TermLink view={view} vocabulary={vector} value={value} />;
    case 'entryStage':
      return (
        <>
          entry at <TermLink view={view} vocabulary={entryStage} value={value} />
        </>
      );
    case 'channel':
      return <TermLink view={view} vocabulary={channelKind} value={value} />;
    case 'component':
      return <TermLink view={view} vocabulary={componentKind} value={value} />;
    case 'ecosystem':
      return <TermLink view={view} vocabulary={ecosystem} value={value} />;
    case 'divergence':
      return <>artifact differs from source</>;
  }
}
