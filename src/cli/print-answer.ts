import type { CliIo } from './io.ts';
import { printJson, printTable } from './output.ts';
import type { TableContent } from './table.ts';

/** How an answer is printed. */
export interface PrintOptions {
  readonly json?: true;
}

/** Prints the whole answer with `--json`, else the table made of it. */
export function printAnswer(
  io: CliIo,
  options: PrintOptions,
  body: unknown,
  tableOf: () => TableContent,
): void {
  if (options.json) printJson(io, body);
  else printTable(io, tableOf());
}

/** Says that something without an answer of its own is done; `--json` has nothing to print then. */
export function printDone(io: CliIo, options: PrintOptions, sentence: string): void {
  if (!options.json) io.stdout(`${sentence}\n`);
}

function* flatten(value: object, prefix: string): Generator<[string, string]> {
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    if (typeof member === 'object' && member !== null && !Array.isArray(member)) {
      yield* flatten(member, `${prefix}${name}.`);
    } else {
      yield [prefix + name, typeof member === 'string' ? member : JSON.stringify(member)];
    }
  }
}

/** One line for each field of an object, those of its parts included. */
export function fieldTable(object: object): TableContent {
  return { head: ['Field', 'Value'], rows: [...flatten(object, '')] };
}
