import type { OpenOptions } from './messages.ts';
import { openDatabase } from './open-database.ts';
import { openPlainSession } from './plain/plain-session.ts';
import type { SqliteSession } from './session.ts';

/** Opens the database in the dialect asked for. @throws SqlError */
export async function openSession(options: OpenOptions): Promise<SqliteSession> {
  const database = openDatabase(options);
  return openPlainSession(database);
}
