import type { FhirStatement, FhirStep, StatementResult } from '../../fhir/course.ts';
import type { FhirFrame } from '../../protocol/fhir-frames.ts';
import type { Catalogue } from '../../protocol/frames.ts';
import type { Lease } from '../../sql/connection-pool.ts';
import type { Connection, Transaction } from '../../sql/driver.ts';
import { SqlError } from '../../sql/sql-error.ts';
import { acquireConnection, type ConnectionSource } from '../execution/acquire-connection.ts';
import { chooseCatalogue } from '../execution/choose-catalogue.ts';
import type { Query } from '../execution/query.ts';
import { onlyReadsAllowed, overLimit } from '../execution/query-failure.ts';
import { collectRows, RowBudget } from './collect-rows.ts';

/** Rows may weigh more than the answer that is made of them: codes are read that only words come from. */
const ROWS_TO_ANSWER = 2;

export interface CourseDatabaseOptions extends ConnectionSource {
  readonly catalogues: readonly Catalogue[];
  /** The practice's permission is in the query when this resolves. */
  readonly admitted: Promise<void>;
  readonly onStarted: () => void;
}

/** What has become of the changes of a course. A transaction that is `open` is undone unless it is committed. */
type Changes = 'none' | 'open' | 'committing' | 'committed';

/** Does the steps of one FHIR course at the practice's database. */
export class CourseDatabase implements AsyncDisposable {
  readonly #query: Query<FhirFrame>;
  readonly #options: CourseDatabaseOptions;
  readonly #budget: RowBudget;
  #limit: NodeJS.Timeout | undefined;
  #open: { readonly lease: Lease; readonly transaction: Transaction } | undefined;
  #changes: Changes = 'none';
  #rows = 0;
  #rowsAffected = 0;

  constructor(query: Query<FhirFrame>, options: CourseDatabaseOptions) {
    this.#query = query;
    this.#options = options;
    this.#budget = new RowBudget(ROWS_TO_ANSWER * query.frame.maxResultBytes);
  }

  get changes(): Changes {
    return this.#changes;
  }

  /** What was read and changed so far; nothing when the database was not needed. */
  get counts(): { readonly rows?: number; readonly rowsAffected?: number } {
    if (!this.#query.isStarted) return {};
    return {
      rows: this.#rows,
      ...(this.#changes !== 'none' && { rowsAffected: this.#rowsAffected }),
    };
  }

  /** @throws SqlError of the database; QueryFailure when the request may not, or cannot, go on */
  async perform(step: FhirStep): Promise<readonly StatementResult[]> {
    switch (step.kind) {
      case 'read':
        return await this.#read(step.statements);
      case 'begin':
        await this.#begin(step.catalogue);
        return [];
      case 'write':
        return [await this.#write(step.statement)];
      case 'commit':
        await this.#commit();
        return [];
      case 'rollback':
        await this.#rollback();
        return [];
    }
  }

  /** The course is over: what was not committed is undone, and everything is given back. */
  async close(): Promise<void> {
    clearTimeout(this.#limit);
    await this.#rollback();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** One connection at a time: a course that held one and waited for another could stop all of them. */
  async #read(statements: readonly FhirStatement[]): Promise<StatementResult[]> {
    if (this.#open && statements.length > 0) {
      throw new Error('Reads of a transaction are steps of the kind `write`.');
    }
    const results: StatementResult[] = [];
    let lease: Lease | undefined;
    let held: string | undefined;
    try {
      for (const statement of statements) {
        const catalogue = chooseCatalogue(statement.catalogue, this.#options.catalogues);
        if (!lease || catalogue !== held) {
          await lease?.[Symbol.asyncDispose]();
          lease = undefined;
          lease = await this.#acquire(catalogue);
          held = catalogue;
        }
        this.#confirm();
        this.#started('reading');
        results.push(await this.#execute(lease.connection, statement, true));
      }
    } finally {
      await lease?.[Symbol.asyncDispose]();
    }
    return results;
  }

  async #begin(asked: string | undefined): Promise<void> {
    if (this.#open) throw new Error('A transaction is open already.');
    const catalogue = chooseCatalogue(asked, this.#options.catalogues);
    const lease = await this.#acquire(catalogue);
    try {
      if (this.#confirm().isReadOnly) throw onlyReadsAllowed();
      this.#started('inTransaction');
      const { signal } = this.#query;
      this.#open = { lease, transaction: await lease.connection.begin({ signal }) };
      this.#changes = 'open';
    } finally {
      if (!this.#open) await lease[Symbol.asyncDispose]();
    }
  }

  async #write(statement: FhirStatement): Promise<StatementResult> {
    if (!this.#open) throw new Error('A write needs a transaction.');
    const result = await this.#execute(this.#open.lease.connection, statement, false);
    this.#rowsAffected += result.rowsAffected;
    return result;
  }

  /** From here on nothing can be taken back: it is not stopped, and what it says counts. */
  async #commit(): Promise<void> {
    if (!this.#open) throw new Error('There is no transaction to commit.');
    this.#query.signal.throwIfAborted();
    this.#query.begin('writing');
    const { lease, transaction } = this.#open;
    this.#changes = 'committing';
    try {
      await transaction.commit();
      this.#changes = 'committed';
      this.#query.end();
    } catch (error) {
      if (!isOutcomeUnknown(error)) this.#undone();
      throw error;
    } finally {
      this.#open = undefined;
      await lease[Symbol.asyncDispose]();
    }
  }

  async #rollback(): Promise<void> {
    const open = this.#open;
    if (!open) return;
    this.#open = undefined;
    this.#undone();
    try {
      await open.transaction.rollback();
    } finally {
      await open.lease[Symbol.asyncDispose]();
    }
  }

  /** Nothing stands of what was done: the request is one that reads, as far as it is concerned. */
  #undone(): void {
    this.#changes = 'none';
    this.#rowsAffected = 0;
    this.#query.begin('reading');
  }

  /** The wait for the first connection is the queue; later ones count as execution. */
  async #acquire(catalogue: string): Promise<Lease> {
    const { pool, loginOf, admitted } = this.#options;
    const { signal, frame, isStarted } = this.#query;
    signal.throwIfAborted();
    if (!isStarted) {
      const lease = await acquireConnection(this.#query, catalogue, this.#options).catch(
        async (error: unknown) => {
          await admitted;
          throw error;
        },
      );
      try {
        // The entry is written while the request waits for its connection.
        await admitted;
        signal.throwIfAborted();
        return lease;
      } catch (error) {
        await lease[Symbol.asyncDispose]();
        throw error;
      }
    }
    const login = loginOf(frame.integratorId);
    const wanted = { lane: 'immediate', catalogue, ...(login !== undefined && { login }) } as const;
    return await pool.acquire({ ...wanted, signal });
  }

  #confirm(): { readonly isReadOnly: boolean } {
    return this.#query.permit?.confirm() ?? { isReadOnly: true };
  }

  #started(progress: 'reading' | 'inTransaction'): void {
    const query = this.#query;
    if (!query.isStarted) {
      const { executionLimitMs } = query.frame;
      this.#limit = setTimeout(() => query.stop(overLimit(executionLimitMs)), executionLimitMs);
      this.#options.onStarted();
    }
    // What was committed stays the last word on what can be stopped.
    if (this.#changes !== 'committed') query.begin(progress);
  }

  async #execute(
    connection: Connection,
    { text, type = 'text', parameters }: FhirStatement,
    isReadOnly: boolean,
  ): Promise<StatementResult> {
    const { signal } = this.#query;
    signal.throwIfAborted();
    const events = connection.execute({ text, type, parameters }, { signal, isReadOnly });
    const result = await collectRows(events, this.#budget);
    this.#rows += result.rows.length;
    return result;
  }
}

/** Only the loss of the commit's own answer leaves open whether it stands. */
function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof SqlError && error.kind === 'connection';
}
