/** Why a command failed, as far as callers act on it. */
export type SqlErrorKind =
  /** The database answered with an error; number and text are its own. */
  | 'statement'
  /** It would have changed something in an execution that may only read; nothing was changed. */
  | 'readOnly'
  /** Stopped through the signal. */
  | 'cancelled'
  /** No connection could be had, or it broke. */
  | 'connection';

/** Which kind of rule of the schema a change would have broken. */
export type ConstraintKind = 'unique' | 'foreignKey' | 'check' | 'notNull';

/** What an error carries besides its text. */
export interface SqlErrorOptions extends ErrorOptions {
  readonly constraint?: ConstraintKind | undefined;
}

/**
 * The one error that drivers throw. `errorType` and `errorCode` are those of the contract (§7): `mssql` with
 * SQL Server's number, `fbsql` with Firebird's gdscode. The message is the database's own text.
 */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  readonly kind: SqlErrorKind;
  readonly errorType: 'mssql' | 'fbsql' | 'haloLink';
  readonly errorCode: number;
  /** Set when the database refused a change for a constraint or a unique index. */
  readonly constraint: ConstraintKind | undefined;

  constructor(
    kind: SqlErrorKind,
    errorType: SqlError['errorType'],
    errorCode: number,
    message: string,
    options?: SqlErrorOptions,
  ) {
    super(message, options);
    this.kind = kind;
    this.errorType = errorType;
    this.errorCode = errorCode;
    this.constraint = options?.constraint;
  }
}
