import { type Command, Option } from 'commander';
import { type Format, printResult } from '../commands/query-answer.ts';
import { interrupted } from '../failure.ts';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { printNote } from '../output.ts';
import { readAnswer } from '../read-answer.ts';
import { retryTransient } from '../retry-transient.ts';
import { RegisteredQuery, RegisteredResult } from './answers.ts';
import {
  openRegistered,
  type RegisteredOptions,
  type RegisteredQueries,
  registeredCommand,
} from './registered-command.ts';

interface ResultsOptions extends RegisteredOptions {
  readonly csv?: true;
  readonly watch?: true;
}

const WATCH_MS = 5000;

function formatOf({ json, csv }: ResultsOptions): Format {
  if (json) return 'json';
  return csv ? 'csv' : 'table';
}

async function printLatest(
  io: CliIo,
  queries: RegisteredQueries,
  id: string,
  options: ResultsOptions,
): Promise<void> {
  const body = await retryTransient(io, () => queries.request('GET', `/${id}/results`));
  const { rows, data, parameters } = readAnswer(RegisteredResult, body);
  const summary = printResult(
    io,
    { rows, data, ...(parameters ? { parameters } : {}) },
    formatOf(options),
  );
  // The next array begins on a line of its own; a terminal has had its line end.
  if (options.watch && options.json && !io.isTty) io.stdout('\n');
  printNote(io, summary);
}

/** Prints each new result as it appears, until the query has ended. */
async function watch(io: CliIo, queries: RegisteredQueries, id: string, options: ResultsOptions) {
  for (let printedHash: string | undefined; ; ) {
    const body = await retryTransient(io, () => queries.request('GET', `/${id}`));
    const query = readAnswer(RegisteredQuery, body);
    if (query.lastHash !== undefined && query.lastHash !== printedHash) {
      await printLatest(io, queries, id, options);
      printedHash = query.lastHash;
    }
    if (query.status !== 'enabled') return printNote(io, `The query is ${query.status}.`);
    if (!(await io.pause(WATCH_MS))) throw interrupted();
  }
}

export function addRegisteredResults(registered: Command, io: CliIo): void {
  registeredCommand(
    registered,
    'results',
    'Print the latest result of a registered query.',
    'print the rows as JSON, byte for byte',
  )
    .argument('<queryId>', 'id of the registered query', idArgument)
    .addOption(new Option('--csv', 'print the rows as CSV').conflicts('json'))
    .option('--watch', 'go on, and print each new result until the query ends')
    .action(async (id: string, options: ResultsOptions) => {
      const queries = await openRegistered(io, options);
      if (options.watch) return watch(io, queries, id, options);
      return printLatest(io, queries, id, options);
    });
}
