import { GDSCode } from 'node-firebird/lib/gdscodes.js';
import { lookupMessages } from 'node-firebird/lib/utils.js';
import { type ConstraintKind, SqlError } from '../../sql-error.ts';

/** Codes that head every error of preparing a statement; the code that says more stands behind them. */
const DSQL_ERROR = 335_544_569;
const SQLCODE = 335_544_436;

/** The gdscode of an operation that was stopped by its caller. */
const CANCELLED_GDSCODE = 335_544_794;

/** What changes something in a read-only transaction. */
const READ_ONLY_TRANSACTION = 335_544_361;

/** Two transactions wait for each other, or have changed the same row: the text says which. */
const DEADLOCK = 335_544_336;

/** NULL in a column, or a value that the column's domain does not take. */
const NOT_VALID = 335_544_347;

const CONSTRAINTS: Readonly<Record<number, ConstraintKind>> = {
  // A duplicate in a unique index, and of a constraint.
  335_544_349: 'unique',
  335_544_665: 'unique',
  335_544_466: 'foreignKey',
  335_544_838: 'foreignKey',
  335_544_839: 'foreignKey',
  335_544_558: 'check',
};

interface LibraryError {
  readonly message?: unknown;
  readonly gdscode?: unknown;
}

const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');

/** Every message of Firebird as a pattern of how a text begins, the longer ones first. Built when it is first needed. */
let patterns: readonly { readonly code: number; readonly pattern: RegExp }[] | undefined;

function messagePatterns(): NonNullable<typeof patterns> {
  patterns ??= Object.values(GDSCode)
    .map((code) => ({ code, text: lookupMessages([{ gdscode: code }]) }))
    .filter(({ code, text }) => text.replace(/@\d/g, '').length > 6 && code !== SQLCODE)
    .toSorted((a, b) => b.text.length - a.text.length)
    .map(({ code, text }) => ({
      code,
      pattern: new RegExp(`^${escaped(text).replace(/@\d/g, '.*?')}(?:,|\\s*$)`, 'i'),
    }));
  return patterns;
}

/** The library keeps the first code alone, so the next one is found again by its text. */
function specificCode(message: string): number | undefined {
  const [, detail] = /^Dynamic SQL Error, (?:SQL error code = -?\d+, )?(.*)$/is.exec(message) ?? [];
  if (detail === undefined) return undefined;
  return messagePatterns().find(({ pattern }) => pattern.test(detail))?.code;
}

function constraintOf(code: number, text: string): ConstraintKind | undefined {
  if (code !== NOT_VALID) return CONSTRAINTS[code];
  return text.includes('*** null ***') ? 'notNull' : 'check';
}

/** Whether a change failed because another transaction has changed the row in the meantime. */
export function isUpdateConflict(error: unknown): boolean {
  if (!(error instanceof SqlError) || error.errorCode !== DEADLOCK) return false;
  return /update conflicts with concurrent update/i.test(error.message);
}

/**
 * An error of the library as the error of drivers. With a gdscode it is the database's own; without one the session
 * is lost.
 */
export function toSqlError(error: unknown, kind: 'statement' | 'connection'): SqlError {
  if (error instanceof SqlError) return error;
  const { message, gdscode } = (error ?? {}) as LibraryError;
  const text =
    typeof message === 'string' ? message.trim() : 'The connection to the database was lost.';
  if (typeof gdscode !== 'number') {
    return new SqlError('connection', 'haloLink', 1004, text, { cause: error });
  }
  if (gdscode === CANCELLED_GDSCODE) {
    return new SqlError('cancelled', 'fbsql', gdscode, text, { cause: error });
  }
  const isGeneric = gdscode === DSQL_ERROR || gdscode === SQLCODE;
  const code = (isGeneric ? specificCode(text) : undefined) ?? gdscode;
  // A definition that fails for it has a code of its own, and this one in its text.
  const isForbidden =
    code === READ_ONLY_TRANSACTION || /during read - only transaction/i.test(text);
  const constraint = constraintOf(code, text);
  return new SqlError(isForbidden ? 'readOnly' : kind, 'fbsql', code, text, {
    cause: error,
    constraint,
  });
}

/** What the driver itself refuses, before or after it asks the database. */
export function refused(message: string): SqlError {
  return new SqlError('statement', 'haloLink', 1000, message);
}

/** Stopped through the signal. */
export function cancelled(signal: AbortSignal): SqlError {
  return new SqlError('cancelled', 'haloLink', 1000, 'The statement was cancelled.', {
    cause: signal.reason,
  });
}

/** No connection could be made. */
export function unreachable(host: string, port: number, why: string, cause?: unknown): SqlError {
  const message = `The Firebird server at ${host}:${port} cannot be reached: ${why.replace(/\.$/, '')}.`;
  return new SqlError('connection', 'haloLink', 1004, message, { cause });
}
