import { IndexEntries } from '../../src/check/index/write-index.ts';
import { readOsvRecord } from '../../src/check/osv-record.ts';

/** What {@link malwareIndex} makes an index from: one record for each name, with the versions that it lists. */
export interface ListedPackage {
  readonly ecosystem: string;
  readonly name: string;
  readonly versions: readonly string[];
}

/** An index of malicious packages as `threatpedia index build` writes it, from records read by the same reader. The id of the n-th is MAL-2025-n. */
export function malwareIndex(packages: readonly ListedPackage[]): Buffer {
  const entries = new IndexEntries();
  for (const [number, { ecosystem, name, versions }] of packages.entries()) {
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
    for (const { key, knowledge } of readOsvRecord(record).entries) entries.add(key, JSON.stringify(knowledge));
  }
  return Buffer.concat([...entries.pieces([{ name: 'all.zip', records: packages.length, newest: '2025-06-04T00:00:00Z' }])]);
}
