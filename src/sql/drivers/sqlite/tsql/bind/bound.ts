import type { SqlType } from '../types/sql-type.ts';
import type { Known } from './known.ts';

/** An expression translated to SQLite, with the T-SQL type that its value is held in. */
export interface Bound {
  readonly sql: string;
  readonly type: SqlType;
  /** A column or a parameter: cheap and safe to repeat in the SQL text. */
  readonly isSimple: boolean;
  /** No column, no subquery and nothing that changes from row to row takes part. */
  readonly isConstant: boolean;
  /** Literals, variables and what is made of them alone. */
  readonly known?: Known | undefined;
  /** A column as the user named it, for messages. */
  readonly columnName?: string | undefined;
  readonly isNullable?: boolean | undefined;
}

/** A computed expression; constant when all it is made of is. */
export function computed(sql: string, type: SqlType, ...parts: readonly Bound[]): Bound {
  return { sql, type, isSimple: false, isConstant: parts.every((part) => part.isConstant) };
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Raises the error of that number: `message` is SQL that gives its text. */
export function raiseSql(number: number, message: string): string {
  return `json_extract('{}','!${number}:'||${message})`;
}

/** Raises a finished error. */
export function raiseError(error: { errorCode: number; message: string }): string {
  return raiseSql(error.errorCode, quoteText(error.message));
}
