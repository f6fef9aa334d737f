import type { OpenOptions } from './messages.ts';
import { openDatabase, setReadOnly } from './open-database.ts';
import { openPlainSession } from './plain/plain-session.ts';
import type { SqliteSession } from './session.ts';
import { SessionTransaction } from './session-transaction.ts';
import type { SqliteDatabase } from './tsql/database.ts';
import { toSqlError } from './tsql/run/sqlite-error.ts';
import { openTsqlSession } from './tsql/session.ts';

/** Opens the database in the dialect asked for. @throws SqlError */
export function openSession(options: OpenOptions): SqliteSession {
  const database = openDatabase(options);
  if (options.dialect === 'sqlite') return openPlainSession(database);
  const session = openTsqlSession(database as unknown as SqliteDatabase, {
    catalogue: options.catalogue.name,
    timeZone: options.timeZone,
  });
  const transaction = new SessionTransaction(database);
  return {
    setReadOnly: (isReadOnly) => setReadOnly(database, isReadOnly),
    *run(command) {
      transaction.requireAlive();
      yield* session.run(command, transaction.isOpen);
    },
    step(step) {
      try {
        transaction.take(step);
      } catch (error) {
        throw toSqlError(error);
      }
    },
    close: () => database.close(),
  };
}
