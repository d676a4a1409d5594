import { formatCount } from '../../base/format-count.ts';
import { componentsByHandle, releaseKey } from '../../schema/primitive-keys.ts';
import type { Component, Release } from '../../schema/primitives.ts';
import type { CorpusRecord } from '../../schema/record.ts';
import { platform } from '../../schema/vocabulary/platform.ts';
import { releaseState } from '../../schema/vocabulary/release-state.ts';
import { inRowsOfEqual, type ReleaseFact } from '../release-facts.ts';
import type { View } from '../view.ts';
import { BulkReleases, bulkOf } from './bulk-releases.tsx';
import { When } from './dates.tsx';
import { breakable, ComponentLink, EntityLink } from './entity-link.tsx';
import { Cites, Field, Text } from './evidence.tsx';
import { TermLink, termLabel } from './terms.tsx';

interface Props {
  readonly view: View;
  readonly record: Extract<CorpusRecord, { kind: 'incident' }>;
}

/** The releases of an incident and what became of them. */
export function ReleaseTable({ view, record }: Props) {
  const bulk = bulkOf(record.data);
  const components = componentsByHandle(record.data);
  const isBulk = ({ component }: Release) => bulk.components.has(components.get(component) as Component);
  return (
    <Field view={view} record={record} value={record.data.releases}>
      {(releases) => (
        <>
          <Releases view={view} record={record} releases={releases.filter((release) => !isBulk(release))} />
          <BulkReleases view={view} record={record} groups={bulk.groups} />
        </>
      )}
    </Field>
  );
}

function Releases({ view, record, releases }: Props & { releases: readonly Release[] }) {
  const components = componentsByHandle(record.data);
  if (releases.length === 0) return null;
  const timed = releases.some(({ published, withdrawn }) => published || withdrawn);
  return (
    <div class="table-frame">
      <table class="releases">
        <caption class="hidden">Releases and what became of them</caption>
        <thead>
          <tr>
            <th scope="col">Software</th>
            <th scope="col">Version</th>
            <th scope="col">State</th>
            {timed ? <th scope="col">Published</th> : null}
            {timed ? <th scope="col">Withdrawn</th> : null}
          </tr>
        </thead>
        <tbody>
          {releases.map((release) => {
            const component = components.get(release.component);
            const versions = release.versions ?? (release.version ? [release.version] : []);
            return (
              <tr>
                <td>
                  {component ? <ComponentLink view={view} component={component} /> : release.component}
                  {release.platform ? <small class="meta">{termLabel(platform, release.platform)}</small> : null}
                </td>
                <td>
                  {versions.map((version) => (
                    <>
                      {component ? (
                        <a href={view.hrefOf({ kind: 'release', key: releaseKey(component, version, release.platform) })}>
                          <code>{version}</code>
                        </a>
                      ) : (
                        <code>{version}</code>
                      )}{' '}
                    </>
                  ))}
                  {release.range ? <code>{release.range}</code> : null}
                  <Cites view={view} record={record} cites={release.cites} />
                  {release.text ? (
                    <small>
                      <Text view={view} record={record} text={release.text} />
                    </small>
                  ) : null}
                </td>
                <td>
                  <TermLink view={view} vocabulary={releaseState} value={release.state} />
                </td>
                {timed ? <td>{release.published ? <When date={release.published} /> : <span class="absent">no record</span>}</td> : null}
                {timed ? <td>{release.withdrawn ? <When date={release.withdrawn} /> : <span class="absent">no record</span>}</td> : null}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Rows that the page of one thing shows; of more it tells how many. */
const ROWS = 200;

/** The releases of a package or component, or one release, with what every record says of each. */
export function ReleasesOf({ view, facts }: { view: View; facts: readonly ReleaseFact[] }) {
  const rows = inRowsOfEqual(facts);
  const timed = facts.some(({ release }) => release.published || release.withdrawn);
  return (
    <>
      <div class="table-frame">
        <table class="releases stacked">
          <caption class="hidden">Versions and what became of them</caption>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">State</th>
              {timed ? <th scope="col">Published</th> : null}
              {timed ? <th scope="col">Withdrawn</th> : null}
              <th scope="col">Incident</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, ROWS).map(({ record, component, release, versions }) => (
              <tr>
                <td>
                  {versions.map((version) => (
                    <>
                      <a href={view.hrefOf({ kind: 'release', key: releaseKey(component, version, release.platform) })}>
                        <code>{version}</code>
                      </a>{' '}
                    </>
                  ))}
                  {release.range ? <code>{release.range}</code> : null}
                  {release.platform ? <small class="meta">{termLabel(platform, release.platform)}</small> : null}
                </td>
                <td data-label="State">
                  <TermLink view={view} vocabulary={releaseState} value={release.state} />
                </td>
                {timed ? (
                  <td data-label="Published">
                    {release.published ? <When date={release.published} /> : <span class="absent">no record</span>}
                  </td>
                ) : null}
                {timed ? (
                  <td data-label="Withdrawn">
                    {release.withdrawn ? <When date={release.withdrawn} /> : <span class="absent">no record</span>}
                  </td>
                ) : null}
                <td>
                  <EntityLink view={view} kind="incident" id={record.data.id} label={record.data.id} />
                  <Cites view={view} record={record} cites={release.cites} away />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > ROWS ? <p class="absent">and {formatCount(rows.length - ROWS)} more, all in the JSON of this page</p> : null}
    </>
  );
}

/** When something without a version was bad. */
export function WindowTable({ view, record }: Props) {
  const components = componentsByHandle(record.data);
  return (
    <Field view={view} record={record} value={record.data.windows}>
      {(windows) => (
        <div class="table-frame">
          <table>
            <caption class="hidden">When something without a version was bad</caption>
            <thead>
              <tr>
                <th scope="col">Software</th>
                <th scope="col">Reference</th>
                <th scope="col">From</th>
                <th scope="col">To</th>
              </tr>
            </thead>
            <tbody>
              {windows.map((window) => {
                const component = components.get(window.component);
                return (
                  <tr>
                    <td>{component ? <ComponentLink view={view} component={component} /> : window.component}</td>
                    <td>
                      {window.reference ? <code>{breakable(window.reference)}</code> : null}{' '}
                      {window.text ? <Text view={view} record={record} text={window.text} /> : null}
                      <Cites view={view} record={record} cites={window.cites} />
                    </td>
                    <td>
                      <When date={window.from} />
                    </td>
                    <td>{window.to ? <When date={window.to} /> : <span class="absent">no record</span>}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </Field>
  );
}
