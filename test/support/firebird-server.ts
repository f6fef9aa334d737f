import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import Firebird, { type Database, type ServiceManager } from 'node-firebird';
import { describe } from 'vitest';
import type { FirebirdOptions } from '../../src/sql/drivers/firebird/options.ts';

const HOST = '127.0.0.1';
const PORT = 3050;
const SERVER = { host: HOST, port: PORT, user: 'SYSDBA' };

/** A folder of the server's own user, where it makes the files itself. */
const FOLDER = '/var/lib/firebird/3.0/data';
const PASSWORD_FILE = '/etc/firebird/3.0/SYSDBA.password';

/** A database of its own for one test file, removed at disposal. */
export interface TestDatabase extends AsyncDisposable {
  readonly file: string;
  /** What reaches it. */
  readonly options: FirebirdOptions;
  /** Runs statements one after the other, each in a transaction of its own. */
  run(...statements: readonly string[]): Promise<void>;
  /** Rows of a query as the library gives them, from a session of its own. */
  query(text: string): Promise<Record<string, unknown>[]>;
}

/** Password of SYSDBA: from the environment, or where the package leaves it. */
async function readPassword(): Promise<string> {
  const given = process.env['PARHELION_FIREBIRD_PASSWORD'];
  if (given !== undefined) return given;
  const file = await readFile(PASSWORD_FILE, 'utf8');
  return /^ISC_PASSWORD="?([^"\n]*)/m.exec(file)?.[1] ?? '';
}

async function answers(): Promise<boolean> {
  const socket = connect({ host: HOST, port: PORT, timeout: 3_000 });
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('timeout', () => resolve(false));
    });
  } finally {
    socket.destroy();
  }
}

/** Whether tests on Firebird are left out: no server answers, and none is required. */
export const isFirebirdSkipped =
  process.env['PARHELION_REQUIRE_SERVICES'] !== '1' && !(await answers());

/** Runs a suite on a Firebird server: skipped where there is none, unless `PARHELION_REQUIRE_SERVICES=1`. */
export function describeOnFirebird(title: string, suite: () => void): void {
  describe.skipIf(isFirebirdSkipped)(`${title} on Firebird`, () => {
    suite();
  });
}

async function withDatabase<T>(
  opening: Promise<Database>,
  fn: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await opening;
  try {
    return await fn(database);
  } finally {
    await database.detachAsync();
  }
}

const newFile = (ending: string): string =>
  `${FOLDER}/parhelion-${randomBytes(6).toString('hex')}.${ending}`;

function testDatabase(
  file: string,
  charset: FirebirdOptions['charset'],
  password: string,
): TestDatabase {
  const settings = { ...SERVER, password, database: file, encoding: charset, blobAsText: true };
  const attach = () => Firebird.attachAsync(settings);
  return {
    file,
    options: {
      driver: 'firebird',
      ...SERVER,
      password,
      charset,
      catalogues: [{ name: 'Practice', file, isDefault: true }],
      maxConnections: 4,
    },
    run: (...statements) =>
      withDatabase(attach(), async (database) => {
        for (const statement of statements) await database.queryAsync(statement);
      }),
    query: (text) =>
      withDatabase(attach(), (database) => database.queryAsync<Record<string, unknown>>(text)),
    async [Symbol.asyncDispose]() {
      const database = await attach();
      await database.dropAsync();
    },
  };
}

/** Makes an empty database. */
export async function createFirebirdDatabase(
  charset: FirebirdOptions['charset'] = 'UTF8',
  pageSize = 8192,
): Promise<TestDatabase> {
  const password = await readPassword();
  const file = newFile('fdb');
  const settings = { ...SERVER, password, database: file, encoding: charset };
  await withDatabase(
    Firebird.createAsync({ ...settings, defaultCharset: charset, pageSize }),
    async () => {},
  );
  return testDatabase(file, charset, password);
}

/** Has the server's service manager do something, and waits until it has. */
async function serve(
  password: string,
  start: (manager: ServiceManager) => Promise<unknown>,
): Promise<void> {
  const database = 'service_mgr';
  const manager = await Firebird.attachAsync({ ...SERVER, password, database, manager: true });
  try {
    // It has done its work when it says no more.
    for await (const _line of (await start(manager)) as Readable);
  } finally {
    await manager.detachAsync();
  }
}

/** Puts a copy of a database's pages into a file of the server, and gives its path. The database may be in use. */
export async function backUpFirebirdDatabase({ file }: TestDatabase): Promise<string> {
  const backupfile = newFile('nbk');
  // The types of the library ask for `files`, its code for `backupfile`.
  const options = { database: file, backupfile, files: backupfile };
  await serve(await readPassword(), (manager) => manager.nbackupAsync(options));
  return backupfile;
}

/** Makes a database from such a file, which costs little more than copying it. */
export async function restoreFirebirdDatabase(
  backup: string,
  charset: FirebirdOptions['charset'] = 'UTF8',
): Promise<TestDatabase> {
  const password = await readPassword();
  const file = newFile('fdb');
  await serve(password, (manager) => manager.nrestoreAsync({ database: file, files: [backup] }));
  const database = testDatabase(file, charset, password);
  await database.query('SELECT 1 AS X FROM RDB$DATABASE');
  return database;
}
