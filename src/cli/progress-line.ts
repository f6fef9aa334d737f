import type { CliIo } from './io.ts';

const CLEAR = '\r\u001b[2K';

/** What is known of a download so far. */
export interface Progress {
  readonly status: string;
  readonly rows: number;
  readonly bytes: number;
  readonly pages: number;
  /** Pages that are known of; more may follow. */
  readonly pagesKnown: number;
}

const UNITS = ['kB', 'MB', 'GB', 'TB'] as const;

/** Bytes as people read them: `812 bytes`, `3.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  let value = bytes;
  let unit = '';
  for (unit of UNITS) {
    value /= 1000;
    if (value < 999.95) break;
  }
  return `${value.toFixed(1)} ${unit}`;
}

const grouped = new Intl.NumberFormat('en');

function describe({ status, rows, bytes, pages, pagesKnown }: Progress): string {
  if (pagesKnown === 0) return status;
  const amount = `${grouped.format(rows)} rows, ${formatBytes(bytes)}`;
  return `${status} · ${amount}, page ${pages} of ${pagesKnown}`;
}

/** One line of stderr that tells how far something is. Without a terminal nothing is shown. */
export class ProgressLine implements Disposable {
  readonly #io: CliIo;
  #shown = '';

  constructor(io: CliIo) {
    this.#io = io;
  }

  show(progress: Progress): void {
    const line = describe(progress);
    if (!this.#io.isStderrTty || line === this.#shown) return;
    this.#io.stderr(`${CLEAR}${line}`);
    this.#shown = line;
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (this.#shown !== '') this.#io.stderr(CLEAR);
    this.#shown = '';
  }

  [Symbol.dispose](): void {
    this.clear();
  }
}
