import { expect } from 'vitest';
import type { CaseCheck } from '../../src/sql/conformance/cases.ts';
import type { ConformanceTarget, Supported } from '../../src/sql/conformance/expectations.ts';
import { type CaseResult, runCase } from '../../src/sql/conformance/run-case.ts';
import { ConnectionPool } from '../../src/sql/connection-pool.ts';
import type { Connection, Transaction } from '../../src/sql/driver.ts';

type TransactionCheck = Extract<
  CaseCheck,
  | 'commit'
  | 'rollback'
  | 'disposal'
  | 'failureInside'
  | 'sameRow'
  | 'lostBeforeCommit'
  | 'readOnlyInside'
  | 'leftOpen'
>;

const ROUNDS = 20;

const signal = new AbortController().signal;

/** Runs the case's command in a transaction that sees what it did, and hands over before the end. */
async function withTransaction(
  { driver }: ConformanceTarget,
  { command, rowsAffected, after }: Supported,
  end: (transaction: Transaction, connection: Connection) => Promise<void>,
): Promise<void> {
  await using connection = await driver.connect({ signal });
  const { rowCount: before } = await runCase(connection, { text: after?.text ?? '' }, signal);
  const transaction = await connection.begin({ signal });
  expect(connection.isInTransaction).toBe(true);
  expect(await runCase(connection, command, signal)).toMatchObject({ rowsAffected });
  const inside = await runCase(connection, { text: after?.text ?? '' }, signal);
  expect(inside.rowCount).toBe(before + 1);
  await end(transaction, connection);
  expect(connection.isInTransaction).toBe(false);
}

async function expectLeft(
  { driver }: ConformanceTarget,
  { after }: Supported,
  connection?: Connection,
): Promise<void> {
  await using own = await driver.connect({ signal });
  const text = after?.text ?? '';
  expect(await runCase(connection ?? own, { text }, signal)).toMatchObject({ rows: after?.rows });
}

const expectError = (error: Supported['error']) => ({
  name: 'SqlError',
  errorType: error?.type,
  errorCode: error?.code,
  message: expect.stringContaining(error?.message ?? '-') as string,
});

/** One attempt to change the row, from beginning to commit. */
async function attempt(connection: Connection, { command }: Supported): Promise<CaseResult> {
  await using transaction = await connection.begin({ signal });
  const result = await runCase(connection, command, signal);
  await transaction.commit();
  return result;
}

/** How the cases of transactions are looked at. */
export const TRANSACTION_CHECKS: Record<
  TransactionCheck,
  (target: ConformanceTarget, expected: Supported) => Promise<void>
> = {
  async commit(target, expected) {
    await withTransaction(target, expected, async (transaction, connection) => {
      await transaction.commit();
      await expect(transaction.commit()).rejects.toThrow('The transaction is over.');
      await expectLeft(target, expected, connection);
    });
    await expectLeft(target, expected);
  },

  async rollback(target, expected) {
    await withTransaction(target, expected, async (transaction, connection) => {
      await transaction.rollback();
      await transaction.rollback();
      await expectLeft(target, expected, connection);
    });
    await expectLeft(target, expected);
  },

  async disposal(target, expected) {
    await withTransaction(target, expected, async (transaction, connection) => {
      await transaction[Symbol.asyncDispose]();
      expect(connection.isUsable).toBe(true);
    });
    await expectLeft(target, expected);
  },

  async failureInside(target, expected) {
    await withTransaction(target, expected, async (transaction, connection) => {
      await expect(runCase(connection, expected.command, signal)).rejects.toMatchObject({
        ...expectError(expected.error),
        kind: 'statement',
        constraint: 'unique',
      });
      expect(connection.isInTransaction).toBe(true);
      await expectLeft(target, expected, connection);
      await transaction.commit();
    });
    await expectLeft(target, expected);
  },

  async sameRow(target, expected) {
    await using first = await target.driver.connect({ signal });
    await using second = await target.driver.connect({ signal });
    for (let round = 0; round < ROUNDS; round += 1) {
      await runCase(first, { text: "UPDATE BOOKINGS SET STATUS = 'F' WHERE ID = 1" }, signal);
      const results = await Promise.all([attempt(first, expected), attempt(second, expected)]);
      expect(results.map(({ rowsAffected }) => rowsAffected).toSorted((a, b) => a - b)).toEqual([
        0, 1,
      ]);
      await expectLeft(target, expected, first);
    }
  },

  async lostBeforeCommit(target, expected) {
    await withTransaction(target, expected, async (transaction) => {
      await target.killSessions();
      await expect(transaction.commit()).rejects.toMatchObject({ name: 'SqlError' });
    });
    await expectLeft(target, expected);
  },

  async readOnlyInside(target, expected) {
    await withTransaction(target, expected, async (transaction, connection) => {
      const isReadOnly = true;
      const read = { text: expected.after?.text ?? '' };
      expect(await runCase(connection, read, signal, isReadOnly)).toMatchObject({ rowCount: 1 });
      const write = { text: 'DELETE FROM CHANGES' };
      await expect(runCase(connection, write, signal, isReadOnly)).rejects.toMatchObject({
        ...expectError(expected.error),
        kind: 'readOnly',
      });
      await transaction.commit();
    });
    await expectLeft(target, expected);
  },

  async leftOpen(target, { command, after }) {
    await using pool = new ConnectionPool({ driver: target.driver, maxConnections: 2 });
    const acquire = () => pool.acquire({ lane: 'immediate', signal });
    const lease = await acquire();
    await lease.connection.begin({ signal });
    await runCase(lease.connection, command, signal);
    await lease[Symbol.asyncDispose]();
    await using next = await acquire();
    expect(next.connection).not.toBe(lease.connection);
    await expect.poll(() => lease.connection.isUsable).toBe(false);
    const left = await runCase(next.connection, { text: after?.text ?? '' }, signal);
    expect(left).toMatchObject({ rows: after?.rows });
  },
};
