import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anchorsByReference, copiedRuns, missingAnchors } from '../src/corpus/verify-record.ts';
import { recordsOf } from '../src/graph/graph.ts';
import { itemsOf } from '../src/schema/cited.ts';
import { referencesOf } from '../src/schema/claims.ts';
import { loadCorpusGraph } from './support/corpus.ts';
import { findShared, sharedFolder } from './support/shared.ts';

interface AttackObject {
  readonly type: string;
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly x_mitre_aliases?: readonly string[];
  readonly external_references?: readonly { readonly source_name: string; readonly external_id?: string }[];
}

const attackFile = findShared('data/attack/attack-v18.1-supplychain-subset.json');

describe.skipIf(!attackFile)('names that ATT&CK v18.1 gives, where its subset at hand has them (skipped without it)', async () => {
  const objects = attackFile ? (JSON.parse(readFileSync(attackFile, 'utf8')) as { objects: AttackObject[] }).objects : [];
  const names = new Map(
    objects.flatMap(({ name, external_references = [] }) =>
      external_references.flatMap(({ source_name, external_id }) =>
        source_name === 'mitre-attack' && external_id ? [[external_id, name] as const] : [],
      ),
    ),
  );
  const graph = await loadCorpusGraph();

  test('techniques carry the name that belongs to their id', () => {
    const wrong = recordsOf(graph, 'incident').flatMap(({ data }) =>
      itemsOf(data.techniques).flatMap(({ id, name }) =>
        names.has(id) && name !== names.get(id) ? [`${data.id} ${id} ${name}: ${names.get(id)}`] : [],
      ),
    );
    expect(names.size).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  test('actors, campaigns and malware with an id there go by a name that it has there', () => {
    const known = new Map(
      objects.flatMap(({ name, aliases = [], x_mitre_aliases = [], external_references = [] }) =>
        external_references.flatMap(({ source_name, external_id }) =>
          source_name === 'mitre-attack' && external_id ? [[external_id, [name, ...aliases, ...x_mitre_aliases]] as const] : [],
        ),
      ),
    );
    const fold = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
    const records = (['actor', 'campaign', 'malware'] as const).flatMap((kind) => recordsOf(graph, kind));
    const stray = records.flatMap(({ data }) => {
      const own = new Set(
        [data.name, ...('aliases' in data ? (data.aliases ?? []) : [])].map((name) => fold(typeof name === 'string' ? name : name.name)),
      );
      return (data.externalIds ?? []).flatMap(({ source, id }) => {
        const there = source === 'attack' ? known.get(id) : undefined;
        return there && !there.some((name) => own.has(fold(name))) ? [`${data.id} ${id}: ${there.join(', ')}`] : [];
      });
    });
    expect(stray).toEqual([]);
  });
});

/** Folders of the shared data by the repository that they were taken from, and files that bear another name there. */
const REPOSITORIES: Readonly<Record<string, string>> = {
  'IQTLabs/software-supply-chain-compromises': 'iqt',
  'cncf/tag-security': 'cncf-catalog',
  'SAP/risk-explorer-for-software-supply-chains': 'sap-risk-explorer',
  'DataDog/indicators-of-compromise': 'datadog-iocs',
  'Cobenian/shai-hulud-detect': 'cobenian-shai-hulud',
  'leitwacht/malicious-packages': 'leitwacht',
  'pbom-dev/OSCAR': 'oscar',
  'slsa-framework/slsa': 'slsa',
  'MISP/misp-galaxy': 'misp-galaxy',
  'RustSec/advisory-db': 'rustsec',
  'rubysec/ruby-advisory-db': 'rubysec',
  'pypa/advisory-database': 'pypa',
  'mandiant/sunburst_countermeasures': 'sunburst',
  'volexity/threat-intel': 'ioc-3cx',
  'eset/malware-ioc': 'ioc-3cx',
};
const RENAMED: Readonly<Record<string, string>> = {
  'iocs.csv': 'volexity-3cx-iocs.csv',
  'github_summary.csv': 'volexity-github-icons.csv',
  'lazarus_3cx.json': 'eset-lazarus_3cx.misp.json',
};

/** The file in the shared data that a reference cites; undefined where it is not there. */
function sharedCopy(url: string): string | undefined {
  const [, repository = '', path = ''] = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/blob\/[^/]+\/([^#?]+)/.exec(decodeURI(url)) ?? [];
  const folder = REPOSITORIES[repository];
  if (!folder) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const renamed = folder === 'ioc-3cx' ? RENAMED[name] : undefined;
  return [path, name, ...(renamed ? [renamed] : []), path.replace(/^clusters\//, '')]
    .map((each) => join(sharedFolder, 'data', folder, each))
    .find((file) => existsSync(file));
}

describe.skipIf(!findShared('data/iqt'))('sources at hand (skipped without the shared data)', async () => {
  const graph = await loadCorpusGraph();
  const records = [...graph.nodes.values()].flatMap(({ record }) => record ?? []);
  const cited = records.flatMap((record) =>
    referencesOf(record).flatMap((reference) => {
      const file = sharedCopy(reference.url);
      return file ? [{ record, reference, text: readFileSync(file, 'utf8') }] : [];
    }),
  );

  test('every anchor stands in its source', () => {
    const missing = cited.flatMap(({ record, reference, text }) =>
      missingAnchors(text, anchorsByReference(record).get(reference.id) ?? []).map(
        ({ anchor, path }) => `${record.data.id} ${reference.id} ${path.join('.')}: ${anchor}`,
      ),
    );
    expect(cited.length).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });

  test('no sentence was copied', () => {
    const copied = cited.flatMap(({ record, reference, text }) =>
      copiedRuns(record, text).map(({ words }) => `${record.data.id} ${reference.id}: ${words}`),
    );
    expect(copied).toEqual([]);
  });
});
