import type { Value } from '../protocol/values.ts';
import type { Column } from './columns.ts';

export type { Value };

/** A command with its parameter values already read by the grammar of `protocol/parameter-types`. */
export interface SqlCommand {
  readonly text: string;
  readonly type: 'text' | 'storedProcedure';
  readonly parameters: readonly SqlParameter[];
}

/** One parameter of a command. `name` carries the `@`; `typeName` is the contract's (`BigInt`, `NVarChar` …). */
export interface SqlParameter {
  readonly name: string;
  readonly direction: 'input' | 'output' | 'inputOutput' | 'returnValue';
  readonly typeName: string;
  readonly value: Value;
  /** Length in characters or bytes; left out, the value decides. */
  readonly size?: number;
}

/** The value of an output, inputOutput or returnValue parameter after the command. */
export interface OutputParameter {
  readonly name: string;
  readonly type: Column['type'];
  readonly value: Value;
}

/**
 * What an execution yields, in order: for every result set `columns` and then any number of `rows`; at the very end
 * one `done`. The consumer's pulling is the back-pressure: a driver reads ahead by a bounded number of batches only.
 */
export type ResultEvent =
  | { readonly kind: 'columns'; readonly columns: readonly Column[] }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly Value[])[] }
  | {
      readonly kind: 'done';
      /**
       * Rows changed by all statements of the command; 0 when none changes rows. SQL Server counts what triggers
       * change too, unless they say SET NOCOUNT ON.
       */
      readonly rowsAffected: number;
      readonly outputParameters: readonly OutputParameter[];
    };

export interface ExecuteOptions {
  /** Aborting stops the statement in the database itself; the iterable then throws `SqlError` code `cancelled`. */
  readonly signal: AbortSignal;
  /**
   * Nothing may be changed: a command that would throws `SqlError` `readOnly`, by the session itself where the engine
   * has such sessions, before it is sent where it has none. Default false.
   */
  readonly isReadOnly?: boolean;
}

/** How a transaction is begun. */
export interface BeginOptions {
  /** Ends the wait for the beginning, and with it the session; it has no say over the transaction afterwards. */
  readonly signal: AbortSignal;
}

/**
 * Commands that stand or fall together. Between {@link Connection.begin} and its end all commands of the connection
 * run inside it and see what the earlier ones did; others see nothing of it before the commit. A row that another
 * transaction is changing is waited for, and seen as that one has left it.
 *
 * A command that fails with kind `statement` or `readOnly` leaves the transaction open. One that is cancelled, left
 * before its end or loses the connection may end the session, and then nothing of the transaction stands. Disposal
 * rolls back what was not committed.
 */
export interface Transaction extends AsyncDisposable {
  /**
   * Makes all of it durable.
   *
   * @throws SqlError `connection` when the answer was lost: whether it stands is unknown. With any other kind nothing
   *   of it stands. The connection is not usable afterwards
   */
  commit(): Promise<void>;
  /** Undoes all of it. Does nothing once the transaction is over; never throws for the database's sake. */
  rollback(): Promise<void>;
}

/** One session with the database. It runs one command at a time, and has one transaction at a time. */
export interface Connection extends AsyncDisposable {
  /** False once the session is dead (cancelled by force, socket lost): the pool then replaces it. */
  readonly isUsable: boolean;
  /** Whether a transaction was begun and not ended: the pool does not take such a connection back. */
  readonly isInTransaction: boolean;
  /** Begins a transaction that may write. @throws SqlError as executions do, also when a lock does not come free */
  begin(options: BeginOptions): Promise<Transaction>;
  execute(command: SqlCommand, options: ExecuteOptions): AsyncIterable<ResultEvent>;
}

export interface ConnectOptions {
  /** Which of the configured logins to use; left out, the default one. An engine without logins ignores it. */
  readonly login?: string;
  /** Database to use by default; left out, the engine's configured one. */
  readonly catalogue?: string;
  readonly signal: AbortSignal;
}

/** All engines, by the name that stands as `driver` in configurations. */
export const ENGINE_NAMES = ['sqlite', 'mssql', 'firebird'] as const;

/** One of {@link ENGINE_NAMES}. */
export type EngineName = (typeof ENGINE_NAMES)[number];

/** A database engine: opens connections, and names its catalogues. Errors are {@link SqlError}s. */
export interface Driver {
  readonly engine: EngineName;
  connect(options: ConnectOptions): Promise<Connection>;
}
