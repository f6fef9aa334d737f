import { SqlError } from '../../sql-error.ts';
import type { OpenOptions } from './messages.ts';
import { openDatabase } from './open-database.ts';
import { openPlainSession } from './plain/plain-session.ts';
import type { SqliteSession } from './session.ts';

/** Opens the database in the dialect asked for. @throws SqlError */
export async function openSession(options: OpenOptions): Promise<SqliteSession> {
  if (options.dialect === 'tsql') {
    const message = 'The T-SQL dialect is not available for SQLite files.';
    throw new SqlError('connection', 'haloLink', 1004, message);
  }
  return openPlainSession(openDatabase(options));
}
