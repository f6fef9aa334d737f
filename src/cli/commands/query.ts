import { type Command, Option } from 'commander';
import { usageError } from '../failure.ts';
import { isSuccess } from '../gateway-client.ts';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { readAnswer } from '../read-answer.ts';
import { addIntegratorOptions, openSiteQueries, wholeNumber } from './integrator-options.ts';
import { type Format, printQueryAnswer, QueryAnswer, queryFailure } from './query-answer.ts';
import { runAsyncQuery } from './query-async.ts';
import type { QueryOptions } from './query-options.ts';
import { addSqlCommandOptions, readSqlCommand } from './sql-command.ts';

const DEFAULT_QUEUE_MS = 30_000;
const MAX_QUEUE_MS = 60_000;
const MAX_ASYNC_QUEUE_MS = 7_200_000;
/** The gateway's own limit of an execution, and room for a large answer on a slow line. */
const EXECUTION_MS = 60_000;
const TRANSFER_MS = 30_000;

function formatOf({ json, csv }: QueryOptions): Format {
  if (json) return 'json';
  return csv ? 'csv' : 'table';
}

async function runImmediateQuery(
  io: CliIo,
  argument: string | undefined,
  options: QueryOptions,
): Promise<void> {
  const { maxTimeInQueue = DEFAULT_QUEUE_MS } = options;
  const command = await readSqlCommand(io, argument, options);
  const timeoutMs = maxTimeInQueue + EXECUTION_MS + TRANSFER_MS;
  const { client, path } = await openSiteQueries(io, options, timeoutMs);
  const body = { ...command, maxTimeInQueue: options.maxTimeInQueue };
  const startedAt = performance.now();
  const answer = await client.send('POST', `${path}/immediate`, body);
  const elapsedMs = performance.now() - startedAt;
  if (!isSuccess(answer)) throw queryFailure(answer);
  printQueryAnswer(io, readAnswer(QueryAnswer, answer.body), formatOf(options), elapsedMs);
}

async function runQuery(
  io: CliIo,
  argument: string | undefined,
  options: QueryOptions,
): Promise<void> {
  if (options.async || options.resume !== undefined) return runAsyncQuery(io, argument, options);
  if (options.out !== undefined) throw usageError('--out needs --async or --resume.');
  if ((options.maxTimeInQueue ?? 0) > MAX_QUEUE_MS) {
    throw usageError(`Without --async, --max-time-in-queue is at most ${MAX_QUEUE_MS}.`);
  }
  return runImmediateQuery(io, argument, options);
}

const EXAMPLES = `
Examples:
  parhelion query "SELECT TOP 3 * FROM PATIENTS"
  parhelion query "SELECT * FROM PATIENTS WHERE INTERNALID = @id" --param @id:Int=66
  parhelion query BP_GetPatient --procedure --param @id:Int=66 --param @count:Int:output
  parhelion query --file report.sql --csv > report.csv
  parhelion query --async "SELECT * FROM Appointments" --out appointments.ndjson

Without --async the result is at most 8 MB. With it there is no limit, and rows are written as NDJSON: one JSON object
a line.
`;

export function addQueryCommand(program: Command, io: CliIo): void {
  const query = program
    .command('query')
    .description('Run SQL at a site and print the result.')
    .addOption(new Option('--json', 'print the rows as JSON, byte for byte').conflicts('csv'))
    .addOption(new Option('--csv', 'print the rows as CSV').conflicts('json'))
    .option(
      '--max-time-in-queue <ms>',
      'longest wait for the site to start it',
      wholeNumber('milliseconds', 0, MAX_ASYNC_QUEUE_MS),
    )
    .option('--async', 'queue it, and fetch its rows page by page however many they are')
    .option('--out <path>', 'with --async: write the rows to a file')
    .addOption(
      new Option('--resume <queryId>', 'fetch the rows of an earlier --async query')
        .argParser(idArgument)
        .conflicts(['async', 'catalogue', 'param', 'mode', 'procedure', 'file', 'maxTimeInQueue']),
    )
    .addHelpText('after', EXAMPLES)
    .action((sql: string | undefined, options: QueryOptions) => runQuery(io, sql, options));
  addSqlCommandOptions(query, ['reader', 'nonQuery', 'scalar']);
  addIntegratorOptions(query);
}
