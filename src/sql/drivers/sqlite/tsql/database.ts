/** A value as SQLite stores it: whole numbers are `bigint`, floating ones `number`. */
export type Stored = null | bigint | number | string | Uint8Array;

/** The part of libsql's statement that the engine uses. */
export interface SqliteStatement {
  raw(toggle: boolean): SqliteStatement;
  safeIntegers(toggle: boolean): SqliteStatement;
  /** Arguments go as one array: a lone null or blob would be taken for named ones. */
  iterate(args: readonly Stored[]): Iterator<unknown>;
  all(args: readonly Stored[]): unknown[];
  run(args: readonly Stored[]): { readonly changes: number | bigint };
  interrupt(): void;
}

/** The part of libsql's `Database` that the engine uses. */
export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement;
  exec(sql: string): unknown;
}
