import { type Command, InvalidArgumentError, Option } from 'commander';
import { failure, usageError } from '../failure.ts';
import { createGatewayClient, isSuccess } from '../gateway-client.ts';
import type { CliIo } from '../io.ts';
import { readAnswer } from '../read-answer.ts';
import { findQuerySettings } from '../settings.ts';
import { type Format, printQueryAnswer, QueryAnswer, queryFailure } from './query-answer.ts';
import { addQueryParameter, type QueryParameter } from './query-parameter.ts';

interface QueryOptions {
  readonly url?: string;
  readonly key?: string;
  readonly site?: string;
  readonly catalogue?: string;
  readonly param?: readonly QueryParameter[];
  readonly mode: string;
  readonly procedure?: true;
  readonly maxTimeInQueue?: number;
  readonly json?: true;
  readonly csv?: true;
  readonly file?: string;
}

const DEFAULT_QUEUE_MS = 30_000;
const MAX_QUEUE_MS = 60_000;
/** The gateway's own limit of an execution, and room for a large answer on a slow line. */
const EXECUTION_MS = 60_000;
const TRANSFER_MS = 30_000;

function queueTime(text: string): number {
  const ms = Number(text);
  if (!/^\d+$/.test(text) || ms > MAX_QUEUE_MS) {
    throw new InvalidArgumentError(`Give milliseconds from 0 to ${MAX_QUEUE_MS}.`);
  }
  return ms;
}

async function readSqlFile(io: CliIo, path: string): Promise<string> {
  try {
    return await io.readFile(path);
  } catch {
    throw failure(`The file ${path} cannot be read.`);
  }
}

async function findSql(io: CliIo, sql: string | undefined, file?: string): Promise<string> {
  if (sql !== undefined && file !== undefined) {
    throw usageError('Give the SQL either as an argument or with --file, not both.');
  }
  if (sql === undefined && file === undefined) {
    throw usageError('Give the SQL as an argument, with --file, or - to read standard input.');
  }
  const source = file ?? sql ?? '-';
  if (source === '-') return stripBom(await io.readStdin());
  return file === undefined ? source : stripBom(await readSqlFile(io, file));
}

const stripBom = (text: string) => text.replace(/^\ufeff/, '');

function formatOf({ json, csv }: QueryOptions): Format {
  if (json) return 'json';
  return csv ? 'csv' : 'table';
}

function requestBody(sql: string, options: QueryOptions): unknown {
  return {
    maxTimeInQueue: options.maxTimeInQueue,
    catalogue: options.catalogue,
    command: {
      text: sql,
      executionMode: options.mode,
      type: options.procedure ? 'storedProcedure' : 'text',
      parameters: options.param ?? [],
    },
  };
}

async function runQuery(io: CliIo, argument: string | undefined, options: QueryOptions) {
  const sql = await findSql(io, argument, options.file);
  const { baseUrl, key, siteId } = await findQuerySettings(io, options);
  const client = createGatewayClient({
    baseUrl,
    headers: { 'ocp-apim-subscription-key': key },
    timeoutMs: (options.maxTimeInQueue ?? DEFAULT_QUEUE_MS) + EXECUTION_MS + TRANSFER_MS,
    signal: io.signal,
  });
  const path = `/integrator/sites/${encodeURIComponent(siteId)}/queries/immediate`;
  const startedAt = performance.now();
  const answer = await client.send('POST', path, requestBody(sql, options));
  const elapsedMs = performance.now() - startedAt;
  if (!isSuccess(answer)) throw queryFailure(answer);
  printQueryAnswer(io, readAnswer(QueryAnswer, answer.body), formatOf(options), elapsedMs);
}

const EXAMPLES = `
Examples:
  parhelion query "SELECT TOP 3 * FROM PATIENTS"
  parhelion query "SELECT * FROM PATIENTS WHERE INTERNALID = @id" --param @id:Int=66
  parhelion query BP_GetPatient --procedure --param @id:Int=66 --param @count:Int:output
  parhelion query --file report.sql --csv > report.csv
`;

export function addQueryCommand(program: Command, io: CliIo): void {
  program
    .command('query')
    .description('Run SQL at a site and print the result.')
    .argument('[sql]', 'the SQL text or procedure name; - reads standard input')
    .option('--url <url>', 'address of the gateway (PARHELION_URL)')
    .option('--key <key>', 'subscription key (PARHELION_KEY)')
    .option('--site <id>', 'id of the site (PARHELION_SITE)')
    .option('--catalogue <name>', "one of the site's databases instead of its default one")
    .option('--param <@name:Type=value>', 'a parameter, repeatable', addQueryParameter)
    .addOption(
      new Option('--mode <mode>', 'what to return')
        .choices(['reader', 'nonQuery', 'scalar'])
        .default('reader'),
    )
    .option('--procedure', 'the text is the name of a stored procedure')
    .option('--max-time-in-queue <ms>', 'longest wait for the site to start it', queueTime)
    .addOption(new Option('--json', 'print the rows as JSON, byte for byte').conflicts('csv'))
    .addOption(new Option('--csv', 'print the rows as CSV').conflicts('json'))
    .option('--file <path>', 'read the SQL from a file; - reads standard input')
    .addHelpText('after', EXAMPLES)
    .action((sql: string | undefined, options: QueryOptions) => runQuery(io, sql, options));
}
