import { formatCount } from '../../base/format-count.ts';
import { itemsOf } from '../../schema/cited.ts';
import type { Citation } from '../../schema/evidence.ts';
import type { Incident } from '../../schema/incident.ts';
import { componentLabel, componentsByHandle, releaseKey } from '../../schema/primitive-keys.ts';
import type { Component, Release } from '../../schema/primitives.ts';
import type { CorpusRecord } from '../../schema/record.ts';
import { releaseState } from '../../schema/vocabulary/release-state.ts';
import type { View } from '../view.ts';
import { ComponentLink } from './entity-link.tsx';
import { Cites } from './evidence.tsx';
import { TermLink } from './terms.tsx';

/** Fewer packages than this that differ in nothing but name and versions are shown one by one, like any others. */
const MANY = 40;

interface Group {
  readonly state: Release['state'];
  readonly cites: readonly Citation[];
  readonly members: Map<Component, string[]>;
}

/**
 * The packages of a worm or a flood of which nothing but names, versions and shared sources is recorded: grouped by what their releases share, so that
 * a page names each once. `components` is empty where they are fewer than forty.
 */
export function bulkOf(incident: Incident): { readonly components: ReadonlySet<Component>; readonly groups: readonly Group[] } {
  const plain = new Map(
    [...componentsByHandle(incident)].filter(([, { kind, text, platforms }]) => kind === 'package' && !text && !platforms?.length),
  );
  const releases = itemsOf(incident.releases);
  for (const release of releases) if (!isPlain(release)) plain.delete(release.component);
  const unreleased = new Set(plain.keys());
  for (const { component } of releases) unreleased.delete(component);
  for (const handle of unreleased) plain.delete(handle);
  if (plain.size < MANY) return { components: new Set(), groups: [] };
  const groups = new Map<string, Group>();
  for (const { component: handle, state, cites, version, versions } of releases) {
    const component = plain.get(handle);
    if (!component) continue;
    const all = [...cites, ...component.cites].filter((cited, index, list) => list.indexOf(cited) === index);
    const name = JSON.stringify([state, all]);
    const group = groups.get(name) ?? { state, cites: all, members: new Map<Component, string[]>() };
    group.members.set(component, [...(group.members.get(component) ?? []), ...(versions ?? (version ? [version] : []))]);
    groups.set(name, group);
  }
  return { components: new Set(plain.values()), groups: [...groups.values()] };
}

function isPlain({ text, platform, published, withdrawn, range, cites }: Release): boolean {
  return !text && !platform && !published && !withdrawn && !range && cites.every((cited) => typeof cited === 'string');
}

/** The groups, each under its state, count and sources: every package with its versions behind it. */
export function BulkReleases({ view, record, groups }: { view: View; record: CorpusRecord; groups: readonly Group[] }) {
  return (
    <>
      {groups.map(({ state, cites, members }) => (
        <div class="bulk">
          <p>
            <TermLink view={view} vocabulary={releaseState} value={state} />: {formatCount([...members.values()].flat().length)} versions of{' '}
            {formatCount(members.size)} packages
            <Cites view={view} record={record} cites={cites} />
          </p>
          <ul>
            {[...members].map(([component, versions]) => (
              <li>
                <ComponentLink view={view} component={component} />{' '}
                {versions.map((version) => (
                  <>
                    {' '}
                    <a href={view.hrefOf({ kind: 'release', key: releaseKey(component, version, undefined) })}>
                      <code>{version}</code>
                    </a>
                  </>
                ))}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

/** Where the packages that are left out of a list of components stand. */
export function BulkPointer({ components }: { components: readonly Component[] }) {
  const [first, last] = [components[0], components.at(-1)];
  return first && last ? (
    <p>
      {formatCount(components.length)} more packages, from {componentLabel(first)} to {componentLabel(last)}, are listed with their versions
      under <a href="#affected-releases">Affected releases</a>.
    </p>
  ) : null;
}
