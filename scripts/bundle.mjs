// Bundles the command (dist/command/threatpedia.cjs), the library and what browsers run (dist/command/assets/) from src/.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
  resolveId: (source, importer) =>
    source === 'node:child_process' && importer?.includes('/commander/') ? join(root, 'none.js') : undefined,
  load: (id) => (id === join(root, 'none.js') ? 'export default {};' : undefined),
};

/** Node reads, keeps and compiles code of ASCII alone in half the space. */
const inAscii = {
  name: 'in-ascii',
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk') continue;
      file.code = file.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
  },
};

/** Modules that a check of what people check most needs in any case. What they import stands in one file: opening each of many takes longer than reading it. */
const CORE = ['src/cli/main.ts', 'src/cli/check.ts', 'src/check/inventory/npm-lock.ts', 'src/check/report/terminal.ts'].map((path) =>
  join(root, path),
);

/** Puts the modules of {@link CORE}, and whatever they import before they run, into one chunk. */
function coreGroup(runtime) {
  const core = new Set();
  const visit = (id, context) => {
    if (core.has(id)) return;
    core.add(id);
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) visit(imported, context);
  };
  return {
    includeDependenciesRecursively: false,
    groups: [
      {
        debugName: 'core',
        name(id, context) {
          if (core.size === 0) for (const start of [runtime, ...CORE]) visit(start, context);
          return core.has(id) ? 'core' : null;
        },
      },
    ],
  };
}

/** Versions as numbers, the way the style compiler takes them: major, minor and patch a byte each. */
const BROWSERS = { chrome: 120 << 16, firefox: 121 << 16, safari: (17 << 16) | (4 << 8) };
/** What browsers run: name of the asset → its source below src/site/client. */
const SCRIPTS = {
  site: 'site.ts',
  search: 'search.ts',
  check: 'check.ts',
  ask: 'ask.ts',
  compare: 'compare.ts',
  explore: 'explore/explore.ts',
  measures: 'measures.tsx',
};

/** Entries of the library (`exports` in package.json): name → source. */
const LIBRARY = {
  check: 'src/library/check.ts',
  library: 'src/library/threatpedia.ts',
  schema: 'src/library/schema.ts',
  graph: 'src/library/graph.ts',
  export: 'src/library/export.ts',
};

/** Bundles the command, the library and the browser assets. */
export async function bundle() {
  const { build, RUNTIME_MODULE_ID } = await bundler();
  const { bundle: bundleStyle } = await import('lightningcss');
  mkdirSync(join(out, 'assets'), { recursive: true });
  const [command, ...scripts] = await Promise.all([
    bundleForNode(
      {
        threatpedia: 'src/cli/main.ts',
        'write-files': 'src/cli/write-files.ts',
        'check-in-thread': 'src/cli/check-in-thread.ts',
        'read-in-thread': 'src/cli/read-in-thread.ts',
        ...LIBRARY,
      },
      out,
      {
        plugins: [withoutChildProcess, inAscii],
        preserveEntrySignatures: 'allow-extension',
        output: {
          // Node reads CommonJS at once, without the loader of ES modules.
          format: 'cjs',
          entryFileNames: '[name].cjs',
          // Beside the entry: code that looks for files near itself finds them from any chunk.
          chunkFileNames: 'chunk-[hash].cjs',
          codeSplitting: coreGroup(RUNTIME_MODULE_ID),
          // Names stay for whoever reads a stack.
          minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    ),
    ...Object.entries(SCRIPTS).map(([name, source]) =>
      build({
        cwd: root,
        input: `src/site/client/${source}`,
        platform: 'browser',
        checks: { bundlerTimings: false },
        transform: { target: 'es2022' },
        output: { file: join(out, 'assets', `${name}.js`), format: 'iife', minify: true },
      }),
    ),
  ]);
  for (const name of Object.keys(LIBRARY)) {
    const { exports } = command.output.find(({ fileName }) => fileName === `${name}.cjs`);
    writeFileSync(join(out, `${name}.mjs`), facadeOf(name, exports));
  }
  const { code } = bundleStyle({ filename: join(root, 'src/site/style/site.css'), minify: true, targets: BROWSERS });
  writeFileSync(join(out, 'assets/site.css'), code);
  const { billOf } = await import('./sbom.mjs');
  const modules = [command, ...scripts].flatMap(({ output }) => output.flatMap((file) => file.moduleIds ?? []));
  writeFileSync(join(out, 'sbom.cdx.json'), `${JSON.stringify(billOf(modules), undefined, 2)}\n`);
  const written = new Set(command.output.map(({ fileName }) => fileName));
  for (const name of readdirSync(out)) if (/^chunk-/.test(name) && !written.has(name)) rmSync(join(out, name));
}

/** The library is imported: a module that names what a bundle exports. */
function facadeOf(name, exports) {
  return `import library from './${name}.cjs';\nexport const { ${exports.join(', ')} } = library;\n`;
}

/** Bundles entries (name → path) as modules for Node 20 into a folder, with whatever else the bundler shall do. */
export async function bundleForNode(input, dir, { output, ...options } = {}) {
  const { build } = await bundler();
  return build({
    cwd: root,
    input,
    platform: 'node',
    transform: { target: 'node20' },
    // Printed on standard output, where programs read ours.
    checks: { bundlerTimings: false },
    ...options,
    output: { dir, format: 'esm', entryFileNames: '[name].mjs', ...output },
  });
}

/** Loaded when something is bundled: the command asks this file each time whether it is stale. */
function bundler() {
  return import('rolldown').catch(() => {
    throw new Error('rolldown is missing: run `npm start` or `npm ci` once');
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle();
