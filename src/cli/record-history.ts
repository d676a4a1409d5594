import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Change, RecordHistory } from '../site/view.ts';

const run = promisify(execFile);
/** Changes kept of one record; the newest ones are. */
const MOST = 30;

/**
 * What git knows of each record file: when it was added and changed, newest first, and what the commit said. Empty where the corpus is in no git repository, or git
 * is not installed: a package without its history says nothing about it.
 */
export async function recordHistory(corpusFolder: string): Promise<RecordHistory> {
  const history = new Map<string, Change[]>();
  const { stdout } = await run(
    'git',
    [
      '-C',
      corpusFolder,
      '-c',
      'core.quotePath=false',
      'log',
      '--relative',
      '--no-renames',
      '--format=%x00%cI%x09%s',
      '--name-status',
      '--',
      '.',
    ],
    {
      timeout: 20_000,
      maxBuffer: 256 * 1024 * 1024,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
    },
  ).catch(() => ({ stdout: '' }));
  for (const entry of stdout.split('\0').slice(1)) {
    const [head = '', ...lines] = entry.split('\n');
    const tab = head.indexOf('\t');
    const date = new Date(head.slice(0, tab)).toISOString();
    const subject = head.slice(tab + 1).slice(0, 300);
    for (const line of lines) {
      const [, state, file] = /^([AMD])\t(.+\.yaml)$/.exec(line) ?? [];
      if (!file || state === 'D') continue;
      const changes = history.get(file) ?? [];
      if (changes.length < MOST) changes.push({ date, subject, isNew: state === 'A' });
      history.set(file, changes);
    }
  }
  return history;
}
