import {
  type ClientBase,
  type CustomTypesConfig,
  Pool,
  type PoolClient,
  type QueryResult,
  types,
} from 'pg';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { deferred } from '../../lib/deferred.ts';
import { applyMigrations } from './apply-migrations.ts';
import type { Database, Insert, Migration, Session, SqlValue } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { cacheByText, checkValues, postgresText } from './statement-text.ts';
import { describeEngineError, storeFailure } from './store-failure.ts';

/** Counts and times arrive as int8, sums of them as numeric; all of ours are far below 2^53. */
const WIDE_NUMBERS: ReadonlySet<number> = new Set([types.builtins.INT8, types.builtins.NUMERIC]);

const numbersAsNumbers: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    WIDE_NUMBERS.has(oid) ? Number : types.getTypeParser(oid, format),
};

/** Any constant will do, as long as every gateway has the same one. */
const MIGRATION_LOCK = 'SELECT 1 AS locked FROM pg_advisory_xact_lock(7274495161)';

const textOf = cacheByText(postgresText);

type Queryable = Pick<ClientBase, 'query'>;

class PostgresSession implements Session {
  readonly #target: Queryable;
  readonly #secrets: readonly string[];

  constructor(target: Queryable, secrets: readonly string[]) {
    this.#target = target;
    this.#secrets = secrets;
  }

  async all<Row>(source: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    const { rows } = await this.#query(source, params);
    // The type of a row is the statement's affair; nothing of it is known here.
    return rows as Row[];
  }

  async run(source: string, params: readonly SqlValue[] = []): Promise<number> {
    const { rows, rowCount } = await this.#query(source, params);
    if (rows.length > 0) throw new ParhelionError('internal', 'A statement with rows needs all().');
    return rowCount ?? 0;
  }

  /** One statement and one parameter for any number of rows; the table itself names the types. */
  async insertMany(insert: Insert, rows: readonly (readonly SqlValue[])[]): Promise<void> {
    const { table, columns, onConflict = '' } = insert;
    for (const row of rows) checkValues(row, columns.length);
    const names = columns.join(', ');
    const records = rows.map((row) =>
      Object.fromEntries(columns.map((column, index) => [column, row[index]])),
    );
    await this.run(
      `INSERT INTO ${table} (${names})
       SELECT ${names} FROM json_populate_recordset(NULL::${table}, ?) ${onConflict}`,
      [JSON.stringify(records)],
    );
  }

  async #query(source: string, params: readonly SqlValue[]): Promise<QueryResult> {
    try {
      const { sql, placeholders } = textOf(source);
      checkValues(params, placeholders);
      return await this.#target.query(sql, [...params]);
    } catch (error) {
      throw storeFailure(error, this.#secrets);
    }
  }
}

/** A connection whose state is unknown is closed and not given back to the pool. */
async function rollBack(session: Session, client: PoolClient): Promise<void> {
  try {
    await session.run('ROLLBACK');
    client.release();
  } catch {
    client.release(true);
  }
}

class PostgresDatabase implements Database {
  readonly #pool: Pool;
  readonly #secrets: readonly string[];
  readonly #session: Session;
  #inHand = 0;
  #isClosed = false;
  readonly #ended = deferred<void>();

  constructor(pool: Pool, secrets: readonly string[]) {
    this.#pool = pool;
    this.#secrets = secrets;
    this.#session = new PostgresSession(pool, secrets);
  }

  all<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]> {
    return this.#track(() => this.#session.all<Row>(sql, params));
  }

  run(sql: string, params?: readonly SqlValue[]): Promise<number> {
    return this.#track(() => this.#session.run(sql, params));
  }

  insertMany(insert: Insert, rows: readonly (readonly SqlValue[])[]): Promise<void> {
    return this.#track(() => this.#session.insertMany(insert, rows));
  }

  transaction<T>(fn: (session: Session) => Promise<T>): Promise<T> {
    return this.#track(async () => {
      const client = await this.#connect();
      const session = new PostgresSession(client, this.#secrets);
      try {
        await session.run('BEGIN');
        const result = await fn(session);
        await session.run('COMMIT');
        client.release();
        return result;
      } catch (error) {
        await rollBack(session, client);
        throw error;
      }
    });
  }

  async eraseTraces(): Promise<void> {}

  async migrate(migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
    await this.transaction(async (session) => {
      // Building an index, and waiting for another gateway that does, may take long.
      await session.run('SET LOCAL statement_timeout = 0');
      await applyMigrations(session, migrations, MIGRATION_LOCK);
    });
  }

  /** The pool would drop statements that still wait for a connection: it is ended when none is left. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#endWhenIdle();
    }
    await this.#ended.promise;
  }

  #endWhenIdle(): void {
    if (this.#isClosed && this.#inHand === 0) {
      this.#pool.end().then(this.#ended.resolve, this.#ended.reject);
    }
  }

  async #track<T>(fn: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new ParhelionError('storeUnavailable', 'The store is closed.');
    this.#inHand += 1;
    try {
      return await fn();
    } finally {
      this.#inHand -= 1;
      this.#endWhenIdle();
    }
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw storeFailure(error, this.#secrets);
    }
  }
}

export async function openPostgres(url: URL): Promise<Database> {
  const password = decodeURIComponent(url.password);
  const secrets = [password, url.password].filter((secret) => secret !== '');
  const pool = new Pool({
    connectionString: url.href,
    types: numbersAsNumbers,
    max: 10,
    connectionTimeoutMillis: 5000,
    statement_timeout: 60_000,
    keepAlive: true,
    application_name: 'parhelion',
  });
  // A connection that breaks fails its own statement; without these listeners it would end the process too.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await pool.query('SELECT 1');
  } catch (error) {
    await pool.end();
    throw new ParhelionError(
      'storeUnavailable',
      `PostgreSQL at ${url.host}${url.pathname} cannot be used: ${describeEngineError(error, secrets)}.`,
    );
  }
  return new PostgresDatabase(pool, secrets);
}
