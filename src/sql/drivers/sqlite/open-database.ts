import { existsSync } from 'node:fs';
import Database from 'libsql';
import { SqlError } from '../../sql-error.ts';
import { makeStatementsLeavable } from './leavable-statements.ts';
import type { Catalogue, OpenOptions } from './messages.ts';

/** How long a statement waits for another connection's write. */
const BUSY_TIMEOUT_MS = 10_000;

const UNREACHABLE = 1004;

/** A name as SQL writes it between double quotes. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function requireFile({ name, file }: Catalogue): void {
  if (existsSync(file)) return;
  const message = `The database file of the catalogue '${name}' does not exist.`;
  throw new SqlError('connection', 'haloLink', UNREACHABLE, message);
}

/** SQLite itself then refuses every change, of temporary tables too. */
export function setReadOnly(database: Database.Database, isReadOnly: boolean): void {
  database.exec(`PRAGMA query_only=${isReadOnly ? 'ON' : 'OFF'}`);
}

/** SQLite's words for a change that `query_only` forbids. */
export const READ_ONLY_MESSAGE = 'attempt to write a readonly database';

/** Opens a catalogue's file and attaches the others under their names. @throws SqlError when a file is unusable */
export function openDatabase({ catalogue, attached }: OpenOptions): Database.Database {
  requireFile(catalogue);
  attached.forEach(requireFile);
  try {
    const database = new Database(catalogue.file);
    makeStatementsLeavable(database);
    database.exec(`PRAGMA busy_timeout=${BUSY_TIMEOUT_MS}`);
    for (const { name, file } of attached) {
      database.exec(`ATTACH DATABASE '${file.replaceAll("'", "''")}' AS ${quoted(name)}`);
    }
    for (const schema of ['main', ...attached.map(({ name }) => name)]) {
      database.exec(`PRAGMA ${quoted(schema)}.journal_mode=WAL`);
    }
    database.exec('PRAGMA foreign_keys=ON');
    return database;
  } catch (error) {
    const message = `The database of the catalogue '${catalogue.name}' cannot be opened: ${(error as Error).message}`;
    throw new SqlError('connection', 'haloLink', UNREACHABLE, message, { cause: error });
  }
}
