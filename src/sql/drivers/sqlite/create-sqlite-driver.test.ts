import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { canonicalInteger } from '../../../protocol/value-grammar.ts';
import type { Connection, SqlParameter } from '../../driver.ts';
import { EncodedResult } from '../../encoded-result.ts';
import type { ChildConnection } from './child-connection.ts';
import {
  eventsOf,
  NO_SIGNAL,
  rowsOf,
  type TemporaryCatalogues,
  temporaryCatalogues,
  textCommand,
} from './testing/temporary-catalogues.ts';

const ENDLESS = 'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT';
const COUNT_FOREVER = `${ENDLESS} max(n) FROM r`;
const ROWS_FOREVER = `${ENDLESS} n, hex(zeroblob(100)) AS filler FROM r`;

let catalogues: TemporaryCatalogues;

beforeAll(() => {
  catalogues = temporaryCatalogues({
    Clinic: `
      CREATE TABLE Patients(ID INTEGER PRIMARY KEY, Name TEXT NOT NULL,
        CONSTRAINT CK_Name CHECK (length(Name) > 0), CONSTRAINT UQ_Name UNIQUE (Name));
      CREATE TABLE Visits(ID INTEGER PRIMARY KEY,
        PatientID INTEGER NOT NULL CONSTRAINT FK_Visits REFERENCES Patients);
      CREATE TABLE Flags(Flag bit);
      INSERT INTO Patients VALUES (1, 'Ng'), (2, 'O''Brien');`,
    Images: "CREATE TABLE Scans(PatientID int, Data blob); INSERT INTO Scans VALUES (2, x'00ff');",
  });
});
afterAll(() => catalogues[Symbol.dispose]());

async function connect(catalogue?: string): Promise<Connection> {
  const named = catalogue === undefined ? {} : { catalogue };
  return catalogues.driver.connect({ ...named, ...NO_SIGNAL });
}

function pidOf(connection: Connection): number {
  return (connection as ChildConnection).pid as number;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function parameter(name: string, typeName: string, value: SqlParameter['value']): SqlParameter {
  return { name, typeName, direction: 'input', value };
}

/** Begins a command, and gives what becomes of its first event. */
async function firstEvent(
  connection: Connection,
  text: string,
  abort: AbortController,
): Promise<unknown> {
  try {
    return await connection.execute(textCommand(text), abort)[Symbol.asyncIterator]().next();
  } catch (error) {
    return error;
  }
}

describe('statements', () => {
  it('gives columns, rows and the number of changed rows', async () => {
    await using connection = await connect();
    await expect(eventsOf(connection, 'SELECT ID, Name FROM Patients')).resolves.toEqual([
      {
        kind: 'columns',
        columns: [
          { name: 'ID', type: 'variant' },
          { name: 'Name', type: 'variant' },
        ],
      },
      {
        kind: 'rows',
        rows: [
          [1, 'Ng'],
          [2, "O'Brien"],
        ],
      },
      { kind: 'done', rowsAffected: 0, outputParameters: [] },
    ]);
  });

  it('runs a batch of statements as one and adds up what they change', async () => {
    await using connection = await connect();
    const events = await eventsOf(
      connection,
      `CREATE TEMP TABLE t(a); INSERT INTO t VALUES (1), (2); -- two; rows
       CREATE TEMP TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END;
       UPDATE t SET a = 5; SELECT a FROM t; DELETE FROM t WHERE 0;
       INSERT INTO t VALUES (3) RETURNING a;`,
    );
    expect(events.flatMap((event) => (event.kind === 'rows' ? event.rows : []))).toEqual([
      [5],
      [5],
      [3],
    ]);
    expect(events.at(-1)).toMatchObject({ kind: 'done', rowsAffected: 5 });
  });

  it('joins two catalogues, from either side', async () => {
    await using clinic = await connect();
    const join = 'SELECT p.Name, s.Data FROM Patients p JOIN Images.Scans s ON s.PatientID = p.ID';
    await expect(rowsOf(clinic, join)).resolves.toEqual([["O'Brien", Buffer.from([0, 255])]]);
    await using images = await connect('images');
    await expect(rowsOf(images, 'SELECT count(*) FROM Scans, Clinic.Patients')).resolves.toEqual([
      [2],
    ]);
  });

  it.each([
    ['SELEC 1', 50_001, 'near "SELEC": syntax error'],
    ['SELECT * FROM Nothing1', 50_001, 'no such table: Nothing1'],
    ["INSERT INTO Patients VALUES (9, '')", 50_019, 'CHECK constraint failed: CK_Name'],
    ["INSERT INTO Patients VALUES (9, 'Ng')", 50_019, 'UNIQUE constraint failed: Patients.Name'],
    ['INSERT INTO Patients VALUES (9, NULL)', 50_019, 'NOT NULL constraint failed: Patients.Name'],
    ['INSERT INTO Visits VALUES (1, 99)', 50_019, 'FOREIGN KEY constraint failed'],
    ['SELECT @missing', 137, 'Must declare the scalar variable "@missing".'],
    ["ATTACH '/tmp/other.db' AS other", 50_000, 'ATTACH is not allowed here.'],
  ])('answers %s with its error, and goes on', async (text, errorCode, message) => {
    await using connection = await connect();
    await expect(rowsOf(connection, text)).rejects.toMatchObject({
      name: 'SqlError',
      kind: 'statement',
      errorType: 'mssql',
      errorCode,
      message,
    });
    expect(connection.isUsable).toBe(true);
    await expect(rowsOf(connection, 'SELECT count(*) FROM Patients')).resolves.toEqual([[2]]);
  });

  it('does not leave a transaction open behind a command', async () => {
    await using connection = await connect();
    await expect(
      rowsOf(connection, "BEGIN; INSERT INTO Patients VALUES (7, 'Gone'); SELEC"),
    ).rejects.toThrow('syntax error');
    await using other = await connect();
    await rowsOf(
      other,
      "INSERT INTO Patients VALUES (7, 'Other'); DELETE FROM Patients WHERE ID = 7",
    );
    await expect(rowsOf(connection, 'SELECT count(*) FROM Patients')).resolves.toEqual([[2]]);
  });

  it('refuses a catalogue and a file that do not exist', async () => {
    await expect(connect('Nowhere')).rejects.toMatchObject({ kind: 'connection', errorCode: 4060 });
    const removed = temporaryCatalogues({ Gone: '' });
    removed[Symbol.dispose]();
    await expect(removed.driver.connect(NO_SIGNAL)).rejects.toMatchObject({
      kind: 'connection',
      errorType: 'haloLink',
      errorCode: 1004,
    });
  });
});

describe('values', () => {
  it('come back as they went in, and reach JSON with all their digits', async () => {
    await using connection = await connect();
    const values = fc.oneof(
      fc.constant(null).map((value) => ['Int', value] as const),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => ['BigInt', n] as const),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => ['Float', n] as const),
      fc
        .string({ unit: 'binary' })
        .filter((text) => !text.includes('\0'))
        .map((text) => ['NVarChar', text] as const),
      fc.uint8Array().map((bytes) => ['VarBinary', bytes] as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(values, { minLength: 1, maxLength: 8 }), async (typed) => {
        const parameters = typed.map(([type, value], index) =>
          parameter(
            `@p${index}`,
            type,
            typeof value === 'bigint' ? canonicalInteger(value) : value,
          ),
        );
        const text = `SELECT ${parameters.map(({ name }) => `${name} AS c`).join()}`;
        const [row] = await rowsOf(connection, text, parameters);
        const expected = parameters.map(({ value }) =>
          value instanceof Uint8Array ? Buffer.from(value) : value,
        );
        expect(row).toEqual(expected);

        const result = new EncodedResult(
          connection.execute(textCommand(text, parameters), NO_SIGNAL),
        );
        const chunks: Uint8Array[] = [];
        for await (const chunk of result.chunks()) chunks.push(chunk);
        const fields = typed.map(([, value], index) => {
          const key = JSON.stringify(index === 0 ? 'c' : `c${index}`);
          if (typeof value === 'bigint') return `${key}:${value}`;
          if (value instanceof Uint8Array) {
            return `${key}:"${Buffer.from(value).toString('base64')}"`;
          }
          return `${key}:${Object.is(value, -0) ? '-0' : JSON.stringify(value)}`;
        });
        expect(Buffer.concat(chunks).toString()).toBe(`[{${fields.join()}}]`);
      }),
      { numRuns: 150 },
    );
  });

  it('keep the type of booleans, whole floats and decimals', async () => {
    await using connection = await connect();
    const parameters = [
      parameter('@flag', 'Bit', true),
      parameter('@whole', 'Float', 2),
      parameter('@price', 'Decimal', '12.50'),
      parameter('@huge', 'Decimal', '12345678901234567890.12'),
    ];
    await rowsOf(connection, 'INSERT INTO Flags VALUES (@flag)', parameters);
    await expect(rowsOf(connection, 'SELECT Flag FROM Flags')).resolves.toEqual([[true]]);
    await expect(
      rowsOf(connection, 'SELECT typeof(@whole), @price + 1, @huge', parameters),
    ).resolves.toEqual([['real', 13.5, '12345678901234567890.12']]);
  });

  it.each(['a\0b', '\ud800'])('refuses text that SQLite would change (%j)', async (value) => {
    await using connection = await connect();
    await expect(
      rowsOf(connection, 'SELECT @t', [parameter('@t', 'NVarChar', value)]),
    ).rejects.toThrow("The parameter '@t' holds a character that SQLite cannot store.");
  });
});

describe('cancelling', () => {
  it('ends the statement and its process; a new connection works on', async () => {
    await using connection = await connect();
    const pid = pidOf(connection);
    const abort = new AbortController();
    const running = firstEvent(connection, COUNT_FOREVER, abort);
    abort.abort();
    await expect(running).resolves.toMatchObject({ name: 'SqlError', kind: 'cancelled' });
    expect(isAlive(pid)).toBe(false);
    expect(connection.isUsable).toBe(false);
    await using next = await connect();
    await expect(rowsOf(next, 'SELECT count(*) FROM Patients')).resolves.toEqual([[2]]);
  });

  it('ends a statement between its rows', async () => {
    await using connection = await connect();
    const abort = new AbortController();
    const events = connection.execute(textCommand(ROWS_FOREVER), abort)[Symbol.asyncIterator]();
    await events.next();
    await events.next();
    abort.abort();
    await expect(events.next()).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('leaves a write undone, and its lock to others', async () => {
    await using connection = await connect();
    const abort = new AbortController();
    const write = `INSERT INTO Images.Scans SELECT n, NULL FROM (${ROWS_FOREVER})`;
    const running = firstEvent(connection, write, abort);
    await delay(100);
    abort.abort();
    await expect(running).resolves.toMatchObject({ kind: 'cancelled' });
    await using images = await connect('Images');
    await rowsOf(images, "UPDATE Scans SET Data = x'00ff'");
    await expect(rowsOf(images, 'SELECT count(*) FROM Scans')).resolves.toEqual([[1]]);
  });

  it('is refused at once when the signal has aborted before', async () => {
    await using connection = await connect();
    const signal = AbortSignal.abort();
    await expect(
      connection.execute(textCommand('SELECT 1'), { signal })[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({ kind: 'cancelled' });
    expect(connection.isUsable).toBe(true);
    await expect(catalogues.driver.connect({ signal })).rejects.toMatchObject({
      kind: 'cancelled',
    });
  });
});

describe('results that are not read to their end', () => {
  it('stop when the consumer leaves, and the connection goes on', async () => {
    await using connection = await connect();
    const pid = pidOf(connection);
    for await (const event of connection.execute(textCommand(ROWS_FOREVER), NO_SIGNAL)) {
      if (event.kind === 'rows') break;
    }
    expect(connection.isUsable).toBe(true);
    expect(pidOf(connection)).toBe(pid);
    await expect(rowsOf(connection, 'SELECT 1')).resolves.toEqual([[1]]);
  });

  it('kill the process when the statement does not come to its next rows', async () => {
    await using connection = await connect();
    const text = `SELECT ID FROM Patients; ${COUNT_FOREVER}`;
    const padded = `SELECT hex(zeroblob(70000)); ${text}`;
    for await (const event of connection.execute(textCommand(padded), NO_SIGNAL)) {
      if (event.kind === 'rows') break;
    }
    expect(connection.isUsable).toBe(false);
    expect(isAlive(pidOf(connection))).toBe(false);
  });
});

describe('processes', () => {
  it('tell the caller when one dies in the middle of a result', async () => {
    await using connection = await connect();
    const read = async (): Promise<void> => {
      for await (const event of connection.execute(textCommand(ROWS_FOREVER), NO_SIGNAL)) {
        if (event.kind === 'rows') process.kill(pidOf(connection), 'SIGKILL');
      }
    };
    await expect(read()).rejects.toMatchObject({
      kind: 'connection',
      errorType: 'haloLink',
      errorCode: 1004,
    });
    expect(connection.isUsable).toBe(false);
  });

  it('end with their connection', async () => {
    const connection = await connect();
    const pid = pidOf(connection);
    await connection[Symbol.asyncDispose]();
    expect(isAlive(pid)).toBe(false);
  });

  it('outlive the signals of a terminal', async () => {
    await using connection = await connect();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.kill(pidOf(connection), signal);
    }
    await expect(rowsOf(connection, 'SELECT 1')).resolves.toEqual([[1]]);
  });

  it('end when their parent dies, also in the middle of a statement', async () => {
    const program = new URL('../../../../dist/bin/sqlite-connection.js', import.meta.url).pathname;
    const file = `${catalogues.folder}/Clinic.db`;
    const parent = spawn(
      process.execPath,
      [
        '-e',
        `const { serialize } = require('node:v8');
         const child = require('node:child_process').spawn(process.execPath, [${JSON.stringify(program)}],
           { stdio: ['pipe', 'pipe', 'ignore'] });
         const send = (message) => {
           const body = serialize(message), head = Buffer.alloc(4);
           head.writeUInt32BE(body.length); child.stdin.write(head); child.stdin.write(body);
         };
         send({ kind: 'open', options: { catalogue: { name: 'Clinic', file: ${JSON.stringify(file)} },
           attached: [], dialect: 'sqlite' } });
         child.stdout.once('data', () => {
           send({ kind: 'execute', run: 1, command: { text: ${JSON.stringify(COUNT_FOREVER)}, type: 'text',
             parameters: [] } });
           setTimeout(() => console.log(child.pid), 300);
         });`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const pid = await new Promise<number>((resolve) => {
      parent.stdout.once('data', (bytes: Buffer) => resolve(Number(bytes)));
    });
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5_000, interval: 50 });
  });
});

describe('beside each other', () => {
  it('a writer works while a reader is open, and the reader keeps its view', async () => {
    await using reader = await connect();
    await using writer = await connect();
    const text = 'SELECT p.ID FROM Patients p, (SELECT 1 UNION ALL SELECT 2) ORDER BY p.ID';
    const rows = reader.execute(textCommand(text), NO_SIGNAL)[Symbol.asyncIterator]();
    await rows.next();
    await rowsOf(writer, "INSERT INTO Patients VALUES (3, 'New')");
    await rowsOf(writer, 'DELETE FROM Patients WHERE ID = 3');
    await expect(rows.next()).resolves.toMatchObject({ value: { rows: [[1], [1], [2], [2]] } });
    await rows.return?.();
  });
});
