import { failure, interrupted, TransientFailure, usageError } from '../failure.ts';
import { isSuccess, refusal } from '../gateway-client.ts';
import type { CliIo } from '../io.ts';
import { printJson, printNote } from '../output.ts';
import { formatBytes, ProgressLine } from '../progress-line.ts';
import { readAnswer } from '../read-answer.ts';
import { retryTransient } from '../retry-transient.ts';
import { createRowFormat, type RowFormatName } from '../row-format.ts';
import { CreatedQuery, PageParameters } from './async-answers.ts';
import { openSiteQueries, type SiteQueries } from './integrator-options.ts';
import { counted, printParameters, printSummary, queryFailure } from './query-answer.ts';
import type { QueryOptions } from './query-options.ts';
import { ResultDownload } from './result-download.ts';
import { openRowTarget, type RowTarget } from './row-target.ts';
import { readSqlCommand } from './sql-command.ts';

const TIMEOUT_MS = 60_000;

/** Rows of many pages are not held to measure columns for a table: they come one a line. */
function formatOf({ json, csv }: QueryOptions): RowFormatName {
  if (json) return 'json';
  return csv ? 'csv' : 'ndjson';
}

async function submit(io: CliIo, { client, path }: SiteQueries, body: object): Promise<string> {
  const answer = await client.send('POST', `${path}/async`, body);
  if (!isSuccess(answer)) throw queryFailure(answer);
  const { id } = readAnswer(CreatedQuery, answer.body);
  printNote(io, `Query ${id} is accepted.`);
  return id;
}

const quoted = (word: string) =>
  /^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** What to type to fetch the same rows later; a key given as an option has to be given again. */
function resumeCommand(queryId: string, options: QueryOptions): string {
  const words = ['parhelion', 'query', '--resume', queryId];
  for (const name of ['url', 'site', 'out'] as const) {
    const value = options[name];
    if (value !== undefined) words.push(`--${name}`, quoted(value));
  }
  if (options.json) words.push('--json');
  if (options.csv) words.push('--csv');
  return words.join(' ');
}

/** Runs what waits for a query that is accepted; whatever cuts it short, the user learns how to go on. */
async function orTellHowToResume<T>(
  io: CliIo,
  command: string,
  work: () => Promise<T>,
): Promise<T> {
  const hint = `Its rows can be fetched for 24 hours: ${command}`;
  try {
    return await work();
  } catch (error) {
    if (io.signal.aborted) {
      printNote(io, `The query goes on without you. ${hint}`);
      throw interrupted();
    }
    if (!(error instanceof TransientFailure)) throw error;
    throw failure(`${error.message} The query itself is not affected. ${hint}`);
  }
}

/** Output parameters stand on the last page, but not in the stream of its rows. */
async function fetchParameters(
  io: CliIo,
  { client, path }: SiteQueries,
  queryId: string,
  lastPage: number,
) {
  const answer = await retryTransient(io, async () => {
    const got = await client.send('GET', `${path}/${queryId}/results/${lastPage}`);
    // A statement without rows may have no page.
    if (!isSuccess(got) && got.status !== 404) throw refusal(got);
    return got;
  });
  if (answer.status === 404) return undefined;
  return readAnswer(PageParameters, answer.body).parameters;
}

interface Fetching {
  readonly io: CliIo;
  readonly queries: SiteQueries;
  readonly queryId: string;
  readonly options: QueryOptions;
  readonly target: RowTarget;
  readonly startedAt: number;
}

/** Fetches everything that a query yields and prints what is not rows. */
async function fetchResult({ io, queries, queryId, options, target, startedAt }: Fetching) {
  const name = formatOf(options);
  using progress = new ProgressLine(io);
  const format = createRowFormat(name);
  const write = (text: string) => {
    // Rows that go to the same terminal begin on a line of their own.
    if (options.out === undefined) progress.clear();
    return target.write(text);
  };
  const download = new ResultDownload({ io, queries, queryId, format, write, progress });
  const { result, metrics } = await download.run();
  const mayHaveParameters =
    options.resume !== undefined || options.param?.some(({ direction }) => direction !== 'input');
  const parameters = mayHaveParameters
    ? await fetchParameters(io, queries, queryId, Math.max(download.pages, 1))
    : undefined;
  progress.clear();
  const rowsAffected = result?.rowsAffected ?? 0;
  const isNonQuery = result?.rows === undefined;
  if (isNonQuery && options.json) printJson(io, { rowsAffected, parameters });
  else printParameters(io, parameters, name);
  const elapsedMs = performance.now() - startedAt;
  if (isNonQuery) {
    return printSummary(io, `${counted(rowsAffected, 'row')} affected`, elapsedMs, metrics);
  }
  await target.commit();
  const amount = `${formatBytes(download.bytes)}, ${counted(download.pages, 'page')}`;
  printSummary(io, `${counted(download.rows, 'row')} (${amount})`, elapsedMs, metrics);
}

/** Queues a query, or takes up an earlier one, and writes its rows page by page. */
export async function runAsyncQuery(
  io: CliIo,
  argument: string | undefined,
  options: QueryOptions,
): Promise<void> {
  const { resume, out, maxTimeInQueue } = options;
  if (resume !== undefined && argument !== undefined) {
    throw usageError('--resume takes up a query that has its SQL already.');
  }
  const command = resume === undefined ? await readSqlCommand(io, argument, options) : {};
  const queries = await openSiteQueries(io, options, TIMEOUT_MS);
  // Before anything runs: a file that cannot be written must not cost a query.
  await using target = await openRowTarget(io, out);
  const startedAt = performance.now();
  const queryId = resume ?? (await submit(io, queries, { ...command, maxTimeInQueue }));
  await orTellHowToResume(io, resumeCommand(queryId, options), () =>
    fetchResult({ io, queries, queryId, options, target, startedAt }),
  );
}
