import { Type } from 'typebox';
import type { Connection, Driver, ResultEvent } from '../../src/sql/driver.ts';
import type { Engine, EngineOptions } from '../../src/sql/engine.ts';
import { SqlError } from '../../src/sql/sql-error.ts';

const closed = { additionalProperties: false } as const;

const FakeOptions = Type.Object(
  {
    driver: Type.Literal('fake'),
    server: Type.String({ minLength: 1 }),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
    user: Type.String({ minLength: 1 }),
    password: Type.String({ minLength: 1 }),
    catalogues: Type.Array(
      Type.Object(
        { name: Type.String(), location: Type.Optional(Type.String()), isDefault: Type.Boolean() },
        closed,
      ),
      { minItems: 1 },
    ),
    maxConnections: Type.Integer({ minimum: 2 }),
  },
  closed,
);
interface FakeOptions extends EngineOptions {
  readonly server: string;
  readonly user: string;
  readonly password: string;
}

/** A database server of the tests: its logins, its databases, and what its statements answer. */
export class FakeServer {
  /** Passwords by login. */
  logins: Record<string, string> = { clinic: 'the right password' };
  databases: string[] = ['Main', 'Other'];
  /** First result set by statement; one that says `lose` or `lost` loses the connection. */
  rows: Record<string, readonly (readonly (string | null)[])[]> = {};
  isDown = false;
  /** `user@database` of each attempt. */
  readonly attempts: string[] = [];
  /** `user@database: text` of each statement. */
  readonly ran: string[] = [];
  openConnections = 0;
  mostConnections = 0;

  /** The engine as it would stand in the registry. */
  readonly engine: Engine<FakeOptions> = {
    title: 'Fake',
    optionsSchema: FakeOptions,
    credentialFields: ['user', 'password'],
    settings: {
      server: { isRequired: true, question: 'Server' },
      port: { question: 'Port' },
      user: { isRequired: true, question: 'Login' },
      password: { isRequired: true, question: 'Password' },
    },
    location: { question: 'Its database on the server', isRequired: false, isLocalFile: false },
    toOptions: ({ settings: { server, port, user }, secret, catalogues, maxConnections }) => ({
      driver: 'fake',
      server,
      ...(port !== undefined && { port: Number(port) }),
      user,
      ...secret,
      catalogues,
      maxConnections,
    }),
    resolveFiles: (options) => options,
    describe: ({ server }) => `Fake at ${server}`,
    createDriver: (options) => Promise.resolve(this.#driver(options)),
    diagnose: ({ errorCode }) =>
      errorCode === 18_456 ? 'loginFailed' : errorCode === 4_060 ? 'databaseMissing' : undefined,
  };

  #driver({ user, password, catalogues }: FakeOptions): Driver {
    return {
      engine: 'mssql',
      connect: async ({ catalogue }) => {
        const found = catalogues.find(({ name, isDefault }) =>
          catalogue === undefined ? isDefault : name === catalogue,
        );
        const { name, location: database = name } = found as { name: string; location?: string };
        this.attempts.push(`${user}@${database}`);
        if (this.isDown) {
          const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
          throw new SqlError('connection', 'haloLink', 1_004, 'No way.', { cause });
        }
        if (this.logins[user] !== password) {
          throw new SqlError('connection', 'mssql', 18_456, `Login failed for user '${user}'.`);
        }
        if (!this.databases.includes(database)) {
          throw new SqlError('connection', 'mssql', 4_060, `Cannot open database "${database}".`);
        }
        return this.#connection(`${user}@${database}`);
      },
    };
  }

  #connection(where: string): Connection {
    this.openConnections += 1;
    this.mostConnections = Math.max(this.mostConnections, this.openConnections);
    return {
      isUsable: true,
      isInTransaction: false,
      begin: () => Promise.reject(new Error('This database of the tests has no transactions.')),
      execute: ({ text }) => this.#execute(where, text),
      [Symbol.asyncDispose]: async () => void (this.openConnections -= 1),
    };
  }

  async *#execute(where: string, text: string): AsyncGenerator<ResultEvent> {
    this.ran.push(`${where}: ${text}`);
    if (text.includes('lose') || text.includes('lost')) {
      throw new SqlError('connection', 'haloLink', 1_004, 'The connection was lost.');
    }
    const rows = this.rows[text];
    if (!rows) throw new SqlError('statement', 'mssql', 208, `Invalid object name '${text}'.`);
    const columns = (rows[0] ?? []).map((_, index) => ({
      name: `c${index}`,
      type: 'text' as const,
    }));
    yield { kind: 'columns', columns };
    yield { kind: 'rows', rows };
    yield { kind: 'done', rowsAffected: 0, outputParameters: [] };
  }
}
