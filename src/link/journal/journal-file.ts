import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { type Deferred, deferred } from '../../lib/deferred.ts';
import { JOURNAL_STEPS } from './journal-schema.ts';

/** What a column of the journal may hold. Text must be free of NUL, at which libsql would cut it: JSON is. */
export type JournalValue = string | number | null;

interface Write {
  readonly sql: string;
  readonly values: readonly JournalValue[];
  readonly done: Deferred<void>;
}

/**
 * The link's own durable memory: one SQLite file that one process at a time may have open. What `write` has confirmed
 * survives a loss of power. Writes of one turn of the event loop share a commit.
 */
export class JournalFile implements Disposable {
  readonly #libsql: Libsql.Database;
  readonly #statements = new Map<string, Libsql.Statement>();
  #writes: Write[] = [];
  #isClosed = false;

  /** @throws ParhelionError `configInvalid` with a sentence for the person who starts the link */
  constructor(path: string, steps: readonly string[] = JOURNAL_STEPS) {
    let libsql: Libsql.Database | undefined;
    try {
      createPrivateFile(path);
      libsql = new Libsql(path);
      prepareFile(libsql);
      applySteps(libsql, path, steps);
    } catch (error) {
      libsql?.close();
      throw error instanceof ParhelionError ? error : notOpened(path, error);
    }
    this.#libsql = libsql;
  }

  all<Row>(sql: string, values: readonly JournalValue[] = []): Row[] {
    // The type of a row is the statement's affair; nothing of it is known here.
    return this.#prepare(sql).all(values) as Row[];
  }

  /** Rejects when the statement is not durable; it has then changed nothing. */
  write(sql: string, values: readonly JournalValue[]): Promise<void> {
    const write: Write = { sql, values, done: deferred() };
    if (this.#writes.length === 0) setImmediate(() => this.#commit());
    this.#writes.push(write);
    return write.done.promise;
  }

  /** Writes that are under way are made durable first. */
  [Symbol.dispose](): void {
    if (this.#isClosed) return;
    this.#commit();
    this.#isClosed = true;
    releaseFile(this.#libsql);
  }

  /** Gives back the space of what was erased, so that no trace of it is left beside the table either. */
  truncate(): void {
    this.#libsql.pragma('wal_checkpoint(TRUNCATE)');
  }

  /** As {@link truncate}, when nothing is left in a table. */
  truncateOnceEmpty(table: string): void {
    const [left] = this.all<{ n: number }>(`SELECT EXISTS (SELECT 1 FROM ${table}) AS n`);
    if (left?.n === 0) this.truncate();
  }

  #commit(): void {
    const writes = this.#writes;
    this.#writes = [];
    if (writes.length === 0) return;
    try {
      this.#transact(writes);
    } catch (error) {
      if (writes.length === 1) return writes[0]?.done.reject(error);
      // One that cannot be written must not take the others with it.
      return writes.forEach((write) => this.#commitAlone(write));
    }
    for (const { done } of writes) done.resolve();
  }

  #commitAlone(write: Write): void {
    try {
      this.#transact([write]);
      write.done.resolve();
    } catch (error) {
      write.done.reject(error);
    }
  }

  #transact(writes: readonly Write[]): void {
    this.#prepare('BEGIN IMMEDIATE').run();
    try {
      for (const { sql, values } of writes) this.#prepare(sql).run(values);
      this.#prepare('COMMIT').run();
    } catch (error) {
      // A full disk or an I/O error has rolled back by itself already.
      if (this.#libsql.inTransaction) this.#prepare('ROLLBACK').run();
      throw error;
    }
  }

  #prepare(sql: string): Libsql.Statement {
    // libsql goes on executing prepared statements after close().
    if (this.#isClosed) throw new ParhelionError('internal', 'The journal is closed.');
    const statement = this.#statements.get(sql) ?? this.#libsql.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** Its companion files get the rights of the file. */
function createPrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    // Never opens an existing file: closing it would drop the locks of this process on it.
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    chmodSync(path, 0o600);
  }
}

function prepareFile(libsql: Libsql.Database): void {
  // Held until the process ends, however it ends: a second link on the same folder finds the file locked.
  libsql.pragma('locking_mode = EXCLUSIVE');
  libsql.pragma('journal_mode = WAL');
  libsql.exec('PRAGMA synchronous = FULL');
  // Commands carry patient data: what is erased leaves no trace in the file's free space.
  libsql.exec('PRAGMA secure_delete = ON');
  const [check] = libsql.pragma('quick_check') as { quick_check: string }[];
  if (check?.quick_check !== 'ok') throw new Error('the file is damaged');
}

/** libsql keeps a closed file open while a statement of it waits to be collected, so the lock is given up by hand. */
function releaseFile(libsql: Libsql.Database): void {
  libsql.pragma('journal_mode = DELETE');
  libsql.pragma('locking_mode = NORMAL');
  // The mode changes with the next access.
  libsql.pragma('user_version');
  libsql.close();
}

function applySteps(libsql: Libsql.Database, path: string, steps: readonly string[]): void {
  const [version] = libsql.pragma('user_version') as { user_version: number }[];
  const applied = version?.user_version ?? 0;
  if (applied > steps.length) {
    throw new ParhelionError(
      'configInvalid',
      `The journal ${path} (version ${applied}) is newer than this program: start a newer Parhelion.`,
    );
  }
  libsql.exec('BEGIN IMMEDIATE');
  for (const step of steps.slice(applied)) libsql.exec(step);
  libsql.exec(`PRAGMA user_version = ${steps.length}`);
  libsql.exec('COMMIT');
}

function notOpened(path: string, error: unknown): ParhelionError {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (code.startsWith('SQLITE_BUSY')) {
    return new ParhelionError(
      'configInvalid',
      `The journal ${path} is in use: another link runs on this data folder. Stop it first.`,
      { cause: error },
    );
  }
  const what = `The journal ${path} cannot be opened: ${message}.`;
  // Going on without it could run a command twice, so it is a person who decides.
  const advice =
    'It is the record of the commands that the site has and that may have run. If it cannot be restored, move it away: ' +
    'commands that it held are then lost, and the gateway reports them as failed or of unknown outcome.';
  return new ParhelionError('configInvalid', `${what} ${advice}`, { cause: error });
}
