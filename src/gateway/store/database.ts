/** What a column holds in either engine. Times are epoch milliseconds, truth is 0 or 1, JSON is text. */
export type SqlValue = string | number | null;

/** The target of {@link Session.insertMany}. */
export interface Insert {
  readonly table: string;
  readonly columns: readonly string[];
  /** `ON CONFLICT … DO …`; one batch must not hold a conflicting key twice. */
  readonly onConflict?: string;
}

/**
 * Runs statements of the portable subset: `?` placeholders, `ON CONFLICT`, `RETURNING`, and
 * `FOR UPDATE SKIP LOCKED`, which SQLite, having one writer, does without.
 */
export interface Session {
  /** The rows of a SELECT or of a `RETURNING` clause. */
  all<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  /** Runs a statement that returns no rows; resolves to the number of rows changed, once durable. */
  run(sql: string, params?: readonly SqlValue[]): Promise<number>;
  /** Inserts all rows, or none. */
  insertMany(insert: Insert, rows: readonly (readonly SqlValue[])[]): Promise<void>;
}

/** Writes what belongs to a change in the transaction of the change: both are kept, or neither. */
export type Alongside<Made = void> = (session: Session, made: Made) => Promise<void>;

/** One step of the schema, in SQL that both engines take. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly statements: readonly string[];
}

export interface Database extends Session, AsyncDisposable {
  /**
   * Commits when the function resolves and rolls back when it rejects. Inside it, use the session it is given only:
   * on SQLite a statement through the database itself would wait for the transaction to end.
   */
  transaction<T>(fn: (session: Session) => Promise<T>): Promise<T>;
  /**
   * Gives back the space of what was erased beside the tables too. SQLite's log would otherwise show it until enough
   * has been written over it; on PostgreSQL the log is the affair of whoever runs the server.
   */
  eraseTraces(): Promise<void>;
  /** Brings the schema up to date; safe when several gateways start at once. */
  migrate(migrations?: readonly Migration[]): Promise<void>;
}
