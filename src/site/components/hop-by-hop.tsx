import { findNode, nodeId } from '../../graph/graph.ts';
import { cascade } from '../../graph/paths.ts';
import { itemsOf } from '../../schema/cited.ts';
import type { CorpusRecord } from '../../schema/record.ts';
import { hopStage } from '../../schema/vocabulary/hop-stage.ts';
import { pathState } from '../../schema/vocabulary/path-state.ts';
import { pictureHops, STATES } from '../path-picture.tsx';
import type { View } from '../view.ts';
import { EntityLink } from './entity-link.tsx';
import { Cites, ClaimText, Field, UnknownNote } from './evidence.tsx';
import { TermLink } from './terms.tsx';

interface Props {
  readonly view: View;
  readonly record: Extract<CorpusRecord, { kind: 'incident' }>;
}

/** The path in words: what seeded it, each hop with its evidence, what it seeded, and whether source and artifact differ. */
export function HopByHop({ view, record }: Props) {
  const incident = record.data;
  const hops = pictureHops(view.site.graph, incident).filter(({ lane }) => lane > 0);
  const divergence = incident.sourceArtifactDivergence;
  const later = cascade(view.site.graph, nodeId('incident', incident.id), 'downstream');
  return (
    <>
      {itemsOf(incident.seededBy).map((seed) => (
        <p class="seed">
          <b>
            Seeded by <EntityLink view={view} kind="incident" id={seed.from.incident} />
          </b>{' '}
          ({seed.tier}). <ClaimText view={view} record={record} claim={seed} />
        </p>
      ))}
      <Field view={view} record={record} value={incident.path}>
        {(path) => (
          <ol class="hops">
            {path.map((hop, index) => {
              const shown = hops[index];
              return (
                <li class={hop.state}>
                  <p class="hop-head">
                    <span class="stage">
                      <TermLink view={view} vocabulary={hopStage} value={hop.stage} />
                    </span>{' '}
                    <b>
                      {shown?.target && findNode(view.site.graph, shown.target.kind, shown.target.key) ? (
                        <a href={view.hrefOf(shown.target)}>{shown.title}</a>
                      ) : (
                        shown?.title
                      )}
                    </b>{' '}
                    <span class="state">
                      {STATES[hop.state].mark} <TermLink view={view} vocabulary={pathState} value={hop.state} />
                    </span>
                  </p>
                  <p>
                    <ClaimText view={view} record={record} claim={hop} />
                  </p>
                </li>
              );
            })}
          </ol>
        )}
      </Field>
      {later.length > 0 ? (
        <p class="seed">
          <b>This incident seeded</b>{' '}
          {later.map(({ incident: id }, index) => (
            <>
              {index > 0 ? ', ' : ''}
              <EntityLink view={view} kind="incident" id={id.slice('incident:'.length)} />
            </>
          ))}
          .
        </p>
      ) : null}
      <h3 id="divergence">Source against artifact</h3>
      {divergence === undefined ? (
        <p class="absent">No structured records.</p>
      ) : divergence.value === 'unknown' ? (
        <UnknownNote why={divergence.why} />
      ) : (
        <p>
          <b>{divergence.value === 'yes' ? 'They differed.' : 'They did not differ.'}</b> {divergence.why}
          <Cites view={view} record={record} cites={divergence.cites ?? []} />
        </p>
      )}
    </>
  );
}
