import { fstatSync, writeSync } from 'node:fs';
import { type Colors, createColors } from '../base/terminal-text.ts';

/** Where a command writes, and how: colours only on a terminal that wants them (NO_COLOR, FORCE_COLOR and --no-color are honoured). */
export interface Terminal {
  readonly colors: Colors;
  /** Columns to fill; 80 where the output is no terminal. */
  readonly width: number;
  /** Result, to standard output. */
  print(text: string): void;
  /** Remark, to standard error. */
  note(text: string): void;
  /** A line of progress that overwrites itself; nothing where standard error is no terminal. An empty text clears it. */
  progress(text: string): void;
}

/** The process's own terminal. */
export function processTerminal(): Terminal {
  const screen = isDevice(1) && process.stdout.isTTY ? process.stdout : undefined;
  const progressScreen = isDevice(2) && process.stderr.isTTY ? process.stderr : undefined;
  return {
    colors: createColors(wantsColors(screen !== undefined)),
    width: screen?.columns || 80,
    print: (text) => writeAll(1, `${text}\n`),
    note: (text) => writeAll(2, `${text}\n`),
    progress: (text) => {
      if (progressScreen) writeAll(2, `\r\u001b[2K${text.slice(0, (progressScreen.columns || 80) - 1)}`);
    },
  };
}

/** Whether it can be a terminal at all. Asked before Node's streams are, which would be loaded for the answer. */
function isDevice(file: number): boolean {
  try {
    return fstatSync(file).isCharacterDevice();
  } catch {
    return false;
  }
}

/** https://no-color.org and https://force-color.org: set and not empty. */
function wantsColors(isTerminal: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR || process.argv.includes('--no-color')) return false;
  return Boolean(FORCE_COLOR) || (isTerminal && TERM !== 'dumb');
}

/** Writes all of a text before anything else happens, so that no end of the process cuts it off. */
function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(file, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // The reader of a pipe went away (`threatpedia list | head`): there is nobody left to tell.
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      // A pipe that does not block, and is full: its reader needs a moment.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
