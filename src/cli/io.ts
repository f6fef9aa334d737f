/** A file that stands under its name only once it is complete; disposed before that, it never was. */
export interface NewFile extends AsyncDisposable {
  write(text: string): Promise<void>;
  commit(): Promise<void>;
}

/** All that a command may see or touch of the world around it. */
export interface CliIo {
  readonly stdout: (text: string) => void;
  /** Writes to stdout no faster than it is read; rejects with EPIPE when nobody reads any more. */
  readonly writeOut: (text: string) => Promise<void>;
  readonly stderr: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether stdout is a terminal: only then is anything cut or escaped to suit a reader's eyes. */
  readonly isTty: boolean;
  /** Width of that terminal in characters. */
  readonly columns?: number | undefined;
  /** Whether stderr is a terminal: only then is progress shown. */
  readonly isStderrTty: boolean;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
  /** Text of a UTF-8 file; rejects as `node:fs` does. */
  readonly readFile: (path: string) => Promise<string>;
  /** Begins a file; rejects as `node:fs` does. */
  readonly createFile: (path: string) => Promise<NewFile>;
  /** Waits; false when Ctrl-C cut it short. */
  readonly pause: (ms: number) => Promise<boolean>;
  /** All of standard input, as text. */
  readonly readStdin: () => Promise<string>;
}
