// What a fresh checkout needs before anything runs: a Node that is new enough, and the pinned packages.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Ends the process with a clear message where Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Threatpedia needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(2);
}

/** Installs exactly what package-lock.json names, unless that is what is installed already. */
export function installPackages() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const wanted = `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`;
  const stamp = join(root, 'node_modules', '.threatpedia-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing the pinned packages (once) …');
  // Not `npm ci`: it refuses a lock that lacks the optional packages of platforms which a registry mirror does not carry.
  run('npm', ['install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error'], { shell: process.platform === 'win32' });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Runs a program with our output; ends the process with its code where it fails. */
export function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) {
    console.error(`${program} could not be started: ${error.message}`);
    process.exit(3);
  }
  if (status !== 0) process.exit(status ?? 3);
}
