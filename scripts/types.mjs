// Writes the type declarations of the package's library entries, and only what they reach, to dist/types/.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, run } from './setup.mjs';

const ENTRIES = ['threatpedia', 'schema', 'graph', 'check', 'export'].map((name) => `library/${name}.d.ts`);

/** Emits the declarations with the compiler and keeps what the entries import, directly or not. */
export function writeTypes() {
  const all = mkdtempSync(join(root, 'dist', 'types-'));
  try {
    const config = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        allowImportingTsExtensions: false,
        rewriteRelativeImportExtensions: true,
        declaration: true,
        emitDeclarationOnly: true,
        stripInternal: true,
        rootDir: join(root, 'src'),
        outDir: all,
      },
      files: ENTRIES.map((entry) => join(root, 'src', entry.replace(/\.d\.ts$/, '.ts'))),
      include: [],
    };
    writeFileSync(join(all, 'tsconfig.json'), JSON.stringify(config));
    run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', all]);
    const target = join(root, 'dist', 'types');
    rmSync(target, { recursive: true, force: true });
    const kept = new Set();
    const keep = (file) => {
      if (kept.has(file)) return;
      kept.add(file);
      mkdirSync(dirname(join(target, file)), { recursive: true });
      cpSync(join(all, file), join(target, file));
      for (const [, path] of readFileSync(join(all, file), 'utf8').matchAll(/from '(\.[^']+)\.tsx?'/g))
        keep(join(dirname(file), `${path}.d.ts`));
    };
    for (const entry of ENTRIES) keep(entry);
  } finally {
    rmSync(all, { recursive: true, force: true });
  }
}
