import type { SqlError } from '../../../../sql-error.ts';
import type { Stored } from '../database.ts';
import { sqlServerError, unsupported, userError } from '../errors.ts';

/** printf as RAISERROR knows it. */
function formatted(message: string, values: readonly Stored[]): string {
  let next = 0;
  return message.replaceAll(
    /%(%|[-+0 #]*\d*(?:\.\d+)?(?:l|h|I64)?[diosuxX])/g,
    (whole, body: string) => {
      if (body === '%') return '%';
      if (!/^[disu]$/.test(body)) throw unsupported(`${whole} in RAISERROR`);
      const value = values[next];
      next += 1;
      return value === null || value === undefined ? '(null)' : String(value);
    },
  );
}

/** The error that RAISERROR raises; `undefined` for a mere message (severity 10 and below). */
export function raisedError(args: readonly Stored[]): SqlError | undefined {
  const [message, severity] = args;
  if (args.length < 3) throw sqlServerError(102, ')');
  if (Number(severity) <= 10) return undefined;
  if (typeof message === 'bigint') {
    throw sqlServerError(
      18054,
      `Error ${message}, severity ${Number(severity)}, state ${Number(args[2])} was raised, but no message with that error number was found in sys.messages. If error is larger than 50000, make sure the user-defined message is added using sp_addmessage.`,
    );
  }
  return userError(50000, formatted(String(message ?? ''), args.slice(3)));
}

/** `THROW number, message, state`. */
export function thrownError(args: readonly Stored[], caught: SqlError | undefined): SqlError {
  if (args.length === 0) {
    return (
      caught ??
      sqlServerError(
        10704,
        'To rethrow an error, a THROW statement must be used inside a CATCH block. Insert the THROW statement inside a CATCH block, or add error parameters to the THROW statement.',
      )
    );
  }
  const [number, message] = args;
  if (args.length !== 3) throw sqlServerError(102, 'THROW');
  if (Number(number) < 50000) {
    return sqlServerError(
      35100,
      `Error number ${Number(number)} in the THROW statement is outside the valid range. Specify an error number in the valid range of 50000 to 2147483647.`,
    );
  }
  return userError(Number(number), String(message ?? ''));
}
