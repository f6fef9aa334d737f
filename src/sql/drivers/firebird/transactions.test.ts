import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createFirebirdDatabase,
  describeOnFirebird,
  type TestDatabase,
} from '../../../../test/support/firebird-server.ts';
import { TcpProxy } from '../../../../test/support/tcp-proxy.ts';
import type { Value } from '../../../protocol/values.ts';
import type { Connection, SqlCommand } from '../../driver.ts';
import { createFirebirdDriver } from './create-firebird-driver.ts';

const never = { signal: new AbortController().signal };

interface Result {
  readonly rows: (readonly Value[])[];
  rowsAffected: number;
}

async function run(
  connection: Connection,
  text: string,
  parameters: SqlCommand['parameters'] = [],
  options = never,
): Promise<Result> {
  const result: Result = { rows: [], rowsAffected: -1 };
  for await (const event of connection.execute({ text, type: 'text', parameters }, options)) {
    if (event.kind === 'rows') result.rows.push(...event.rows);
    if (event.kind === 'done') result.rowsAffected = event.rowsAffected;
  }
  return result;
}

const note = (value: string): SqlCommand['parameters'] => [
  { name: '@note', direction: 'input', typeName: 'NVarChar', value },
];

describeOnFirebird('transactions', () => {
  let database: TestDatabase;
  const connect = () => createFirebirdDriver(database.options).connect(never);

  beforeAll(async () => {
    database = await createFirebirdDatabase();
    await database.run(
      `CREATE TABLE SLOTS (ID INTEGER NOT NULL PRIMARY KEY, STATUS CHAR(1) NOT NULL, NOTE BLOB SUB_TYPE TEXT,
         TAKEN INTEGER DEFAULT 0 NOT NULL, CONSTRAINT CK_TAKEN CHECK (TAKEN < 2))`,
      'CREATE TABLE LOG (ID INTEGER)',
      `CREATE TRIGGER SLOTS_LOG FOR SLOTS AFTER UPDATE AS BEGIN
         INSERT INTO LOG VALUES (NEW.ID); INSERT INTO LOG VALUES (NEW.ID); END`,
    );
  });
  afterAll(() => database[Symbol.asyncDispose]());
  beforeEach(() =>
    database.run('DELETE FROM SLOTS', "INSERT INTO SLOTS (ID, STATUS) VALUES (1, 'F')"),
  );

  const TAKE = "UPDATE SLOTS SET STATUS = 'B', NOTE = @note, TAKEN = TAKEN + 1 WHERE ID = 1";

  /** Begins to change the row that the other transaction holds, once the database knows of the wait. */
  async function waiting(
    connection: Connection,
    text: string,
    options = never,
  ): Promise<{ readonly result: Promise<Result> }> {
    const result = run(connection, text, note('late'), options);
    result.catch(() => {});
    await expect
      .poll(() =>
        database.query(
          "SELECT 1 AS X FROM MON$STATEMENTS WHERE MON$STATE = 1 AND MON$SQL_TEXT LIKE 'UPDATE SLOTS%'",
        ),
      )
      .toHaveLength(1);
    return { result };
  }

  describe('that want the same row', () => {
    it('change it one after the other, each as the one before has left it', async () => {
      await using first = await connect();
      await using second = await connect();
      await using held = await first.begin(never);
      await using late = await second.begin(never);
      await run(first, TAKE, note('early'));
      const { result } = await waiting(second, `${TAKE} RETURNING TAKEN`);
      await run(first, "UPDATE SLOTS SET TAKEN = 0, STATUS = 'X' WHERE ID = 1");
      await held.commit();
      expect(await result).toEqual({ rows: [[1]], rowsAffected: 1 });
      await late.commit();
      const [row] = await database.query('SELECT STATUS, NOTE FROM SLOTS');
      expect(row).toMatchObject({ NOTE: 'late' });
    });

    it('change it as if the other had never been when that rolls back', async () => {
      await using first = await connect();
      await using second = await connect();
      await using held = await first.begin(never);
      await using late = await second.begin(never);
      await run(first, `${TAKE} AND STATUS = 'F'`, note('early'));
      const { result } = await waiting(second, `${TAKE} AND STATUS = 'F'`);
      await held.rollback();
      expect(await result).toMatchObject({ rowsAffected: 1 });
      await late.commit();
    });

    it('meet the rules of the table anew', async () => {
      await using first = await connect();
      await using second = await connect();
      await using held = await first.begin(never);
      await using late = await second.begin(never);
      await run(first, TAKE, note('early'));
      const { result } = await waiting(second, TAKE);
      await held.commit();
      await expect(result).rejects.toMatchObject({ kind: 'statement', constraint: 'check' });
      expect(second.isInTransaction).toBe(true);
      await late.rollback();
    });

    it('stop waiting when they are cancelled', async () => {
      await using first = await connect();
      await using second = await connect();
      await using held = await first.begin(never);
      const late = await second.begin(never);
      await run(first, TAKE, note('early'));
      const caller = new AbortController();
      const { result } = await waiting(second, TAKE, caller);
      caller.abort();
      await expect(result).rejects.toMatchObject({ kind: 'cancelled' });
      await expect(late.commit()).rejects.toMatchObject({ kind: 'statement', errorCode: 1004 });
      await held.rollback();
    });

    it('give up after a while, and stay open', { timeout: 30_000 }, async () => {
      await using first = await connect();
      await using second = await connect();
      await using held = await first.begin(never);
      await using late = await second.begin(never);
      await run(first, TAKE, note('early'));
      await expect(run(second, TAKE, note('late'))).rejects.toMatchObject({
        kind: 'statement',
        message: expect.stringMatching(/deadlock|lock time-out/i),
      });
      await held.commit();
      expect(await run(second, 'SELECT STATUS FROM SLOTS')).toMatchObject({ rows: [['B']] });
      await late.rollback();
    });
  });

  it('leave nothing of a cancelled execution, even between two of its rows', async () => {
    await using connection = await connect();
    const transaction = await connection.begin(never);
    await run(connection, TAKE, note('x'));
    const caller = new AbortController();
    const reading = async () => {
      const command = { text: 'SELECT ID FROM SLOTS', type: 'text', parameters: [] } as const;
      for await (const _ of connection.execute(command, caller)) caller.abort();
    };
    await expect(reading()).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(transaction.commit()).rejects.toMatchObject({ kind: 'statement' });
    const [row] = await database.query('SELECT STATUS FROM SLOTS');
    expect(row).toEqual({ STATUS: 'F' });
  });

  it('go on after a reader that leaves early', async () => {
    await using connection = await connect();
    await using transaction = await connection.begin(never);
    const text = 'SELECT A.RDB$TYPE FROM RDB$TYPES A, RDB$TYPES B';
    for await (const event of connection.execute({ text, type: 'text', parameters: [] }, never)) {
      if (event.kind === 'rows') break;
    }
    expect(await run(connection, TAKE, note('x'))).toMatchObject({ rowsAffected: 1 });
    await transaction.commit();
  });

  it('are not ended by a command inside, and are one at a time', async () => {
    await using connection = await connect();
    await using _transaction = await connection.begin(never);
    await expect(run(connection, 'COMMIT')).rejects.toThrow('cannot begin or end others');
    await expect(connection.begin(never)).rejects.toThrow('one transaction at a time');
  });

  it('have an unknown outcome when the answer to the commit is lost', async () => {
    await using proxy = await TcpProxy.listen(database.options.port ?? 3050);
    const port = Number(new URL(proxy.url).port);
    const driver = createFirebirdDriver({ ...database.options, port });
    const connection = await driver.connect(never);
    const transaction = await connection.begin(never);
    await run(connection, TAKE, note('x'));
    proxy.stall();
    const committing = transaction.commit();
    proxy.cut();
    await expect(committing).rejects.toMatchObject({ kind: 'connection', errorCode: 1004 });
    expect(connection.isUsable).toBe(false);
    await connection[Symbol.asyncDispose]();
  });

  it('count the rows that a statement changes, not those of its triggers', async () => {
    await using connection = await connect();
    await using transaction = await connection.begin(never);
    const rowsAffected = async (text: string) => (await run(connection, text)).rowsAffected;
    expect(await rowsAffected("INSERT INTO SLOTS (ID, STATUS) VALUES (2, 'F')")).toBe(1);
    expect(await rowsAffected("UPDATE SLOTS SET STATUS = 'B'")).toBe(2);
    expect(await rowsAffected("UPDATE SLOTS SET STATUS = 'B' WHERE ID = 9")).toBe(0);
    expect(await rowsAffected('DELETE FROM SLOTS WHERE ID = 2')).toBe(1);
    await transaction.rollback();
  });
});
