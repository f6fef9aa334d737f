import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Libsql from 'libsql';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { applyMigrations } from './apply-migrations.ts';
import type { Database, Insert, Migration, Session, SqlValue } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { cacheByText, checkValues, sqliteText } from './statement-text.ts';
import { storeFailure } from './store-failure.ts';
import { WriterLock } from './writer-lock.ts';

interface Prepared {
  readonly statement: Libsql.Statement;
  readonly placeholders: number;
  readonly returnsRows: boolean;
}

/** One connection with its prepared statements. Everything here is synchronous. */
class SqliteConnection {
  readonly #libsql: Libsql.Database;
  readonly #prepare: (sql: string) => Prepared;

  constructor(path: string) {
    this.#libsql = new Libsql(path);
    this.#prepare = cacheByText((source) => {
      const { sql, placeholders } = sqliteText(source);
      const statement = this.#libsql.prepare(sql);
      return { statement, placeholders, returnsRows: statement.reader };
    });
    this.#libsql.exec('PRAGMA busy_timeout = 5000');
    this.#libsql.pragma('journal_mode = WAL');
    this.#libsql.exec('PRAGMA synchronous = FULL');
    this.#libsql.exec('PRAGMA foreign_keys = ON');
    // What is erased leaves no trace in the file's free space.
    this.#libsql.exec('PRAGMA secure_delete = ON');
    // From here on whoever finds the file locked waits without blocking the thread.
    this.#libsql.exec('PRAGMA busy_timeout = 0');
  }

  begin(): void {
    this.#libsql.exec('BEGIN IMMEDIATE');
  }

  commit(): void {
    this.#libsql.exec('COMMIT');
  }

  rollback(): void {
    // A full disk or an I/O error has rolled back by itself already.
    if (this.#libsql.inTransaction) this.#libsql.exec('ROLLBACK');
  }

  all<Row>(sql: string, params: readonly SqlValue[]): Row[] {
    const { statement, placeholders } = this.#prepare(sql);
    checkValues(params, placeholders);
    // The type of a row is the statement's affair; nothing of it is known here.
    return statement.all(params) as Row[];
  }

  run(sql: string, params: readonly SqlValue[]): number {
    const { statement, placeholders, returnsRows } = this.#prepare(sql);
    checkValues(params, placeholders);
    // libsql's run() stops a RETURNING statement at its first row.
    if (returnsRows) throw new ParhelionError('internal', 'A statement with rows needs all().');
    return statement.run(params).changes;
  }

  insertMany({ table, columns, onConflict = '' }: Insert, rows: readonly (readonly SqlValue[])[]) {
    const values = columns.map(() => '?').join(', ');
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values}) ${onConflict}`;
    for (const row of rows) this.run(sql, row);
  }

  truncateLog(): void {
    this.#libsql.pragma('wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.#libsql.close();
  }
}

function attempt<T>(fn: () => T): T {
  try {
    return fn();
  } catch (error) {
    throw storeFailure(error, []);
  }
}

const LOCKED_AT_MOST_MS = 5000;
const LOOK_AGAIN_MS = 5;

/**
 * Another process may hold the file's write lock for a moment. SQLite's own waiting would block the thread, and with
 * it the very transaction of this process that is waited for.
 */
async function whenUnlocked<T>(fn: () => T): Promise<T> {
  const deadline = performance.now() + LOCKED_AT_MOST_MS;
  for (;;) {
    try {
      return fn();
    } catch (error) {
      const isLocked = error instanceof Libsql.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!isLocked || performance.now() > deadline) throw storeFailure(error, []);
      await delay(LOOK_AGAIN_MS);
    }
  }
}

/** The statements of an open transaction. */
function sessionOf(connection: SqliteConnection): Session {
  return {
    all: async (sql, params = []) => attempt(() => connection.all(sql, params)),
    run: async (sql, params = []) => attempt(() => connection.run(sql, params)),
    insertMany: async (insert, rows) => attempt(() => connection.insertMany(insert, rows)),
  };
}

const READS_ONLY = /^\s*SELECT\b/i;

/**
 * Two connections: a transaction may stay open across awaits on the writing one, while reads outside it go on on the
 * other and see what is committed.
 */
class SqliteDatabase implements Database {
  readonly #writer: SqliteConnection;
  readonly #reader: SqliteConnection;
  readonly #lock = new WriterLock();
  #isClosed = false;

  constructor(path: string) {
    this.#writer = new SqliteConnection(path);
    this.#reader = new SqliteConnection(path);
  }

  async all<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    if (READS_ONLY.test(sql)) return attempt(() => this.#open(this.#reader).all<Row>(sql, params));
    return await this.#inTurn((writer) => whenUnlocked(() => writer.all<Row>(sql, params)));
  }

  async run(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    return await this.#inTurn((writer) => whenUnlocked(() => writer.run(sql, params)));
  }

  async insertMany(insert: Insert, rows: readonly (readonly SqlValue[])[]): Promise<void> {
    await this.#inTurn((writer) =>
      whenUnlocked(() => {
        writer.begin();
        try {
          writer.insertMany(insert, rows);
          writer.commit();
        } catch (error) {
          writer.rollback();
          throw error;
        }
      }),
    );
  }

  async transaction<T>(fn: (session: Session) => Promise<T>): Promise<T> {
    return await this.#inTurn(async (writer) => {
      await whenUnlocked(() => writer.begin());
      try {
        const result = await fn(sessionOf(writer));
        attempt(() => writer.commit());
        return result;
      } catch (error) {
        attempt(() => writer.rollback());
        throw error;
      }
    });
  }

  /** While another process reads, the log stays as it is until the next time. */
  async eraseTraces(): Promise<void> {
    await this.#inTurn((writer) => whenUnlocked(() => writer.truncateLog()));
  }

  async migrate(migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
    await this.transaction((session) => applyMigrations(session, migrations));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lock.acquire();
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#reader.close();
      this.#writer.close();
    }
    this.#lock.release();
  }

  async #inTurn<T>(fn: (writer: SqliteConnection) => T | Promise<T>): Promise<T> {
    const turn = this.#lock.acquire();
    if (turn) await turn;
    try {
      return await fn(this.#open(this.#writer));
    } finally {
      this.#lock.release();
    }
  }

  /** libsql goes on executing prepared statements after close(). */
  #open(connection: SqliteConnection): SqliteConnection {
    if (this.#isClosed) throw new ParhelionError('storeUnavailable', 'The store is closed.');
    return connection;
  }
}

/** SQLite gives its companion files the rights of the file. One that exists keeps what its operator gave it. */
function createPrivateFile(path: string): void {
  try {
    // Never opens an existing file: closing it would drop the locks of this process on it.
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

export function openSqlite(path: string): Database {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    createPrivateFile(path);
    return new SqliteDatabase(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown error';
    throw new ParhelionError(
      'storeUnavailable',
      `The SQLite store ${path} cannot be opened: ${reason}`,
      { cause: error },
    );
  }
}
