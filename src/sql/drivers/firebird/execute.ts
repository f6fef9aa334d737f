import Const from 'node-firebird/lib/wire/const.js';
import type PreparedStatement from 'node-firebird/lib/wire/statement.js';
import type Transaction from 'node-firebird/lib/wire/transaction.js';
import type { SQLVarBase } from 'node-firebird/lib/wire/xsqlvar.js';
import type { Value } from '../../../protocol/values.ts';
import type { Column } from '../../columns.ts';
import type { OutputParameter, ResultEvent, SqlCommand, SqlParameter } from '../../driver.ts';
import type { Attachment } from './attachment.ts';
import { fillBlobs } from './blobs.ts';
import { cancelled, isUpdateConflict, refused } from './errors.ts';
import { bindParameters, blobReference, parametersOf, type WireParameter } from './parameters.ts';
import { callOf } from './procedures.ts';
import { splitStatements } from './statements.ts';
import { type ReadableColumns, readColumnsExactly } from './values.ts';

/** About how many bytes of rows one request asks for: an answer that comes in many pieces is read anew with each. */
const FETCH_BYTES = 64 * 1024;
const MAX_FETCH_ROWS = 1_000;

/** How long a statement inside a transaction waits for a row that another transaction is changing. */
export const LOCK_TIMEOUT_S = 10;

const SAMPLE_ROWS = 20;

/** The library reads names as UTF-8, whatever the connection's character set. */
const UNREADABLE_NAME =
  'The name of a column has a letter that cannot be read with the charset WIN1252. Give it another name with AS.';

const TRANSACTION_CONTROL = new Set<number>([
  Const.isc_info_sql_stmt_start_trans,
  Const.isc_info_sql_stmt_commit,
  Const.isc_info_sql_stmt_rollback,
]);

/** What gives a row of NULLs with RETURNING when it has found no row to change. */
const CHANGE = /^(?:INSERT|UPDATE|DELETE|MERGE)\b/i;

const CHANGES_ROWS = new Set<number>([
  Const.isc_info_sql_stmt_insert,
  Const.isc_info_sql_stmt_update,
  Const.isc_info_sql_stmt_delete,
  Const.isc_info_sql_stmt_exec_procedure,
]);

/** What stands between one execution and its end. */
export interface Execution {
  readonly attachment: Attachment;
  readonly signal: AbortSignal;
  readonly isReadOnly: boolean;
  /** The transaction that the command runs in; left out, it has one of its own. */
  readonly transaction?: Transaction | undefined;
  /** Set while the transaction is being committed, which is not interrupted. */
  isCommitting: boolean;
}

/** The row of a statement that has no cursor but columns. */
interface Singleton {
  readonly columns: readonly Column[];
  readonly values: readonly Value[];
}

/** What the statements of a command have done so far. */
interface Outcome {
  rowsAffected: number;
  /** The last one. */
  singleton: Singleton | undefined;
}

interface Step {
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled(signal);
}

function bytesOf(row: readonly unknown[]): number {
  let bytes = 8 * row.length;
  for (const value of row) if (typeof value === 'string') bytes += value.length;
  return bytes;
}

function firstFetchRows(output: readonly SQLVarBase[]): number {
  const declared = output.reduce((bytes, { length }) => bytes + length, 8);
  return Math.min(Math.max(Math.floor(FETCH_BYTES / declared), 16), MAX_FETCH_ROWS);
}

function nextFetchRows(rows: readonly (readonly unknown[])[], asked: number): number {
  const sample = rows.slice(0, SAMPLE_ROWS);
  if (sample.length === 0) return asked;
  const average = sample.reduce((bytes, row) => bytes + bytesOf(row), 0) / sample.length;
  return Math.min(Math.max(Math.floor(FETCH_BYTES / average), 1), MAX_FETCH_ROWS);
}

function requireReadable({ state }: ReadableColumns, { attachment }: Execution): void {
  if (state.unreadable === undefined) return;
  throw refused(
    `The column ${state.unreadable} holds bytes that are no ${attachment.charset} text. Set the connection's charset to what the practice's software writes.`,
  );
}

/** Rows of a cursor, one request ahead of the consumer. */
async function* cursorRows(
  execution: Execution,
  transaction: Transaction,
  statement: PreparedStatement,
  columns: ReadableColumns,
): AsyncGenerator<ResultEvent, void, void> {
  const { attachment, signal } = execution;
  const hasBlobs = columns.blobReaders.some((reader) => reader !== undefined);
  let asked = firstFetchRows(statement.output);
  let next = attachment.fetch(transaction, statement, asked);
  for (;;) {
    const { rows, isLast } = await next;
    throwIfAborted(signal);
    requireReadable(columns, execution);
    if (!isLast) {
      asked = nextFetchRows(rows, asked);
      next = attachment.fetch(transaction, statement, asked);
      // Whoever leaves before the next batch hears no more of it.
      next.catch(() => {});
    }
    if (hasBlobs) {
      for await (const filled of fillBlobs(attachment, transaction, rows, columns)) {
        throwIfAborted(signal);
        yield { kind: 'rows', rows: filled };
      }
    } else if (rows.length > 0) {
      yield { kind: 'rows', rows: rows as Value[][] };
    }
    if (isLast) return;
    throwIfAborted(signal);
  }
}

async function sentParameters(
  { attachment }: Execution,
  transaction: Transaction,
  statement: PreparedStatement,
  parameters: readonly SqlParameter[],
): Promise<WireParameter[]> {
  const sent: WireParameter[] = [];
  for (const bound of bindParameters(parameters, statement.input, attachment.charset)) {
    if ('blob' in bound) {
      const id = await attachment.writeBlob(transaction, bound.blob);
      sent.push(blobReference(id, bound));
    } else {
      sent.push(bound);
    }
  }
  return sent;
}

/**
 * Runs a statement. In a transaction of the caller's own, a change that has waited for a row and found it changed is
 * made again: Firebird undoes the statement and says so, where others look at the row anew.
 */
async function executeOnce(
  execution: Execution,
  transaction: Transaction,
  statement: PreparedStatement,
  { text, parameters }: Step,
): Promise<unknown[] | undefined> {
  const { attachment, signal } = execution;
  const isRepeatable = execution.transaction !== undefined && CHANGE.test(text);
  const giveUpAtMs = performance.now() + LOCK_TIMEOUT_S * 1_000;
  for (;;) {
    const sent = await sentParameters(execution, transaction, statement, parameters);
    throwIfAborted(signal);
    try {
      return await attachment.execute(transaction, statement, sent);
    } catch (error) {
      const isOver = !isRepeatable || signal.aborted || performance.now() >= giveUpAtMs;
      if (isOver || !isUpdateConflict(error)) throw error;
    }
  }
}

async function* runPrepared(
  execution: Execution,
  transaction: Transaction,
  statement: PreparedStatement,
  { text, parameters }: Step,
  outcome: Outcome,
): AsyncGenerator<ResultEvent, void, void> {
  const { attachment, signal } = execution;
  const { type, output } = statement;
  const readable = readColumnsExactly(output, attachment.charset);
  const columns = output.map(({ alias = '' }, index): Column => {
    if (alias.includes('\ufffd')) throw refused(UNREADABLE_NAME);
    return { name: alias, type: readable.types[index] ?? 'variant' };
  });
  const row = await executeOnce(execution, transaction, statement, { text, parameters });
  throwIfAborted(signal);
  const changed = CHANGES_ROWS.has(type) ? await attachment.changedRows(statement) : 0;
  outcome.rowsAffected += changed;
  if (columns.length > 0) yield { kind: 'columns', columns };
  const isCursor =
    type === Const.isc_info_sql_stmt_select || type === Const.isc_info_sql_stmt_select_for_upd;
  if (isCursor) yield* cursorRows(execution, transaction, statement, readable);
  if (!row || (changed === 0 && CHANGE.test(text))) return;
  requireReadable(readable, execution);
  for await (const rows of fillBlobs(attachment, transaction, [row], readable)) {
    outcome.singleton = { columns, values: rows[0] ?? [] };
    yield { kind: 'rows', rows };
  }
}

async function* runStep(
  execution: Execution,
  transaction: Transaction,
  step: Step,
  outcome: Outcome,
): AsyncGenerator<ResultEvent, void, void> {
  const { attachment, signal } = execution;
  throwIfAborted(signal);
  const statement = await attachment.prepare(transaction, step.text);
  try {
    throwIfAborted(signal);
    if (TRANSACTION_CONTROL.has(statement.type)) {
      throw refused('A command runs in one transaction: it cannot begin or end others.');
    }
    yield* runPrepared(execution, transaction, statement, step, outcome);
  } finally {
    attachment.drop(statement);
  }
}

const nameKey = (name: string): string => name.replace(/^@/, '').toLowerCase();

function outputParameters(
  parameters: readonly SqlParameter[],
  singleton: Singleton | undefined,
): OutputParameter[] {
  return parameters
    .filter(({ direction }) => direction !== 'input')
    .map(({ name }) => {
      const index =
        singleton?.columns.findIndex((column) => nameKey(column.name) === nameKey(name)) ?? -1;
      if (!singleton || index < 0) {
        throw refused(`The database gave no output named ${name}.`);
      }
      return {
        name,
        type: singleton.columns[index]?.type ?? 'variant',
        value: singleton.values[index] ?? null,
      };
    });
}

async function stepsOf(
  { attachment }: Execution,
  transaction: Transaction,
  command: SqlCommand,
): Promise<Step[]> {
  if (command.type === 'storedProcedure') return [await callOf(attachment, transaction, command)];
  return splitStatements(command.text).map((statement) => ({
    text: statement.text,
    parameters: parametersOf(statement, command.parameters),
  }));
}

/** Runs the statements of a command one after the other; the end of the iteration is the outputs. */
async function* runSteps(
  execution: Execution,
  transaction: Transaction,
  command: SqlCommand,
): AsyncGenerator<ResultEvent, ResultEvent, void> {
  const outcome: Outcome = { rowsAffected: 0, singleton: undefined };
  for (const step of await stepsOf(execution, transaction, command)) {
    yield* runStep(execution, transaction, step, outcome);
  }
  const outputs = outputParameters(command.parameters, outcome.singleton);
  throwIfAborted(execution.signal);
  return { kind: 'done', rowsAffected: outcome.rowsAffected, outputParameters: outputs };
}

/**
 * Runs a command: its statements one after the other. Without a transaction around it, it has one of its own: all of
 * the statements or none, and a consumer that leaves early rolls it back.
 */
export async function* execute(
  execution: Execution,
  command: SqlCommand,
): AsyncGenerator<ResultEvent, void, void> {
  const { attachment } = execution;
  for (const { name, direction } of command.parameters) {
    if (direction === 'returnValue') {
      throw refused(`The parameter '${name}' is a return value, and Firebird has none.`);
    }
    if (direction === 'inputOutput') {
      throw refused(`The parameter '${name}' is inputOutput, which Firebird does not have.`);
    }
  }
  if (execution.transaction) {
    try {
      yield yield* runSteps(execution, execution.transaction, command);
    } finally {
      await attachment.quieten();
    }
    return;
  }
  const transaction = await attachment.startTransaction(execution.isReadOnly);
  let isCommitted = false;
  try {
    const done = yield* runSteps(execution, transaction, command);
    execution.isCommitting = true;
    await attachment.commit(transaction);
    isCommitted = true;
    yield done;
  } finally {
    if (!isCommitted) await attachment.abandon(transaction);
  }
}
