import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from './support/shared.ts';

/** Which folder of src may import which. A file may always import its own folder. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  schema: ['base'],
  corpus: ['base', 'schema'],
  graph: ['base', 'schema'],
  check: ['base', 'schema', 'graph'],
  statistics: ['base', 'schema', 'graph'],
  ingest: ['base'],
  query: ['base', 'schema', 'graph'],
  search: ['schema', 'graph'],
  answers: ['base', 'schema', 'graph', 'check', 'query', 'search'],
  mcp: ['base', 'schema', 'graph', 'check', 'query', 'answers'],
  site: ['base', 'schema', 'graph', 'check', 'query', 'search', 'statistics', 'export'],
  api: ['base', 'schema', 'graph', 'check', 'answers', 'statistics', 'export'],
  library: ['base', 'schema', 'corpus', 'graph', 'check', 'export', 'answers'],
  export: ['base', 'schema', 'graph'],
  import: ['base', 'schema', 'check'],
  cli: ['base', 'schema', 'corpus', 'graph', 'check', 'ingest', 'site', 'api', 'export', 'import', 'query', 'statistics', 'answers', 'mcp'],
};

/** Files outside of the folders that may be imported, and by whom. */
const ROOT_IMPORTS: Readonly<Record<string, readonly string[]>> = { 'package.json': ['api', 'cli', 'library', 'mcp', 'site'] };

/** Folders that reach disk, network or processes. Everything else gets what it needs as arguments. */
const MAY_DO_IO: readonly string[] = [
  'src/corpus/read-corpus.ts',
  'src/check/index/index-file.ts',
  'src/check/inventory/search-folder.ts',
  'src/library/',
  'src/ingest/',
  'src/api/send-file.ts',
  'src/api/server.ts',
  'src/api/site-files.ts',
  'src/cli/',
];

interface Import {
  readonly file: string;
  readonly target: string;
}

const sources = listFiles(join(projectRoot, 'src')).filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
const imports = sources.flatMap(importsOf);

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? listFiles(join(folder, entry.name)) : [relative(projectRoot, join(folder, entry.name))],
  );
}

function importsOf(file: string): Import[] {
  return importsIn(file, readFileSync(join(projectRoot, file), 'utf8'));
}

/** Static, dynamic, side-effect, type-only and re-exporting imports of a source text. */
function importsIn(file: string, text: string): Import[] {
  const code = text.replace(/^\s*\*.*$/gm, '');
  const found = [...code.matchAll(/\bfrom\s+'([^']+)'|\bimport\s+'([^']+)'|\bimport\(\s*'([^']+)'/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
  return found.map((target) => ({
    file,
    target: target.startsWith('.') ? relative(projectRoot, join(projectRoot, dirname(file), target)) : target,
  }));
}

/** The imports that the table does not allow. */
function wrongImports(edges: readonly Import[]): Import[] {
  return edges
    .filter(({ target }) => target.startsWith('src/') || target in ROOT_IMPORTS)
    .filter(({ file, target }) => {
      const [from, to] = [folderOf(file), folderOf(target)];
      return from !== to && !(MAY_IMPORT[from] ?? []).includes(to) && !(ROOT_IMPORTS[to] ?? []).includes(from);
    });
}

function folderOf(path: string): string {
  return path.startsWith('src/') ? (path.split('/')[1] ?? '') : path;
}

describe('imports run one way', () => {
  test('the test saw the sources', () => {
    expect(sources.length).toBeGreaterThan(80);
    expect(imports.length).toBeGreaterThan(300);
  });

  test('every folder is known', () => {
    expect([...new Set(sources.map(folderOf))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  test('no folder imports what it may not', () => {
    expect(wrongImports(imports)).toEqual([]);
  });

  test('an import of the wrong way is seen, whatever its form', () => {
    const planted = importsIn(
      'src/graph/planted.ts',
      "import type { View } from '../site/view.ts';\nimport '../cli/main.ts';\nawait import('../api/server.ts');\nexport { x } from '../corpus/x.ts';\nimport { y } from '../base/y.ts';",
    );
    expect(wrongImports(planted).map(({ target }) => target)).toEqual([
      'src/site/view.ts',
      'src/cli/main.ts',
      'src/api/server.ts',
      'src/corpus/x.ts',
    ]);
  });

  test('what runs in browsers imports no Node module', () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { target } of imports.filter((edge) => edge.file === file)) if (target.startsWith('src/')) visit(target);
    };
    for (const entry of ['src/site/client/site.ts', 'src/site/client/search.ts', 'src/site/client/check.ts']) visit(entry);
    expect(reached.size).toBeGreaterThan(4);
    expect(imports.filter(({ file, target }) => reached.has(file) && target.startsWith('node:'))).toEqual([]);
  });

  test('only readers, the server and the command touch disk, network or processes', () => {
    const reaching = imports
      .filter(({ target }) => /^node:(fs|http|https|net|child_process|worker_threads|dns)/.test(target))
      .map(({ file }) => file);
    expect([...new Set(reaching)].filter((file) => !MAY_DO_IO.some((allowed) => file.startsWith(allowed)))).toEqual([]);
  });
});

describe('files', () => {
  test('there is no room for everything', () => {
    expect(sources.filter((file) => /\/(utils?|helpers?|common|misc)(\/|\.)/.test(file))).toEqual([]);
    expect(sources.filter((file) => /\/index\.tsx?$/.test(file) && file !== 'src/index.ts')).toEqual([]);
  });

  test('none holds more than 420 lines', () => {
    const long = sources.filter((file) => readFileSync(join(projectRoot, file), 'utf8').split('\n').length > 420);
    expect(long).toEqual([]);
  });

  test('no clock and no chance in what must give the same bytes', () => {
    const pure = sources.filter(
      (file) => /^src\/(base|schema|graph|statistics|site|corpus)\//.test(file) && !file.startsWith('src/site/client/'),
    );
    expect(
      pure.filter((file) =>
        /Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(/.test(readFileSync(join(projectRoot, file), 'utf8')),
      ),
    ).toEqual([]);
  });
});
