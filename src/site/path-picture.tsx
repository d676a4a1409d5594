import { addressOf } from '../graph/addresses.ts';
import { knownSince } from '../graph/evidence-dates.ts';
import { type Graph, nodeId } from '../graph/graph.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { type LinkedHop, linkHops } from '../graph/path-hops.ts';
import { itemsOf } from '../schema/cited.ts';
import type { Citation } from '../schema/evidence.ts';
import type { Hop, Incident } from '../schema/incident.ts';
import { primitivesOf } from '../schema/primitive-keys.ts';
import { hopStage } from '../schema/vocabulary/hop-stage.ts';
import { pathState } from '../schema/vocabulary/path-state.ts';
import { type Vocabulary, valuesOf } from '../schema/vocabulary.ts';
import { termLabel } from './components/terms.tsx';
import { COMFORTABLE_WIDTH, DETAIL_LEADING, DETAIL_SIZE, layoutPath, TITLE_LEADING, TITLE_SIZE } from './path-layout.ts';
import { absolute, type Site } from './view.ts';

/** A hop as the picture and its list show it. */
export interface PictureHop {
  /** 0 is the upstream lane of incidents that seeded this one; then the stages in their order. */
  readonly lane: number;
  readonly laneLabel: string;
  readonly title: string;
  readonly state: Hop['state'];
  readonly detail: string;
  /** Where the hop leads: its entity. */
  readonly target: { readonly kind: Parameters<typeof nodeId>[0]; readonly key: string } | undefined;
  readonly after: readonly number[];
  readonly cites: readonly Citation[];
  /** First day on which a dated source for it was public. */
  readonly knownSince: string | undefined;
}

/** How each state is drawn. Every state has its own mark, stroke and fill: colour is never the only sign. */
export const STATES = {
  compromised: { mark: '✕', stroke: '#a3211b', fill: 'url(#hatch)', dash: undefined },
  abused: { mark: '!', stroke: '#7a4a00', fill: '#f8ecd4', dash: undefined },
  intact: { mark: '✓', stroke: '#2d5f3d', fill: '#ffffff', dash: undefined },
  unknown: { mark: '?', stroke: '#565c63', fill: 'none', dash: '5 4' },
} as const satisfies Record<keyof typeof pathState.terms, object>;

/** The hops of an incident's path, the incidents that seeded it first. */
export function pictureHops(graph: Graph, incident: Incident): PictureHop[] {
  const primitives = primitivesOf(incident);
  const stages: readonly string[] = valuesOf<string>(hopStage as Vocabulary);
  const hops = linkHops(incident, primitives);
  const seeds = itemsOf(incident.seededBy).map(({ from, to, tier, cites }) => {
    const earlier = graph.nodes.get(nodeId('incident', from.incident));
    const component =
      earlier?.record?.kind === 'incident' ? primitivesOf(earlier.record.data).find(({ handle }) => handle === from.component) : undefined;
    return { from, entry: entryHop(hops, to), title: component?.label ?? from.incident, tier, cites };
  });
  const offset = seeds.length;
  const record = graph.nodes.get(nodeId('incident', incident.id))?.record;
  const since = (cites: readonly Citation[]) => (record ? knownSince(record, cites) : undefined);
  return [
    ...seeds.map(({ from, title, tier, cites }) => ({
      lane: 0,
      laneLabel: 'Upstream',
      title,
      state: 'compromised' as const,
      detail: `seeded this (${tier})`,
      target: { kind: 'incident' as const, key: from.incident },
      after: [],
      cites,
      knownSince: since(cites),
    })),
    ...hops.map(({ hop, after, index, primitive }) => {
      const upstream = seeds.flatMap(({ entry }, seed) => (entry === index ? [seed] : []));
      const kind = primitive ? nodeKinds[primitive.kind].title : undefined;
      return {
        lane: 1 + stages.indexOf(hop.stage),
        laneLabel: termLabel(hopStage, hop.stage),
        title: primitive?.label ?? hop.label ?? '',
        state: hop.state,
        detail: kind ?? '',
        target: primitive ? { kind: primitive.kind, key: primitive.key } : undefined,
        after: [...upstream, ...after.map((earlier) => earlier + offset)],
        cites: hop.cites,
        knownSince: since(hop.cites),
      };
    }),
  ];
}

/** Where a seed comes into the path: at a beginning of it that is the primitive which the seed reached, else at the first beginning that was turned, else at that primitive. */
function entryHop(hops: readonly LinkedHop[], reached: string): number | undefined {
  const beginnings = hops.filter(({ after }) => after.length === 0);
  const isReached = ({ hop }: LinkedHop) => hop.via === reached;
  const turned = ({ hop }: LinkedHop) => hop.state === 'compromised' || hop.state === 'abused';
  return (beginnings.find(isReached) ?? beginnings.find(turned) ?? hops.find(isReached) ?? beginnings[0])?.index;
}

interface PictureProps {
  readonly incident: Incident;
  readonly hops: readonly PictureHop[];
  /** Address of a hop's entity. */
  readonly hrefOf: (target: NonNullable<PictureHop['target']>) => string;
  /** Full address of the record, for a picture that stands alone or in a frame of another site: its links leave the frame. */
  readonly standalone?: string;
}

/** The path as SVG. Colours are presentation attributes, so that the file alone is legible; a page's style sheet overrides them by class. */
export function PathPicture({ incident, hops, hrefOf, standalone }: PictureProps) {
  const layout = layoutPath(
    hops.map(({ lane, title, detail, state, after }) => ({
      lane,
      title,
      detail: [`${STATES[state].mark}\u00a0${termLabel(pathState, state)}`, detail].filter(Boolean).join(' · '),
      after,
    })),
  );
  const { width, height } = layout;
  const pad = standalone ? 16 : 0;
  return (
    <svg
      class={width > COMFORTABLE_WIDTH ? 'path wide' : 'path'}
      {...(standalone
        ? { xmlns: 'http://www.w3.org/2000/svg', 'font-family': 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif' }
        : {})}
      viewBox={`${-pad} ${-pad} ${width + 2 * pad} ${height + 2 * pad + (standalone ? 26 : 0)}`}
      width={width + 2 * pad}
      height={height + 2 * pad + (standalone ? 26 : 0)}
      role="group"
      aria-label={`Path of ${incident.title}`}
    >
      <title>{`Path: ${incident.title}`}</title>
      <desc>{describePath(hops)}</desc>
      <defs>
        <pattern id="hatch" width="7" height="7" patternTransform="rotate(45)" patternUnits="userSpaceOnUse">
          <rect class="hatch-ground" width="7" height="7" fill="#f9e3df" />
          <line class="hatch-line" x1="0" y1="0" x2="0" y2="7" stroke="#a3211b" stroke-opacity="0.28" stroke-width="1.2" />
        </pattern>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
          <path class="tip" d="M0 0 8 4 0 8z" fill="#565c63" />
        </marker>
      </defs>
      {standalone ? <rect x={-pad} y={-pad} width={width + 2 * pad} height={height + 2 * pad + 26} fill="#fbfaf6" /> : null}
      <g class="lanes" font-size="12" fill="#565c63" aria-hidden="true">
        {layout.lanes.map(({ lane, x, width: laneWidth }) => (
          <>
            <text x={x} y="13">
              {hops.find((hop) => hop.lane === lane)?.laneLabel}
            </text>
            <path class="lane-rule" d={`M${x} 21H${x + laneWidth}`} stroke="#ddd9d0" />
          </>
        ))}
      </g>
      <g class="arrows" fill="none" stroke="#565c63" stroke-width="1.4" aria-hidden="true">
        {layout.arrows.map(({ from, to, d }) => (
          <path
            d={d}
            data-ends={standalone ? undefined : `${from} ${to}`}
            marker-end="url(#tip)"
            stroke-dasharray={hops[from]?.state === 'unknown' || hops[to]?.state === 'unknown' ? '4 4' : undefined}
          />
        ))}
      </g>
      {hops.map((hop, index) => {
        const box = layout.boxes[index];
        if (!box) return null;
        const style = STATES[hop.state];
        const titleY = box.y + 9 + TITLE_SIZE;
        const detailY = titleY + box.titleLines.length * TITLE_LEADING - 2;
        const drawn = (
          <>
            <rect
              x={box.x}
              y={box.y}
              width={box.width}
              height={box.height}
              rx="7"
              fill={style.fill}
              stroke={style.stroke}
              stroke-width={hop.state === 'intact' ? 1.2 : 1.6}
              stroke-dasharray={style.dash}
            />
            <text class="hop-title" x={box.x + 9} y={titleY} font-size={TITLE_SIZE} font-weight="600" fill="#1c1e21">
              {box.titleLines.map((text, line) => (
                <tspan x={box.x + 9} dy={line === 0 ? 0 : TITLE_LEADING}>
                  {`${text} `}
                </tspan>
              ))}
            </text>
            <text class="hop-detail" x={box.x + 9} y={detailY} font-size={DETAIL_SIZE} fill={style.stroke}>
              {box.detailLines.map((text, line) => (
                <tspan x={box.x + 9} dy={line === 0 ? 0 : DETAIL_LEADING}>
                  {`${text} `}
                </tspan>
              ))}
            </text>
          </>
        );
        return hop.target ? (
          <a
            class={`hop ${hop.state}`}
            href={hrefOf(hop.target)}
            target={standalone ? '_top' : undefined}
            data-known={standalone ? undefined : hop.knownSince}
          >
            {drawn}
          </a>
        ) : (
          <g class={`hop ${hop.state}`} data-known={standalone ? undefined : hop.knownSince}>
            {drawn}
          </g>
        );
      })}
      {standalone ? (
        <a href={standalone} target="_top">
          <text x="2" y={height + 22} font-size="11" fill="#565c63">
            {`✕ compromised  ! abused  ✓ intact  ? unknown — ${incident.id}, Threatpedia, CC BY 4.0`}
          </text>
        </a>
      ) : null}
    </svg>
  );
}

/** The path in one sentence, for those who do not see the picture. */
export function describePath(hops: readonly PictureHop[]): string {
  return hops.map((hop) => `${hop.laneLabel}: ${hop.title}, ${termLabel(pathState, hop.state).toLowerCase()}`).join('; ');
}

/** The picture as a file of its own, for frames of other sites too: it names its record and its licence. Nothing where the record has no path. */
export function standalonePicture(site: Site, incident: Incident): string | undefined {
  const hops = pictureHops(site.graph, incident);
  if (hops.length === 0) return undefined;
  const page = absolute(site, addressOf({ kind: 'incident', key: incident.id }));
  const hrefOf = (target: NonNullable<PictureHop['target']>) => absolute(site, addressOf(target));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${(<PathPicture incident={incident} hops={hops} hrefOf={hrefOf} standalone={page} />).toString()}\n`;
}
