import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Change, RecordHistory } from '../site/view.ts';
import { fieldChanges } from './field-changes.ts';

const run = promisify(execFile);
/** Changes kept of one record; the newest ones are. */
const MOST = 30;
/** Commits of which the changed fields are told; the newest ones are. */
const MOST_COMPARED = 1_000;

/**
 * What git knows of each record file: when it was added and changed, newest first, and what the commit said where it was about records alone. Empty where the corpus is in
 * no git repository, or git is not installed: a package without its history says nothing about it.
 */
export async function recordHistory(corpusFolder: string): Promise<RecordHistory> {
  const history = new Map<string, Change[]>();
  const prefix = (await git(corpusFolder, ['rev-parse', '--show-prefix'])).trim();
  const log = await git(corpusFolder, ['log', '--full-diff', '--no-renames', '--format=%x00%H%x09%cI%x09%s', '--name-status', '--', '.']);
  for (const entry of log.split('\0').slice(1)) {
    const [head = '', ...lines] = entry.split('\n');
    const [commit = '', instant = '', ...words] = head.split('\t');
    const files = lines.flatMap((line) => {
      const [, state = '', path = ''] = /^([A-Z])\t(.+)$/.exec(line) ?? [];
      return path ? [{ state, path }] : [];
    });
    const subject = files.every(({ path }) => path.startsWith(prefix)) ? words.join('\t').slice(0, 300) : undefined;
    for (const { state, path } of files) {
      if (!path.startsWith(prefix) || !path.endsWith('.yaml') || !/^[AM]$/.test(state)) continue;
      const file = path.slice(prefix.length);
      const changes = history.get(file) ?? [];
      if (changes.length < MOST) changes.push({ commit, date: new Date(instant).toISOString(), subject, isNew: state === 'A' });
      history.set(file, changes);
    }
  }
  return history;
}

/** The history with the fields that each change touched, as far as they can be told of the newest thousand commits. */
export async function withChangedFields(corpusFolder: string, history: RecordHistory): Promise<RecordHistory> {
  if (history.size === 0) return history;
  const log = await git(corpusFolder, [
    'log',
    '--relative',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    '--diff-algorithm=histogram',
    '--src-prefix=a/',
    '--dst-prefix=b/',
    `--max-count=${MOST_COMPARED}`,
    '--format=%x00%H',
    '--unified=0',
    '--diff-filter=M',
    '--patch',
    '--',
    '.',
  ]);
  const told = new Map<string, ReadonlyMap<string, readonly string[]>>();
  for (const entry of log.split('\0').slice(1)) {
    const end = entry.indexOf('\n');
    told.set(entry.slice(0, end), fieldChanges(entry.slice(end + 1)));
  }
  return new Map(
    [...history].map(([file, changes]) => [file, changes.map((each) => ({ ...each, fields: told.get(each.commit)?.get(file) }))]),
  );
}

/** The day of the last change of each record file. */
export function lastChanges(history: RecordHistory): ReadonlyMap<string, string> {
  return new Map([...history].flatMap(([file, [last]]) => (last ? [[file, last.date.slice(0, 10)] as const] : [])));
}

/** What git answers; nothing where it cannot. */
async function git(folder: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', folder, '-c', 'core.quotePath=false', ...args], {
    timeout: 20_000,
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
  }).catch(() => ({ stdout: '' }));
  return stdout;
}
