import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../base/problem.ts';
import type { ExposureCheck, Revision } from '../check/check.ts';
import type { FormatRow } from '../check/inventory/formats.ts';
import { MAX_INPUT_BYTES, UnreadableInput } from '../check/inventory/inventory.ts';
import { PresenceLog } from '../check/presence.ts';
import type { Terminal } from './terminal.ts';

const run = promisify(execFile);
/** More revisions than this are not walked; the newest ones are. */
const MAX_REVISIONS = 5_000;

/** Walks every committed revision of a file, oldest first, and adds what was ever found in it with the time that it was there. */
export async function addHistory(exposure: ExposureCheck, path: string, shown: string, row: FormatRow, terminal: Terminal): Promise<void> {
  const input = { path: `${shown} (history)`, format: row.id };
  const revisions = await revisionsOf(path).catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause;
    return undefined;
  });
  if (!revisions) return exposure.fail(input.path, row.id, 'is not in a git repository, or git is not installed');
  if (revisions.length === 0) return exposure.fail(input.path, row.id, 'git has no revision of it');
  const format = await row.load();
  const log = new PresenceLog();
  let components = 0;
  const unread: string[] = [];
  for (const [index, revision] of revisions.entries()) {
    terminal.progress(`${shown}: revision ${index + 1} of ${revisions.length}`);
    try {
      const bytes = await readRevision(path, revision.commit);
      // A revision without the file holds nothing.
      const inventory = bytes ? format.parse(bytes, { path: shown }) : { components: [], skipped: [] };
      components = Math.max(components, inventory.components.length);
      log.add(revision, await exposure.look({ ...input, bytes, read: () => inventory }, inventory));
    } catch (error) {
      if (!(error instanceof UnreadableInput)) throw error;
      unread.push(`${revision.commit.slice(0, 10)}: ${error.message}`);
    }
  }
  exposure.addFindings(log.findings());
  const [example] = unread;
  const skipped = example
    ? [
        {
          reason: 'revision that could not be read',
          count: unread.length,
          example,
          notUnderstood: unread.slice(0, 20).map((text) => ({ text })),
        },
      ]
    : [];
  exposure.cover({ ...input, read: () => ({ components: [], skipped: [] }) }, components, skipped, `${revisions.length} revisions`);
}

async function revisionsOf(path: string): Promise<Revision[]> {
  const full = await realpath(path);
  const { stdout } = await git(full, ['log', `--max-count=${MAX_REVISIONS}`, '--format=%H %cI', '--', basename(full)]);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [commit = '', date = ''] = line.split(' ');
      return { commit, date: new Date(date).toISOString() };
    })
    .reverse();
}

async function readRevision(path: string, commit: string): Promise<Uint8Array | undefined> {
  const full = await realpath(path);
  const held = await git(full, ['ls-tree', commit, '--', basename(full)]);
  const blob = /^\d+ blob ([0-9a-f]{40,64})\t/.exec(held.stdout)?.[1];
  if (!blob) return undefined;
  const { stdout } = await run('git', ['-C', dirname(full), 'cat-file', 'blob', blob], { encoding: 'buffer', maxBuffer: MAX_INPUT_BYTES });
  return stdout;
}

function git(full: string, args: readonly string[]) {
  // Neither the repository's hooks nor its configured programs run for these commands; the pager and the terminal are left alone.
  const environment = { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_PAGER: 'cat', GIT_OPTIONAL_LOCKS: '0' };
  return run('git', ['-C', dirname(full), ...args], { maxBuffer: 64 * 1024 * 1024, env: environment });
}
