import picocolors from 'picocolors';

/** Where a command writes, and how: colours only on a terminal that wants them (NO_COLOR, FORCE_COLOR and --no-color are honoured). */
export interface Terminal {
  readonly colors: ReturnType<typeof picocolors.createColors>;
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
  const width = process.stdout.columns || 80;
  return {
    colors: picocolors.createColors(picocolors.isColorSupported && (Boolean(process.stdout.isTTY) || Boolean(process.env.FORCE_COLOR))),
    width,
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    progress: (text) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text.slice(0, (process.stderr.columns || 80) - 1)}`);
    },
  };
}
