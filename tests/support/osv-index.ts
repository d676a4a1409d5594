import { indexPieces } from '../../src/check/index/write-index.ts';
import { readOsvRecord } from '../../src/check/osv-record.ts';

/** What {@link malwareIndex} makes an index from: one record for each name, with the versions that it lists. */
export interface ListedPackage {
  readonly ecosystem: string;
  readonly name: string;
  readonly versions: readonly string[];
}

/** An index of malicious packages as `threatpedia index build` writes it, from records read by the same reader. The id of the n-th is MAL-2025-n. */
export function malwareIndex(packages: readonly ListedPackage[]): Buffer {
  const entries = packages.flatMap(({ ecosystem, name, versions }, number) => {
    const modified = '2025-06-04T00:00:00Z';
    const record = {
      id: `MAL-2025-${number}`,
      modified,
      published: modified,
      summary: `Malicious code in ${name}`,
      details: 'The package runs a program of its own when it is installed. '.repeat(4),
      affected: [{ package: { ecosystem, name }, versions }],
      references: [{ type: 'REPORT', url: `https://example.org/reports/${number}` }],
    };
    return readOsvRecord(record).entries.map(({ key, knowledge }) => ({ key, json: JSON.stringify(knowledge) }));
  });
  return Buffer.concat([...indexPieces(entries, [{ name: 'all.zip', records: packages.length, newest: '2025-06-04T00:00:00Z' }])]);
}
