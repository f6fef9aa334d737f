/** What seeding needs of a database connection; the composition root hands in the real one. */
export interface PracticeDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): PracticeStatement;
  close(): unknown;
}

export interface PracticeStatement {
  run(...parameters: SqlValue[]): unknown;
  all(...parameters: SqlValue[]): unknown[];
}

export type SqlValue = string | number | bigint | Buffer | null;
