import { artifactKey, indicatorKey } from '../../schema/primitive-keys.ts';
import type { Artifact, Indicator } from '../../schema/primitives.ts';
import type { CorpusRecord } from '../../schema/record.ts';
import { indicatorType } from '../../schema/vocabulary/indicator-type.ts';
import { platform } from '../../schema/vocabulary/platform.ts';
import { releaseState } from '../../schema/vocabulary/release-state.ts';
import type { View } from '../view.ts';
import { breakable } from './entity-link.tsx';
import { Cites, Text } from './evidence.tsx';
import { TermLink, termLabel } from './terms.tsx';

interface RecordProps {
  readonly view: View;
  readonly record: CorpusRecord;
}

/** Types that a reader's program could follow, so that they are also copied defanged. */
const NETWORK: ReadonlySet<Indicator['type']> = new Set(['domain', 'ipv4', 'ipv6', 'url', 'email-address']);

const DIGESTS = ['sha256', 'sha1', 'md5', 'sha512'] as const;

/** Files by digest. The script adds buttons that copy; it reads what `data-csv` names, whose columns are those of the CSV file beside the page. */
export function FileTable({ view, record, files }: RecordProps & { files: readonly Artifact[] }) {
  return (
    <div class="table-frame">
      <table class="observables" data-copy="files">
        <caption class="hidden">Files known by digest</caption>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Digest</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <tr>
              <td>
                <span data-csv="file">{breakable(file.name)}</span>
                <Cites view={view} record={record} cites={file.cites} />
                <small class="meta">
                  {file.version ? <span data-csv="version">{file.version}</span> : null}
                  {file.version && file.platform ? ' · ' : ''}
                  {file.platform ? (
                    <span data-csv="platform" data-value={file.platform}>
                      {termLabel(platform, file.platform)}
                    </span>
                  ) : null}
                </small>
                {file.text ? (
                  <small data-csv="note">
                    <Text view={view} record={record} text={file.text} />
                  </small>
                ) : null}
              </td>
              <td>
                {DIGESTS.map((algorithm) => {
                  const digest = file[algorithm];
                  return digest ? (
                    <a class="digest" href={view.hrefOf({ kind: 'artifact', key: artifactKey(file) })}>
                      <small>{algorithm}</small>{' '}
                      <code data-csv={algorithm} data-value={digest}>
                        {breakable(digest)}
                      </code>
                    </a>
                  ) : null;
                })}
              </td>
              <td data-csv="state" data-value={file.state}>
                <TermLink view={view} vocabulary={releaseState} value={file.state} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Network and host observables. Names are written so that no reader can follow them by accident: they link to our own page. */
export function IndicatorTable({ view, record, indicators }: RecordProps & { indicators: readonly Indicator[] }) {
  return (
    <div class="table-frame">
      <table class="observables" data-copy="indicators">
        <caption class="hidden">Indicators</caption>
        <thead>
          <tr>
            <th scope="col">Indicator</th>
            <th scope="col">Type</th>
            <th scope="col">What sources say</th>
          </tr>
        </thead>
        <tbody>
          {indicators.map((indicator) => (
            <tr>
              <td>
                <a href={view.hrefOf({ kind: 'indicator', key: indicatorKey(indicator) })}>
                  <code data-csv="value" data-value={indicator.value} data-network={NETWORK.has(indicator.type) || undefined}>
                    {breakable(indicator.value)}
                  </code>
                </a>
              </td>
              <td data-csv="type" data-value={indicator.type}>
                <TermLink view={view} vocabulary={indicatorType} value={indicator.type} />
              </td>
              <td>
                {indicator.text ? (
                  <span data-csv="note">
                    <Text view={view} record={record} text={indicator.text} />
                  </span>
                ) : null}
                <Cites view={view} record={record} cites={indicator.cites} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
