// npm test: does all set-up (a Chromium too), then types, lint and every test. Arguments go to the test runner.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages, requireNode, root, run } from './setup.mjs';

requireNode();
installPackages();
process.env.CHROMIUM = findChromium() ?? installChromium();
const bin = (name) => join(root, 'node_modules', '.bin', name);
const filtered = process.argv.length > 2;
if (!filtered) {
  step('types');
  run(bin('tsc'), ['-p', '.']);
  step('lint');
  run(bin('biome'), ['ci', '--error-on-warnings', '.']);
  step('unused code and dependencies');
  run(bin('knip'), []);
}
step('tests');
const { bundleIfStale } = await import('./bundle.mjs');
await bundleIfStale();
run(bin('vitest'), ['run', ...process.argv.slice(2)]);

function step(name) {
  console.error(`\n— ${name}`);
}

function findChromium() {
  const known = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return known.find((path) => path && existsSync(path));
}

function installChromium() {
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (!isDebianRoot) {
    console.error(
      'The browser tests need Chromium. Install it (on Debian: apt-get install chromium) or set CHROMIUM to its path, then run npm test again.',
    );
    process.exit(2);
  }
  console.error('Installing Chromium (once) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
  ]) {
    const { status } = spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    if (status !== 0) {
      console.error(`apt-get ${args.join(' ')} failed; install chromium by hand or set CHROMIUM.`);
      process.exit(3);
    }
  }
  return '/usr/bin/chromium';
}
