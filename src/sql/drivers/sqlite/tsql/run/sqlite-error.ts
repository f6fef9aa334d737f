import { SqlError } from '../../../../sql-error.ts';
import { sqlServerError } from '../errors.ts';

const RAISED = /^bad JSON path: '!(\d+):(.*)'$/s;

/** Any failure as the SqlError that SQL Server would give, as far as SQLite's text tells. */
export function toSqlError(error: unknown): SqlError {
  if (error instanceof SqlError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const [, number, text] = RAISED.exec(message) ?? [];
  if (number !== undefined) {
    return new SqlError('statement', 'mssql', Number(number), (text ?? '').replaceAll("''", "'"));
  }
  if (
    error instanceof RangeError ||
    /parser stack overflow|Expression tree is too large|too many terms in compound/.test(message)
  ) {
    return sqlServerError(191);
  }
  if (/^(at most \d+ tables in a join|too many |string or blob too big)/.test(message)) {
    return sqlServerError(8623);
  }
  if (message.includes('attempt to write a readonly database')) {
    const wording = sqlServerError(3906).message;
    return new SqlError('readOnly', 'mssql', 3906, wording, { cause: error });
  }
  if (message.includes('integer overflow')) return sqlServerError(8115, 'expression', 'int');
  if (/database is locked|database table is locked/.test(message)) {
    return new SqlError('statement', 'mssql', 1222, 'Lock request time out period exceeded.', {
      cause: error,
    });
  }
  return new SqlError(
    'statement',
    'mssql',
    40197,
    `The demo practice's database failed: ${message}`,
    {
      cause: error,
    },
  );
}
