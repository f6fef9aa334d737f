import type { Command, ResultParameter } from '../../protocol/command.ts';
import type { ErrorDetails } from '../../protocol/error-details.ts';
import type { JournalFile } from './journal-file.ts';

/** What the gateway registered. Times are milliseconds since 1970, by the link's clock. */
export interface RegisteredOrder {
  readonly queryId: string;
  readonly integratorId: string;
  readonly catalogue: string | undefined;
  readonly command: Command;
  /** The creation of the query: its first run is due then, the others at the grid from there. */
  readonly startAt: number;
  readonly frequencyMs: number;
  readonly durationMs: number;
  readonly executionLimitMs: number;
  readonly maxResultBytes: number;
}

/** How far the runs of a query have come. */
export interface RegisteredProgress {
  /** Place on the grid of the next run that is due, from 0. */
  readonly nextIndex: number;
  /** Place of a run that may write and has perhaps been sent to the database: it is not repeated. */
  readonly startedIndex?: number | undefined;
  readonly runNumber: number;
  readonly succeededCount: number;
  readonly failedCount: number;
  readonly resultSizeSum: number;
  readonly lastExecutionMs: number;
  readonly lastSucceededAt?: number | undefined;
  readonly lastFailedAt?: number | undefined;
  readonly lastError?: ErrorDetails | undefined;
  /** Of the last result that the gateway has. */
  readonly uploadedHash?: string | undefined;
}

/** A changed result that waits to be uploaded. */
export interface WaitingResult {
  readonly runNumber: number;
  readonly hash: string;
  readonly sha256: string;
  readonly size: number;
  readonly rows: number;
  readonly parameters?: readonly ResultParameter[];
  /** The rows as JSON text. */
  readonly body: string;
}

/** What is held in memory of a result that waits. */
export type WaitingSummary = Pick<WaitingResult, 'runNumber' | 'hash' | 'size'>;

/** What is held in memory of a query: everything but the command and the rows. */
export interface RegisteredSummary extends Omit<RegisteredOrder, 'command' | 'catalogue'> {
  readonly mayWrite: boolean;
  readonly progress: RegisteredProgress;
  readonly waiting: WaitingSummary | undefined;
}

interface SummaryRow {
  readonly query_id: string;
  readonly integrator_id: string;
  readonly start_at: number;
  readonly frequency_ms: number;
  readonly duration_ms: number;
  readonly execution_limit_ms: number;
  readonly max_result_bytes: number;
  readonly may_write: number;
  readonly progress: string;
  readonly waiting_run: number | null;
  readonly waiting_hash: string | null;
  readonly waiting_size: number | null;
}

interface OrderRow {
  readonly catalogue: string | null;
  readonly command: string;
}

interface ResultRow {
  readonly run_number: number;
  readonly hash: string;
  readonly sha256: string;
  readonly size: number;
  readonly row_count: number;
  readonly parameters: string | null;
  readonly body: string;
}

/** The registered queries of the site, as they survive a crash. Promises settle once the change is durable, or not made. */
export class RegisteredJournal {
  readonly #file: JournalFile;

  constructor(file: JournalFile) {
    this.#file = file;
  }

  /** Both rows are written in one commit. */
  async add(
    order: RegisteredOrder,
    mayWrite: boolean,
    progress: RegisteredProgress,
  ): Promise<void> {
    const { queryId } = order;
    const saved = this.saveProgress(queryId, progress);
    const added = this.#file.write(
      `INSERT OR REPLACE INTO registered_queries (query_id, integrator_id, catalogue, command, start_at,
         frequency_ms, duration_ms, execution_limit_ms, max_result_bytes, may_write)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        queryId,
        order.integratorId,
        // JSON escapes a NUL, which the column could not hold.
        order.catalogue === undefined ? null : JSON.stringify(order.catalogue),
        JSON.stringify(order.command),
        order.startAt,
        order.frequencyMs,
        order.durationMs,
        order.executionLimitMs,
        order.maxResultBytes,
        mayWrite ? 1 : 0,
      ],
    );
    await Promise.all([saved, added]);
  }

  summaries(): RegisteredSummary[] {
    return this.#file
      .all<SummaryRow>(
        `SELECT q.query_id, q.integrator_id, q.start_at, q.frequency_ms, q.duration_ms,
           q.execution_limit_ms, q.max_result_bytes, q.may_write, p.progress,
           r.run_number AS waiting_run, r.hash AS waiting_hash, r.size AS waiting_size
         FROM registered_queries q
         JOIN registered_progress p ON p.query_id = q.query_id
         LEFT JOIN registered_results r ON r.query_id = q.query_id
         ORDER BY q.query_id`,
      )
      .map((row) => ({
        queryId: row.query_id,
        integratorId: row.integrator_id,
        startAt: row.start_at,
        frequencyMs: row.frequency_ms,
        durationMs: row.duration_ms,
        executionLimitMs: row.execution_limit_ms,
        maxResultBytes: row.max_result_bytes,
        mayWrite: row.may_write === 1,
        progress: JSON.parse(row.progress) as RegisteredProgress,
        waiting:
          row.waiting_run === null || row.waiting_hash === null
            ? undefined
            : {
                runNumber: row.waiting_run,
                hash: row.waiting_hash,
                size: row.waiting_size ?? 0,
              },
      }));
  }

  /** @throws Error when the query is not kept */
  command(queryId: string): { readonly command: Command; readonly catalogue: string | undefined } {
    const [row] = this.#file.all<OrderRow>(
      'SELECT catalogue, command FROM registered_queries WHERE query_id = ?',
      [queryId],
    );
    if (!row) throw new Error('The journal does not have the query.');
    const { catalogue, command } = row;
    return {
      command: JSON.parse(command) as Command,
      catalogue: catalogue === null ? undefined : (JSON.parse(catalogue) as string),
    };
  }

  moveStart(queryId: string, startAt: number): Promise<void> {
    return this.#file.write('UPDATE registered_queries SET start_at = ? WHERE query_id = ?', [
      startAt,
      queryId,
    ]);
  }

  saveProgress(queryId: string, progress: RegisteredProgress): Promise<void> {
    return this.#file.write(
      'INSERT OR REPLACE INTO registered_progress (query_id, progress) VALUES (?, ?)',
      [queryId, JSON.stringify(progress)],
    );
  }

  /** Takes the place of an older result that still waits. */
  keepResult(queryId: string, result: WaitingResult): Promise<void> {
    return this.#file.write(
      `INSERT OR REPLACE INTO registered_results
         (query_id, run_number, hash, sha256, size, row_count, parameters, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        queryId,
        result.runNumber,
        result.hash,
        result.sha256,
        result.size,
        result.rows,
        result.parameters ? JSON.stringify(result.parameters) : null,
        result.body,
      ],
    );
  }

  result(queryId: string): WaitingResult | undefined {
    const [row] = this.#file.all<ResultRow>(
      `SELECT run_number, hash, sha256, size, row_count, parameters, body
       FROM registered_results WHERE query_id = ?`,
      [queryId],
    );
    return (
      row && {
        runNumber: row.run_number,
        hash: row.hash,
        sha256: row.sha256,
        size: row.size,
        rows: row.row_count,
        ...(row.parameters !== null && {
          parameters: JSON.parse(row.parameters) as readonly ResultParameter[],
        }),
        body: row.body,
      }
    );
  }

  /** A newer result stays. */
  eraseResult(queryId: string, runNumber: number): Promise<void> {
    return this.#file.write(
      'DELETE FROM registered_results WHERE query_id = ? AND run_number <= ?',
      [queryId, runNumber],
    );
  }

  async erase(queryId: string): Promise<void> {
    await Promise.all(
      ['registered_queries', 'registered_progress', 'registered_results'].map((table) =>
        this.#file.write(`DELETE FROM ${table} WHERE query_id = ?`, [queryId]),
      ),
    );
    this.#file.truncateOnceEmpty('registered_queries');
  }
}
