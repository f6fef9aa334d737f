/** All that a command may see or touch of the world around it. */
export interface CliIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether stdout is a terminal: only then is anything cut or escaped to suit a reader's eyes. */
  readonly isTty: boolean;
  /** Width of that terminal in characters. */
  readonly columns?: number | undefined;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
  /** Text of a UTF-8 file; rejects as `node:fs` does. */
  readonly readFile: (path: string) => Promise<string>;
  /** All of standard input, as text. */
  readonly readStdin: () => Promise<string>;
}
