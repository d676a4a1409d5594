import { formatCount } from '../../../base/format-count.ts';
import { runQuery } from '../../../query/evaluate.ts';
import { isQueryFault, parseQuery } from '../../../query/parse.ts';
import type { AskData } from '../../ask-page.tsx';
import { layoutByTies, layoutMap, layoutWay, type MapLayout, MOST_BY_TIES } from '../../explore/map-layout.ts';
import { type MapEdge, type MapModel, type MapStep, OVERVIEW_KINDS } from '../../explore/map-model.ts';
import type { Wanted } from './map-data.ts';
import { idCalled } from './thing-names.ts';

/** Neighbours that come along when a thing is opened; more are added from its panel. */
const MOST_AT_ONCE = 120;
const ACTING: readonly string[] = ['actor', 'campaign'];
/** More kinds than this make columns too narrow to read. */
const MOST_COLUMNS = 6;

/** What a state of the explorer (the parameters of its address) shows. */
export interface Drawn {
  readonly nodes: ReadonlySet<number>;
  /** Nodes that stand out; where there are any, all others are faint. */
  readonly strong: ReadonlySet<number>;
  /** Said of it before the counts. */
  readonly say: string;
  /** The way, where one was asked for and there is one. */
  readonly way?: readonly MapStep[];
  /** Why the question could not be read, or what it names is not there. */
  readonly fault?: string;
  /** Kinds of thing that can be left out and taken in; undefined where all that is drawn belongs together. */
  readonly kinds?: ReadonlySet<string>;
}

/** Kinds of thing that the overview of a state shows. */
function kindsOf(state: URLSearchParams): ReadonlySet<string> {
  const named = state.getAll('kind');
  return new Set(named.length > 0 ? named : OVERVIEW_KINDS);
}

/** What a state takes beyond the overview. */
export function wantedFor(state: URLSearchParams): Wanted {
  const shown: ReadonlySet<string> = new Set(OVERVIEW_KINDS);
  return {
    whole: ['focus', 'from', 'to', 'open'].some((name) => state.has(name)) || [...kindsOf(state)].some((kind) => !shown.has(kind)),
    incidents: Boolean(state.get('q')),
  };
}

/** The nodes of a state: a way, a cascade, a neighbourhood, or all things of the chosen kinds. `asked`: the incidents to ask for, wanted where there is a question. */
export function drawnOf(state: URLSearchParams, model: MapModel, asked: AskData | undefined): Drawn {
  // As the form does: an id, or what a thing is called.
  const node = (name: string) => model.find(idCalled(model, state.get(name) ?? ''));
  const [from, to, focus] = [node('from'), node('to'), node('focus')];
  const opened = state.getAll('open').flatMap((id) => model.find(id) ?? []);
  const openedNow = new Set(opened.flatMap((one) => [one, ...around(model, one).nodes]));
  const withOpened = (nodes: Iterable<number>) => new Set([...nodes, ...openedNow]);
  const lost = ['from', 'to', 'focus'].filter((name) => state.get(name) && node(name) === undefined).map((name) => state.get(name));
  const fault = lost.length > 0 ? `Nothing on this map is ${lost.map((id) => `“${id}”`).join(' or ')}` : undefined;
  if (from !== undefined && to !== undefined) {
    const way = model.findWay(from, to);
    if (!way) return { nodes: new Set([from, to]), strong: new Set(), say: 'No path joins them along relations that can be inspected.' };
    const onWay = new Set([from, ...way.map(({ edge, reversed }) => (reversed ? edge.from : edge.to))]);
    return {
      nodes: withOpened(onWay),
      strong: opened.length > 0 ? onWay : new Set(),
      say: `${way.length === 1 ? '1 step' : `${way.length} steps`} from ${model.labelOf(from)} to ${model.labelOf(to)}.`,
      way,
    };
  }
  if (state.get('view') === 'cascades') {
    const incident = focus !== undefined && model.kindNameOf(focus) === 'incident' ? focus : undefined;
    return { nodes: withOpened(model.cascade(incident)), strong: new Set(), say: 'Incidents that seeded others.' };
  }
  if (focus !== undefined) {
    const named = new Set(state.getAll('kind'));
    const { nodes, total } = around(model, focus, named);
    return {
      nodes: withOpened([focus, ...nodes]),
      strong: new Set(),
      say: `Around ${model.labelOf(focus)}${nodes.length < total ? `: ${formatCount(nodes.length)} of ${formatCount(total)}, the rest stands beside the map` : ''}.`,
      kinds: named.size > 0 ? named : new Set(around(model, focus).nodes.map((node) => model.kindNameOf(node))),
      ...(fault ? { fault } : {}),
    };
  }
  const all = overview(state, model, asked);
  return {
    ...all,
    ...(opened.length > 0 ? { nodes: withOpened(all.nodes), strong: openedNow } : {}),
    ...(fault ? { fault } : {}),
    kinds: kindsOf(state),
  };
}

/** All things of the chosen kinds; with a question, the incidents that it asks for and what they are tied to. */
function overview(state: URLSearchParams, model: MapModel, asked: AskData | undefined): Drawn {
  const kinds = kindsOf(state);
  const known = [...model.data.nodes.keys()].filter((node) => model.isKnown(node) && kinds.has(model.kindNameOf(node)));
  const text = state.get('q') ?? '';
  if (!text || !asked) return { nodes: new Set(known), strong: new Set(), say: '' };
  const parsed = parseQuery(text, asked.values);
  if (isQueryFault(parsed))
    return {
      nodes: new Set(known),
      strong: new Set(),
      say: '',
      fault: `${parsed.message}${parsed.fix ? `; ${parsed.fix}` : ''}`,
    };
  const found = new Set(runQuery(asked.rows, parsed).map(({ id }) => `incident:${id}`));
  const isFound = (node: number) => found.has(model.idOf(node));
  const nodes = known.filter(
    (node) => isFound(node) || (model.kindNameOf(node) !== 'incident' && [...model.stepsFrom(node)].some(({ far }) => isFound(far))),
  );
  return {
    nodes: new Set(nodes),
    strong: new Set(),
    say: found.size === 1 ? '1 incident matches.' : `${formatCount(found.size)} incidents match.`,
  };
}

/** What comes along with a thing: its neighbours by ties that can be inspected, of so many kinds where any are named; small groups whole, large ones cut alike. */
function around(model: MapModel, node: number, kinds: ReadonlySet<string> = new Set()): { nodes: number[]; total: number } {
  const groups = model
    .neighbours(node)
    .filter(({ relation }) => model.data.relations[relation]?.inspectable)
    .map(({ far }) => far.filter((one) => kinds.size === 0 || kinds.has(model.kindNameOf(one))))
    .sort((left, right) => left.length - right.length);
  let room = MOST_AT_ONCE;
  const nodes = groups.flatMap((far, index) => {
    const shown = far.slice(0, Math.max(3, Math.floor(room / (groups.length - index))));
    room -= shown.length;
    return shown;
  });
  return { nodes: [...new Set(nodes)], total: new Set(groups.flat()).size };
}

/** A way step by step, few things by their ties, many in an even page. `width` and `height`: the room there is, in pixels. */
export function layoutDrawn(
  state: URLSearchParams,
  model: MapModel,
  { nodes, way }: Drawn,
  edges: readonly MapEdge[],
  { width, height }: { readonly width: number; readonly height: number },
): MapLayout {
  const placed = [...nodes].map((node) => ({ node, kind: model.kindOf(node), rank: model.data.nodes[node]?.[4] ?? 0 }));
  if (way !== undefined && state.getAll('open').length === 0) return layoutWay(placed, width);
  const kinds = new Set(placed.map(({ kind }) => kind));
  if (placed.length > MOST_BY_TIES || kinds.size > MOST_COLUMNS)
    return layoutMap(placed, Math.max(0.5, width / Math.max(1, height)), model.find(idCalled(model, state.get('focus') ?? '')));
  const steps = state.get('view') === 'cascades' ? model.cascadeSteps(nodes) : undefined;
  const after = steps ? Math.max(0, ...steps.values()) + 1 : 0;
  return layoutByTies(
    placed.map((one) => ({ ...one, column: steps?.get(one.node) ?? after + columnOf(model, one) })),
    edges,
    steps
      ? (column) => (column >= after ? undefined : column === 0 ? 'Where it began' : column === 1 ? 'Seeded' : 'Seeded in turn')
      : undefined,
  );
}

/** Who acts stands before the incidents, all else behind them. */
function columnOf(model: MapModel, { node, kind }: { readonly node: number; readonly kind: number }): number {
  const before = ACTING.indexOf(model.kindNameOf(node));
  return before >= 0 ? before : ACTING.length + kind;
}
