import { SqlError } from '../../../sql-error.ts';
import { sqlServerConstraint } from '../../../sql-server-constraint.ts';
import wordings from './errors.json' with { type: 'json' };

const wordingByNumber: Readonly<Record<string, string>> = wordings;

/** SQL Server's error of that number, its wording filled with the arguments in order. */
export function sqlServerError(number: number, ...args: readonly (string | number)[]): SqlError {
  const wording = wordingByNumber[String(number)] ?? '{0}';
  const message = wording.replaceAll(/\{(\d)\}/g, (_, index: string) =>
    String(args[Number(index)] ?? ''),
  );
  const constraint = sqlServerConstraint(number, message);
  return new SqlError('statement', 'mssql', number, message, { constraint });
}

/** What SQL Server can do and the demo practice cannot: refused by name, never answered differently. */
export function unsupported(construct: string): SqlError {
  return sqlServerError(40510, construct);
}

/** An error whose text the user wrote (RAISERROR, THROW). */
export function userError(number: number, message: string): SqlError {
  return new SqlError('statement', 'mssql', number, message);
}
