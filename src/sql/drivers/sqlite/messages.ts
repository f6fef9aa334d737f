import type { ResultEvent, SqlCommand } from '../../driver.ts';
import type { SqlError } from '../../sql-error.ts';

/** One database file and the name that statements know it by. */
export interface Catalogue {
  readonly name: string;
  readonly file: string;
}

/** What a connection opens. */
export interface OpenOptions {
  /** The catalogue that unqualified names mean. */
  readonly catalogue: Catalogue;
  /** Further catalogues, reachable by their names. */
  readonly attached: readonly Catalogue[];
  /** `tsql` runs SQL Server's dialect on the storage convention of the T-SQL engine, `sqlite` SQLite's own. */
  readonly dialect: 'tsql' | 'sqlite';
  /** IANA name of the practice's zone, for the clock of the T-SQL dialect; left out, the process's own. */
  readonly timeZone?: string;
}

/** The properties of an error that survive the way between the processes. */
export type WireError = Pick<
  SqlError,
  'kind' | 'errorType' | 'errorCode' | 'message' | 'constraint'
>;

/** What begins or ends the transaction that commands run in. */
export type TransactionStep = 'begin' | 'commit' | 'rollback';

/** What the driver tells the connection's process. `run` is the number of the execution. */
export type ToChild =
  | { readonly kind: 'open'; readonly options: OpenOptions }
  | {
      readonly kind: 'execute';
      readonly run: number;
      readonly command: SqlCommand;
      readonly isReadOnly: boolean;
    }
  | { readonly kind: 'transaction'; readonly run: number; readonly step: TransactionStep }
  /** The consumer has taken one `events` message. */
  | { readonly kind: 'more'; readonly run: number }
  /** The consumer wants no more of this execution. */
  | { readonly kind: 'stop'; readonly run: number };

/** What the connection's process answers. */
export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'openFailed'; readonly error: WireError }
  | { readonly kind: 'events'; readonly run: number; readonly events: readonly ResultEvent[] }
  | { readonly kind: 'failed'; readonly run: number; readonly error: WireError }
  | { readonly kind: 'stopped'; readonly run: number }
  /** The step of the transaction is done. */
  | { readonly kind: 'stepped'; readonly run: number };

/** `events` messages that may be under way before the consumer has taken the first of them. */
export const CREDIT_MESSAGES = 4;
