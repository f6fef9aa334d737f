import { sqlServerError, unsupported } from '../errors.ts';
import { computedDecimal, nvarchar } from '../types/sql-type.ts';
import type { Bound } from './bound.ts';
import type { StatementContext } from './statement-context.ts';

/** `@@ROWCOUNT` and its like. */
export function bindSystemVariable(context: StatementContext, name: string): Bound {
  const { session } = context;
  switch (name.toUpperCase()) {
    case '@@ROWCOUNT':
      return context.integer(session.rowCount);
    case '@@IDENTITY':
      return context.constant(session.identity, computedDecimal(38, 0));
    case '@@VERSION':
      return context.constant(session.version, nvarchar(300));
    case '@@SERVERNAME':
      return context.constant(session.serverName, nvarchar(128));
    case '@@SERVICENAME':
      return context.constant('MSSQLSERVER', nvarchar(128));
    case '@@TRANCOUNT':
      return context.integer(session.transactionDepth);
    case '@@ERROR':
      return context.integer(session.caught?.errorCode ?? 0);
    case '@@FETCH_STATUS':
      throw unsupported('cursors');
    case '@@SPID':
      return context.integer(51, { name: 'smallint' });
    case '@@LANGUAGE':
      return context.constant('us_english', nvarchar(128));
    case '@@DATEFIRST':
      return context.integer(7, { name: 'tinyint' });
    case '@@NESTLEVEL':
      return context.integer(0);
    case '@@MAX_PRECISION':
      return context.integer(38, { name: 'tinyint' });
    case '@@DBTS':
      throw unsupported('@@DBTS');
    case '@@TEXTSIZE':
      return context.integer(2147483647);
    case '@@LOCK_TIMEOUT':
      return context.integer(-1);
    default:
      throw sqlServerError(137, name);
  }
}
