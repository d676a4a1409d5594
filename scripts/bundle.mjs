// Bundles the command (dist/command/threatpedia.mjs) and what browsers run (dist/command/assets/) from src/.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'dist', 'command');
const stamp = join(root, 'dist', 'command.stamp');

/** Bundles when a source, the lock file or this script changed since the last time. */
export async function bundleIfStale() {
  const wanted = String(newestChange());
  try {
    if (readFileSync(stamp, 'utf8') === wanted) return;
  } catch {
    // No bundle yet.
  }
  await bundle();
  writeFileSync(stamp, wanted);
}

function newestChange() {
  let newest = Math.max(statSync(join(root, 'package-lock.json')).mtimeMs, statSync(fileURLToPath(import.meta.url)).mtimeMs);
  let count = 0;
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else {
        count++;
        newest = Math.max(newest, statSync(path).mtimeMs);
      }
    }
  };
  visit(join(root, 'src'));
  return `${newest} ${count}`;
}

/** commander asks for child_process, for commands that are programs of their own. Ours are not, and loading it takes as long as reading a lock. */
const withoutChildProcess = {
  name: 'without-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /[\\/]node_modules[\\/]commander[\\/]/.test(importer) ? { path: 'none', namespace: 'without-child-process' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'without-child-process' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** Bundles the command and the browser assets. */
export async function bundle() {
  const { build } = await import('esbuild').catch(() => {
    throw new Error('esbuild is missing: run `npm start` or `npm ci` once');
  });
  mkdirSync(out, { recursive: true });
  const common = { bundle: true, logLevel: 'warning', legalComments: 'linked', absWorkingDir: root };
  const [command] = await Promise.all([
    build({
      ...common,
      entryPoints: { threatpedia: 'src/cli/main.ts', 'write-files': 'src/cli/write-files.ts', check: 'src/library/check.ts' },
      outdir: out,
      entryNames: '[name]',
      // Beside the entry: code that looks for files near itself finds them from any chunk.
      chunkNames: 'chunk-[hash]',
      outExtension: { '.js': '.mjs' },
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      minifySyntax: true,
      sourcemap: false,
      metafile: true,
      plugins: [withoutChildProcess],
      banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
    }),
    build({
      ...common,
      entryPoints: {
        site: 'src/site/client/site.ts',
        search: 'src/site/client/search.ts',
        check: 'src/site/client/check.ts',
        ask: 'src/site/client/ask.ts',
        compare: 'src/site/client/compare.ts',
      },
      outdir: join(out, 'assets'),
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      minify: true,
    }),
    build({
      ...common,
      entryPoints: { site: 'src/site/style/site.css' },
      outdir: join(out, 'assets'),
      minify: true,
      target: ['chrome120', 'firefox121', 'safari17.4'],
    }),
  ]);
  const written = new Set(Object.keys(command.metafile.outputs).map((path) => basename(path)));
  for (const name of readdirSync(out)) if (/^chunk-.*\.mjs/.test(name) && !written.has(name)) rmSync(join(out, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle();
