import type { Child } from 'hono/jsx';
import { valueAt } from '../graph/build-graph.ts';
import type { Declaration, GraphNode, NodeKind } from '../graph/graph.ts';
import type { Citation } from '../schema/evidence.ts';
import { accountControl } from '../schema/vocabulary/account-control.ts';
import { accountKind } from '../schema/vocabulary/account-kind.ts';
import { buildSystemKind } from '../schema/vocabulary/build-system-kind.ts';
import { channelKind } from '../schema/vocabulary/channel-kind.ts';
import { componentKind } from '../schema/vocabulary/component-kind.ts';
import { indicatorType } from '../schema/vocabulary/indicator-type.ts';
import { platform } from '../schema/vocabulary/platform.ts';
import { releaseState } from '../schema/vocabulary/release-state.ts';
import type { Vocabulary } from '../schema/vocabulary.ts';
import { When } from './components/dates.tsx';
import { breakable, EntityLink } from './components/entity-link.tsx';
import { Cites, Text } from './components/evidence.tsx';
import { TermLink, TermList } from './components/terms.tsx';
import type { View } from './view.ts';

/** Fields of a primitive that its page shows as they are, and how. */
const SHOWN: readonly (readonly [field: string, label: string, as: 'text' | 'code' | 'date' | 'organization'])[] = [
  ['owner', 'Owner', 'organization'],
  ['provider', 'Service', 'text'],
  ['handle', 'Handle', 'code'],
  ['bundleId', 'Bundle id', 'code'],
  ['url', 'Address', 'code'],
  ['published', 'Published', 'date'],
  ['withdrawn', 'Withdrawn', 'date'],
  ['sha256', 'SHA-256', 'code'],
  ['sha1', 'SHA-1', 'code'],
  ['md5', 'MD5', 'code'],
  ['sha512', 'SHA-512', 'code'],
  ['version', 'Version', 'code'],
  ['range', 'Range', 'code'],
];

const KIND_VOCABULARY: { readonly [K in NodeKind]?: Vocabulary } = {
  package: componentKind,
  component: componentKind,
  'build-system': buildSystemKind,
  channel: channelKind,
  account: accountKind,
};

interface DeclaredValue {
  readonly [field: string]: unknown;
  readonly text?: string;
  readonly cites?: readonly Citation[];
}

/** What one record says of a primitive, with its citations. */
export function DeclarationFacts({ view, node, declaration: { record, path } }: { view: View; node: GraphNode; declaration: Declaration }) {
  const value = valueAt(record, path) as DeclaredValue;
  const rows: (readonly [string, Child])[] = [];
  const kinds = KIND_VOCABULARY[node.kind];
  if (kinds && typeof value.kind === 'string') rows.push(['Kind', <TermLink view={view} vocabulary={kinds} value={value.kind} />]);
  if (node.kind === 'indicator') rows.push(['Type', <TermLink view={view} vocabulary={indicatorType} value={String(value.type)} />]);
  if (typeof value.control === 'string')
    rows.push(['In whose hands', <TermLink view={view} vocabulary={accountControl} value={value.control} />]);
  if (typeof value.state === 'string') rows.push(['State', <TermLink view={view} vocabulary={releaseState} value={value.state} />]);
  const platforms = [value.platform, value.platforms].flat().filter((name): name is string => typeof name === 'string');
  if (platforms.length > 0) rows.push(['Platforms', <TermList view={view} vocabulary={platform} values={platforms} />]);
  for (const [field, label, as] of SHOWN) {
    const shown = value[field];
    if (typeof shown !== 'string') continue;
    rows.push([
      label,
      as === 'date' ? (
        <When date={shown} />
      ) : as === 'organization' ? (
        <EntityLink view={view} kind="organization" id={shown} />
      ) : as === 'code' ? (
        <code>{breakable(shown)}</code>
      ) : (
        shown
      ),
    ]);
  }
  return (
    <div class="declaration">
      <h3>
        <EntityLink view={view} kind={record.kind} id={record.data.id} />
      </h3>
      {rows.length > 0 ? (
        <dl class="profile">
          {rows.map(([label, child]) => (
            <div>
              <dt>{label}</dt>
              <dd>{child}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      <p>
        {value.text ? <Text view={view} record={record} text={value.text} /> : null}{' '}
        {value.cites ? <Cites view={view} record={record} cites={value.cites} away /> : null}
      </p>
    </div>
  );
}
