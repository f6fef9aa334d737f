import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  createFirebirdDatabase,
  describeOnFirebird,
  type TestDatabase,
} from '../../../../test/support/firebird-server.ts';
import { TcpProxy } from '../../../../test/support/tcp-proxy.ts';
import type { Value } from '../../../protocol/values.ts';
import type { Connection, SqlParameter } from '../../driver.ts';
import { createFirebirdDriver } from './create-firebird-driver.ts';
import type { FirebirdOptions } from './options.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const never = () => ({ signal: new AbortController().signal });

const connect = (options: FirebirdOptions): Promise<Connection> =>
  createFirebirdDriver(options).connect(never());

function parameter(typeName: string, value: Value, name = '@p'): SqlParameter {
  return { name, typeName, direction: 'input', value };
}

async function rowsOf(
  connection: Connection,
  text: string,
  ...parameters: readonly SqlParameter[]
): Promise<(readonly Value[])[]> {
  const rows: (readonly Value[])[] = [];
  for await (const event of connection.execute({ text, type: 'text', parameters }, never())) {
    if (event.kind === 'rows') rows.push(...event.rows);
  }
  return rows;
}

const anyText = (maxLength: number) =>
  fc
    .string({ unit: 'grapheme', maxLength })
    .filter((text) => !/[\0\p{Surrogate}]/u.test(text) && Array.from(text).length <= maxLength);

const twoDigits = (max: number, min = 0) =>
  fc.integer({ min, max }).map((value) => String(value).padStart(2, '0'));

const someDate = fc
  .date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(-24, -14).padStart(10, '0'));

const someTime = fc
  .tuple(twoDigits(23), twoDigits(59), twoDigits(59), fc.integer({ min: 0, max: 9999 }))
  .map(([hour, minute, second, fraction]) => {
    const digits = String(fraction).padStart(4, '0').replace(/0+$/, '');
    return `${hour}:${minute}:${second}${digits === '' ? '' : `.${digits}`}`;
  });

const someDecimal = fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }).map((scaled) => {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(5, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
});

const canonical = (value: bigint): number | bigint =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value;

/** Columns, the parameter type that fills them, and their values. */
const ROUND_TRIPS: readonly [
  column: string,
  type: string,
  typeName: string,
  fc.Arbitrary<Value>,
][] = [
  ['C_SMALL', 'SMALLINT', 'SmallInt', fc.integer({ min: -32_768, max: 32_767 })],
  ['C_INT', 'INTEGER', 'Int', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })],
  [
    'C_BIG',
    'BIGINT',
    'BigInt',
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(canonical),
  ],
  ['C_NUM', 'NUMERIC(18,4)', 'Decimal', someDecimal],
  ['C_DOUBLE', 'DOUBLE PRECISION', 'Float', fc.double({ noNaN: true, noDefaultInfinity: true })],
  ['C_FLOAT', 'FLOAT', 'Real', fc.float({ noNaN: true, noDefaultInfinity: true })],
  ['C_BOOL', 'BOOLEAN', 'Bit', fc.boolean()],
  ['C_TEXT', 'VARCHAR(20)', 'NVarChar', anyText(20)],
  ['C_BYTES', 'VARCHAR(20) CHARACTER SET OCTETS', 'VarBinary', fc.uint8Array({ maxLength: 20 })],
  ['C_CLOB', 'BLOB SUB_TYPE TEXT', 'NText', anyText(200)],
  ['C_BLOB', 'BLOB SUB_TYPE BINARY', 'Image', fc.uint8Array({ maxLength: 200 })],
  ['C_DATE', 'DATE', 'Date', someDate],
  ['C_TIME', 'TIME', 'Time', someTime],
  [
    'C_STAMP',
    'TIMESTAMP',
    'DateTime2',
    fc.tuple(someDate, someTime).map((parts) => parts.join('T')),
  ],
];

/** What comes back: bytes as a buffer, a single as its shortest form. */
function comparable(value: Value, typeName: string): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return typeName === 'Real' ? Math.fround(value as number) : value;
}

describeOnFirebird('the driver', () => {
  let database: TestDatabase;
  let connection: Connection;
  beforeAll(async () => {
    database = await createFirebirdDatabase();
    const columns = ROUND_TRIPS.map(([column, type]) => `${column} ${type}`);
    await database.run(
      `CREATE TABLE VALS (${columns.join(', ')})`,
      `INSERT INTO VALS (C_INT) VALUES (1)`,
      'CREATE TABLE NOTES (ID INTEGER NOT NULL PRIMARY KEY, TXT BLOB SUB_TYPE TEXT, OLD VARCHAR(10) CHARACTER SET NONE)',
    );
    connection = await connect(database.options);
  });
  afterAll(async () => {
    await connection?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
  });

  it.each(ROUND_TRIPS)('%s gives back what was put in', async (column, _type, typeName, values) => {
    await fc.assert(
      fc.asyncProperty(fc.option(values), async (value) => {
        await rowsOf(connection, `UPDATE VALS SET ${column} = @p`, parameter(typeName, value));
        const [row] = await rowsOf(connection, `SELECT ${column} FROM VALS`);
        expect(comparable(row?.[0] ?? null, typeName)).toEqual(comparable(value, typeName));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['DateTime2', '2024-01-01T00:00:00.12345', 'C_STAMP', /more than 4 digits/],
    ['Date', 'nonsense', 'C_DATE', /no date of the calendar/],
    ['NVarChar', 'x'.repeat(40_000), 'C_TEXT', /longer than the 32,765 bytes/],
    ['NVarChar', '\ud800', 'C_TEXT', /a character that UTF8 does not have/],
  ])('refuses the %s %.20s for %s before it is sent', async (typeName, value, column, message) => {
    const text = `UPDATE VALS SET ${column} = @p`;
    await expect(rowsOf(connection, text, parameter(typeName, value))).rejects.toThrow(message);
    expect(connection.isUsable).toBe(true);
  });

  it('refuses what is not one transaction, and more ? than parameters', async () => {
    await expect(rowsOf(connection, 'COMMIT')).rejects.toThrow('runs in one transaction');
    const text = 'SELECT C_INT FROM VALS WHERE C_INT = ? OR C_INT = ?';
    await expect(rowsOf(connection, text, parameter('Int', 1))).rejects.toThrow('more ? than');
  });

  it('calls procedures by every form of a name', async () => {
    await database.run(
      'CREATE PACKAGE MATHS AS BEGIN PROCEDURE TWICE (A INTEGER) RETURNS (R INTEGER); END',
      `CREATE PACKAGE BODY MATHS AS BEGIN
         PROCEDURE TWICE (A INTEGER) RETURNS (R INTEGER) AS BEGIN R = A * 2; SUSPEND; END END`,
      'CREATE PROCEDURE "Half ""it"" now" (A INTEGER) RETURNS (R INTEGER) AS BEGIN R = A / 2; END',
      'CREATE PROCEDURE TWICE (A INTEGER) RETURNS (R INTEGER) AS BEGIN R = -1; END',
    );
    const call = async (text: string): Promise<unknown> => {
      const parameters = [parameter('Int', 8, '@a')];
      const command = { text, type: 'storedProcedure', parameters } as const;
      for await (const event of connection.execute(command, never())) {
        if (event.kind === 'rows') return event.rows[0]?.[0];
      }
      return undefined;
    };
    expect(await call('Maths.Twice')).toBe(16);
    expect(await call('twice')).toBe(-1);
    expect(await call(' "Half ""it"" now" ; ')).toBe(4);
    await expect(call('EXECUTE PROCEDURE TWICE(1)')).rejects.toThrow('name of the procedure');
    await expect(call('"twice"')).rejects.toMatchObject({ errorCode: 335_544_581 });
  });

  it('gives its session up when a statement runs out of time', async () => {
    const signal = AbortSignal.timeout(300);
    const text = 'EXECUTE BLOCK AS DECLARE N BIGINT = 0; BEGIN WHILE (1 = 1) DO N = N + 1; END';
    await using own = await connect(database.options);
    const command = { text, type: 'text', parameters: [] } as const;
    const running = own.execute(command, { signal })[Symbol.asyncIterator]().next();
    await expect(running).rejects.toMatchObject({ kind: 'cancelled' });
    expect(own.isUsable).toBe(false);
  });

  it('has no row for RETURNING when none was changed', async () => {
    await expect(
      rowsOf(connection, 'UPDATE VALS SET C_INT = 2 WHERE C_INT = -1 RETURNING C_INT'),
    ).resolves.toEqual([]);
    await expect(rowsOf(connection, 'UPDATE VALS SET C_INT = 2 RETURNING C_INT')).resolves.toEqual([
      [2],
    ]);
  });

  it('reads blobs of many segments, and many of them', async () => {
    const list = "SELECT LIST(RDB$TYPE, 'é') FROM RDB$TYPES";
    const [[text] = []] = await rowsOf(connection, list);
    const rows = await rowsOf(connection, 'SELECT RDB$TYPE FROM RDB$TYPES');
    expect((text as string).split('é')).toHaveLength(rows.length);
    await rowsOf(
      connection,
      `EXECUTE BLOCK AS DECLARE I INTEGER = 1; BEGIN WHILE (I <= 500) DO BEGIN
         INSERT INTO NOTES (ID, TXT) VALUES (:I, 'note ' || :I); I = I + 1; END END`,
    );
    const notes = await rowsOf(connection, 'SELECT ID, TXT FROM NOTES ORDER BY ID');
    expect(notes).toEqual(
      Array.from({ length: 500 }, (_, index) => [index + 1, `note ${index + 1}`]),
    );
  });

  it('says so when bytes are no text of the connection', async () => {
    const write = "UPDATE NOTES SET OLD = x'41E9' WHERE ID = 1";
    await rowsOf(connection, write);
    const read = 'SELECT OLD FROM NOTES WHERE ID = 1';
    await expect(rowsOf(connection, read)).rejects.toThrow('OLD holds bytes that are no UTF8 text');
    await using western = await connect({ ...database.options, charset: 'WIN1252' });
    await expect(rowsOf(western, read)).resolves.toEqual([['Aé']]);
  });

  it('survives an answer that the library cannot read', async () => {
    await using own = await connect(database.options);
    const columns = Array.from({ length: 1_500 }, (_, index) => `1 AS COLUMN_${index}`).join(', ');
    await expect(rowsOf(own, `SELECT ${columns} FROM RDB$DATABASE`)).rejects.toThrow('800 columns');
    expect(own.isUsable).toBe(false);
  });

  it('keeps its session when a reader leaves', async () => {
    const text = 'SELECT A.RDB$TYPE FROM RDB$TYPES A, RDB$TYPES B, RDB$TYPES C';
    for await (const event of connection.execute({ text, type: 'text', parameters: [] }, never())) {
      if (event.kind === 'rows') break;
    }
    expect(connection.isUsable).toBe(true);
    await expect(rowsOf(connection, 'SELECT 1 FROM RDB$DATABASE')).resolves.toEqual([[1]]);
  });

  it('refuses a second command beside a running one', async () => {
    const text = 'SELECT 1 FROM RDB$DATABASE';
    const running = connection.execute({ text, type: 'text', parameters: [] }, never());
    const first = running[Symbol.asyncIterator]();
    await first.next();
    await expect(rowsOf(connection, text)).rejects.toThrow('one command at a time');
    await first.return?.();
  });

  it('stops a statement that waits for another session’s lock', async () => {
    await using holder = await connect(database.options);
    const text =
      'UPDATE VALS SET C_INT = 9; SELECT A.RDB$TYPE FROM RDB$TYPES A, RDB$TYPES B, RDB$TYPES C';
    const holding = holder.execute({ text, type: 'text', parameters: [] }, never());
    const held = holding[Symbol.asyncIterator]();
    for (let isHeld = false; !isHeld; ) isHeld = (await held.next()).value?.kind === 'rows';
    const abort = new AbortController();
    await using waiter = await connect(database.options);
    const command = { text: 'UPDATE VALS SET C_INT = 8', type: 'text', parameters: [] } as const;
    const waiting = waiter.execute(command, abort)[Symbol.asyncIterator]().next();
    const outcome = waiting.catch((error: unknown) => error);
    await vi.waitFor(async () => {
      const running = await database.query(
        "SELECT 1 AS X FROM MON$STATEMENTS WHERE MON$STATE = 1 AND MON$SQL_TEXT STARTING WITH 'UPDATE VALS SET C_INT = 8'",
      );
      expect(running).toHaveLength(1);
    });
    abort.abort();
    expect(await outcome).toMatchObject({ kind: 'cancelled' });
    expect(waiter.isUsable).toBe(false);
    await held.return?.();
  });

  it('loses a session with an error, not with the process', async () => {
    await using proxy = await TcpProxy.listen(3050);
    await using own = await connect({ ...database.options, port: Number(new URL(proxy.url).port) });
    const text = 'UPDATE NOTES SET TXT = @p WHERE ID = 1; SELECT TXT FROM NOTES';
    const running = own.execute(
      { text, type: 'text', parameters: [parameter('NText', 'x'.repeat(1_000_000))] },
      never(),
    );
    const reading = async (): Promise<void> => {
      for await (const event of running) if (event.kind === 'columns') proxy.cut();
    };
    await expect(reading()).rejects.toMatchObject({
      kind: 'connection',
      errorType: 'haloLink',
      errorCode: 1004,
    });
    expect(own.isUsable).toBe(false);
    await expect(rowsOf(own, 'SELECT 1 FROM RDB$DATABASE')).rejects.toMatchObject({
      kind: 'connection',
    });
  });

  it('gives the same dates in every time zone of the process', async () => {
    const outfile = join(root, 'node_modules', '.cache', `parhelion-zones-${process.pid}.mjs`);
    await build({
      absWorkingDir: root,
      stdin: {
        contents: `
          import { createFirebirdDriver } from './src/sql/drivers/firebird/create-firebird-driver.ts';
          const { signal } = new AbortController();
          const connection = await createFirebirdDriver(JSON.parse(process.argv[2])).connect({ signal });
          const parameters = [['@d', 'Date', '1900-01-01'], ['@t', 'Time', '02:30:00'],
            ['@s', 'DateTime2', '2024-10-06T02:30:00.1234']].map(([name, typeName, value]) =>
              ({ name, typeName, value, direction: 'input' }));
          const text = \`SELECT CAST(@d AS DATE), CAST(@t AS TIME), CAST(@s AS TIMESTAMP),
            DATE '2011-12-30', TIMESTAMP '2024-03-31 02:30:00' FROM RDB$DATABASE\`;
          for await (const event of connection.execute({ text, type: 'text', parameters }, { signal })) {
            if (event.kind === 'rows') console.log(JSON.stringify(event.rows), new Date(0).getTimezoneOffset());
          }
          await connection[Symbol.asyncDispose]();`,
        resolveDir: root,
        loader: 'ts',
      },
      outfile,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
    });
    const run = promisify(execFile);
    const zones = [
      'UTC',
      'Pacific/Apia',
      'Australia/Lord_Howe',
      'America/St_Johns',
      'Europe/Dublin',
    ];
    try {
      const printed = await Promise.all(
        zones.map((TZ) =>
          run(process.execPath, [outfile, JSON.stringify(database.options)], {
            env: { ...process.env, TZ },
          }),
        ),
      );
      const lines = printed.map(({ stdout }) => stdout.trim().split(' '));
      const row =
        '["1900-01-01","02:30:00","2024-10-06T02:30:00.1234","2011-12-30","2024-03-31T02:30:00"]';
      expect(lines.map(([rows]) => rows)).toEqual(zones.map(() => `[${row}]`));
      expect(new Set(lines.map(([, offset]) => offset)).size).toBe(zones.length);
    } finally {
      rmSync(outfile, { force: true });
    }
  });
});

describeOnFirebird('a WIN1252 database', () => {
  let database: TestDatabase;
  let connection: Connection;
  beforeAll(async () => {
    database = await createFirebirdDatabase('WIN1252');
    await database.run(
      'CREATE TABLE PEOPLE (NAME VARCHAR(20), CODE CHAR(4), TXT BLOB SUB_TYPE TEXT)',
    );
    connection = await connect(database.options);
  });
  afterAll(async () => {
    await connection?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
  });

  it.each(['WIN1252', 'UTF8'] as const)('is written and read over %s', async (charset) => {
    await using own = await connect({ ...database.options, charset });
    await rowsOf(own, 'DELETE FROM PEOPLE');
    await rowsOf(
      own,
      'INSERT INTO PEOPLE VALUES (@n, @c, @t)',
      parameter('NVarChar', 'Zoë O’Neill', '@n'),
      parameter('Char', '€é', '@c'),
      parameter('NText', '“né” '.repeat(20_000), '@t'),
    );
    const text = "SELECT NAME, CODE, TXT FROM PEOPLE WHERE NAME = 'Zoë O’Neill'";
    await expect(rowsOf(own, text)).resolves.toEqual([
      ['Zoë O’Neill', '€é  ', '“né” '.repeat(20_000)],
    ]);
  });

  it('is not given what it does not have', async () => {
    const insert = 'INSERT INTO PEOPLE (NAME) VALUES (@p)';
    await expect(rowsOf(connection, insert, parameter('NVarChar', '日本'))).rejects.toThrow(
      'a character that WIN1252 does not have',
    );
    await expect(rowsOf(connection, "SELECT '日' FROM RDB$DATABASE")).rejects.toThrow('WIN1252');
    await expect(rowsOf(connection, 'SELECT 1 AS "é" FROM RDB$DATABASE')).rejects.toThrow(
      'Give it another name',
    );
  });
});

describe('a server that does not answer', () => {
  it('is given up after the time that opening may take', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    const options: FirebirdOptions = {
      driver: 'firebird',
      host: '127.0.0.1',
      port,
      user: 'SYSDBA',
      password: 'x',
      charset: 'UTF8',
      connectTimeoutMs: 100,
      catalogues: [{ name: 'Practice', file: 'practice', isDefault: true }],
      maxConnections: 2,
    };
    await expect(connect(options)).rejects.toMatchObject({
      kind: 'connection',
      errorType: 'haloLink',
      errorCode: 1004,
      message: expect.stringContaining('did not answer in time') as string,
    });
    const abort = new AbortController();
    const opening = createFirebirdDriver({ ...options, connectTimeoutMs: 60_000 }).connect(abort);
    abort.abort();
    await expect(opening).rejects.toMatchObject({ kind: 'cancelled' });
    silent.close();
  });
});
