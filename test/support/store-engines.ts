import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe } from 'vitest';
import { type Database, openDatabase } from '../../src/gateway/store/index.ts';

/** A store of its own for one test file: empty, removed afterwards. */
export interface TestStore extends AsyncDisposable {
  readonly url: string;
  /** Another gateway on the same store. */
  open(): Promise<Database>;
}

export interface StoreEngine {
  readonly name: string;
  createStore(): Promise<TestStore>;
}

const POSTGRES = 'postgres://postgres@127.0.0.1:5432';

async function withAdmin<T>(fn: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: `${POSTGRES}/postgres`,
    connectionTimeoutMillis: 3000,
  });
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end();
  }
}

/** Opens databases, and closes those that the test left open before the store goes away. */
function testStore(url: string, remove: () => Promise<unknown>): TestStore {
  const opened: Database[] = [];
  return {
    url,
    async open() {
      const database = await openDatabase(url);
      opened.push(database);
      return database;
    },
    async [Symbol.asyncDispose]() {
      for (const database of opened) await database[Symbol.asyncDispose]();
      await remove();
    },
  };
}

export const sqliteEngine: StoreEngine = {
  name: 'SQLite',
  async createStore() {
    const folder = await mkdtemp(join(tmpdir(), 'parhelion-store-'));
    return testStore(`sqlite:${join(folder, 'store.db')}`, () => rm(folder, { recursive: true }));
  },
};

const postgresEngine: StoreEngine = {
  name: 'PostgreSQL',
  async createStore() {
    const name = `parhelion_test_${randomBytes(6).toString('hex')}`;
    await withAdmin((client) => client.query(`CREATE DATABASE ${name}`));
    return testStore(`${POSTGRES}/${name}`, () =>
      withAdmin((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)),
    );
  },
};

async function isPostgresReachable(): Promise<boolean> {
  try {
    await withAdmin((client) => client.query('SELECT 1'));
    return true;
  } catch {
    return false;
  }
}

const isSkipped =
  process.env['PARHELION_REQUIRE_SERVICES'] !== '1' && !(await isPostgresReachable());

/** Runs a suite on PostgreSQL: skipped where there is none, unless `PARHELION_REQUIRE_SERVICES=1`. */
export function describeOnPostgres(title: string, suite: (engine: StoreEngine) => void): void {
  describe.skipIf(isSkipped)(`${title} on PostgreSQL`, () => {
    suite(postgresEngine);
  });
}

/** Runs one suite on every engine of the store. */
export function describeOnEveryEngine(title: string, suite: (engine: StoreEngine) => void): void {
  describe(`${title} on SQLite`, () => {
    suite(sqliteEngine);
  });
  describeOnPostgres(title, suite);
}
