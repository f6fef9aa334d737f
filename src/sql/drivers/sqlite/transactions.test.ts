import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../driver.ts';
import {
  eventsOf,
  NO_SIGNAL,
  rowsOf,
  type TemporaryCatalogues,
  temporaryCatalogues,
} from './testing/temporary-catalogues.ts';

const SCHEMA = `
  CREATE TABLE Parents(ID int NOT NULL PRIMARY KEY, Code nvarchar(9) NOT NULL UNIQUE, N int CHECK (N > 0));
  CREATE TABLE Children(ID int NOT NULL PRIMARY KEY, ParentID int REFERENCES Parents DEFERRABLE INITIALLY DEFERRED);
  INSERT INTO Parents VALUES (1, 'a', 1);`;

const CANCELLED = { kind: 'cancelled' };
const OVER = { kind: 'statement', message: expect.stringContaining('The transaction is over') };

describe.each(['sqlite', 'tsql'] as const)('a transaction, dialect %s', (dialect) => {
  let catalogues: TemporaryCatalogues;
  beforeAll(() => {
    catalogues = temporaryCatalogues({ Clinic: SCHEMA }, dialect);
  });
  afterAll(() => catalogues[Symbol.dispose]());

  const connect = (): Promise<Connection> => catalogues.driver.connect(NO_SIGNAL);
  const insert = (connection: Connection, id: number) =>
    eventsOf(connection, `INSERT INTO Parents (ID, Code) VALUES (${id}, '${id}')`);
  const stored = async (id: number): Promise<boolean> => {
    await using connection = await connect();
    return (await rowsOf(connection, `SELECT ID FROM Parents WHERE ID = ${id}`)).length > 0;
  };

  it('is one at a time', async () => {
    await using connection = await connect();
    await using _transaction = await connection.begin(NO_SIGNAL);
    await expect(connection.begin(NO_SIGNAL)).rejects.toThrow('one transaction at a time');
  });

  it('begins when the one before it has ended', async () => {
    await using first = await connect();
    await using second = await connect();
    const transaction = await first.begin(NO_SIGNAL);
    await insert(first, 10);
    const waiting = second.begin(NO_SIGNAL);
    await transaction.commit();
    await using _later = await waiting;
    expect(await rowsOf(second, 'SELECT ID FROM Parents WHERE ID = 10')).toHaveLength(1);
  });

  it('is not waited for longer than the signal says', async () => {
    await using first = await connect();
    await using second = await connect();
    await using _transaction = await first.begin(NO_SIGNAL);
    const abort = new AbortController();
    const waiting = second.begin({ signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toMatchObject(CANCELLED);
    expect(second.isUsable).toBe(false);
    expect(second.isInTransaction).toBe(false);
  });

  it('does not stand when an execution inside is cancelled, even one that has ended', async () => {
    await using connection = await connect();
    const transaction = await connection.begin(NO_SIGNAL);
    await insert(connection, 11);
    const abort = new AbortController();
    const command = { text: 'SELECT ID FROM Parents', type: 'text', parameters: [] } as const;
    const running = async () => {
      for await (const _ of connection.execute(command, { signal: abort.signal })) abort.abort();
    };
    await expect(running()).rejects.toMatchObject(CANCELLED);
    await expect(transaction.commit()).rejects.toMatchObject({ kind: 'statement' });
    expect(await stored(11)).toBe(false);
  });

  it('stays usable when a reader inside leaves early', async () => {
    await using connection = await connect();
    const transaction = await connection.begin(NO_SIGNAL);
    await insert(connection, 12);
    const command = { text: 'SELECT ID FROM Parents', type: 'text', parameters: [] } as const;
    for await (const event of connection.execute(command, NO_SIGNAL)) {
      if (event.kind === 'rows') break;
    }
    await transaction.commit();
    expect(await stored(12)).toBe(true);
  });

  it('does not stand when the commit itself breaks a rule', async () => {
    await using connection = await connect();
    const transaction = await connection.begin(NO_SIGNAL);
    await insert(connection, 13);
    await eventsOf(connection, 'INSERT INTO Children (ID, ParentID) VALUES (1, 99)');
    await expect(transaction.commit()).rejects.toMatchObject({ kind: 'statement' });
    expect(connection.isUsable).toBe(false);
    expect(await stored(13)).toBe(false);
  });

  it('begins on a connection that was read-only before', async () => {
    await using connection = await connect();
    const read = { text: 'SELECT ID FROM Parents', type: 'text', parameters: [] } as const;
    for await (const _ of connection.execute(read, { ...NO_SIGNAL, isReadOnly: true }));
    await using transaction = await connection.begin(NO_SIGNAL);
    await insert(connection, 14);
    await transaction.commit();
    expect(await stored(14)).toBe(true);
  });

  const inOwnWords = dialect === 'sqlite' ? describe : undefined;
  inOwnWords?.('in SQLite’s own words', () => {
    it.each(['COMMIT', 'ROLLBACK', 'BEGIN', 'SAVEPOINT s', 'END'])(
      'refuses %s of a command inside',
      async (text) => {
        await using connection = await connect();
        await using _transaction = await connection.begin(NO_SIGNAL);
        await expect(eventsOf(connection, text)).rejects.toThrow('inside a transaction');
      },
    );

    it('tells constraints apart', async () => {
      await using connection = await connect();
      const kindOf = async (text: string): Promise<unknown> =>
        eventsOf(connection, text).catch(({ constraint }) => constraint);
      expect(await kindOf("INSERT INTO Parents VALUES (1, 'b', 1)")).toBe('unique');
      expect(await kindOf("INSERT INTO Parents VALUES (20, 'a', 1)")).toBe('unique');
      expect(await kindOf('INSERT INTO Parents VALUES (20, NULL, 1)')).toBe('notNull');
      expect(await kindOf("INSERT INTO Parents VALUES (20, 'b', 0)")).toBe('check');
      expect(await kindOf('INSERT INTO Children VALUES (1, 99)')).toBe('foreignKey');
      expect(await kindOf('SELECT Nope')).toBeUndefined();
    });
  });

  const inTsql = dialect === 'tsql' ? describe : undefined;
  inTsql?.('in T-SQL', () => {
    it('counts for @@TRANCOUNT, and inner ones only count', async () => {
      await using connection = await connect();
      await using _transaction = await connection.begin(NO_SIGNAL);
      const text = 'BEGIN TRAN; SELECT @@TRANCOUNT AS N; COMMIT; SELECT @@TRANCOUNT AS N';
      expect(await rowsOf(connection, text)).toEqual([[2], [1]]);
      expect(await rowsOf(connection, 'SELECT @@TRANCOUNT AS N')).toEqual([[1]]);
    });

    it.each(['ROLLBACK', 'COMMIT', 'ROLLBACK; BEGIN TRAN'])(
      'that %s of a command has ended takes nothing more',
      async (text) => {
        await using connection = await connect();
        const transaction = await connection.begin(NO_SIGNAL);
        await eventsOf(connection, text);
        await expect(insert(connection, 15)).rejects.toMatchObject(OVER);
        await expect(transaction.commit()).rejects.toMatchObject(OVER);
        expect(await stored(15)).toBe(false);
      },
    );
  });
});
