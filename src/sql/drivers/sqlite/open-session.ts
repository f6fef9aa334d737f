import type { OpenOptions } from './messages.ts';
import { openDatabase, setReadOnly } from './open-database.ts';
import { openPlainSession } from './plain/plain-session.ts';
import type { SqliteSession } from './session.ts';
import type { SqliteDatabase } from './tsql/database.ts';
import { openTsqlSession } from './tsql/session.ts';

/** Opens the database in the dialect asked for. @throws SqlError */
export function openSession(options: OpenOptions): SqliteSession {
  const database = openDatabase(options);
  if (options.dialect === 'sqlite') return openPlainSession(database);
  const session = openTsqlSession(database as unknown as SqliteDatabase, {
    catalogue: options.catalogue.name,
    timeZone: options.timeZone,
  });
  return {
    setReadOnly: (isReadOnly) => setReadOnly(database, isReadOnly),
    run: (command) => session.run(command),
    close: () => database.close(),
  };
}
