import type { CliIo } from './io.ts';
import { renderTable, type TableContent } from './table.ts';
import { escapeLine, escapeText } from './terminal-text.ts';

const DEFAULT_COLUMNS = 80;

export function printTable(io: CliIo, content: TableContent): void {
  io.stdout(renderTable(content, io.isTty ? (io.columns ?? DEFAULT_COLUMNS) : undefined));
}

/** Prints text that is data: untouched to a file or pipe, made harmless on a terminal. */
export function printData(io: CliIo, text: string): void {
  if (!io.isTty) return io.stdout(text);
  io.stdout(escapeText(text.endsWith('\n') || text === '' ? text : `${text}\n`));
}

export function printJson(io: CliIo, value: unknown): void {
  printData(io, `${JSON.stringify(value, null, 2)}\n`);
}

export function printNote(io: CliIo, line: string): void {
  io.stderr(`${escapeLine(line)}\n`);
}
