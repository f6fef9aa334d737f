import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { firebirdConformanceTarget } from '../../../test/support/firebird-conformance.ts';
import { isFirebirdSkipped } from '../../../test/support/firebird-server.ts';
import { mssqlConformanceTarget } from '../../../test/support/mssql-conformance.ts';
import { sqliteConformanceTarget } from '../../../test/support/sqlite-conformance.ts';
import { TRANSACTION_CHECKS } from '../../../test/support/transaction-checks.ts';
import { ConnectionPool } from '../connection-pool.ts';
import type { Connection, Driver } from '../driver.ts';
import { CASES, type CaseCheck, type ConformanceCase } from './cases.ts';
import { ENGINES } from './engines.ts';
import type { CaseCommand, ConformanceTarget, ExpectedError, Supported } from './expectations.ts';
import { runCase, toSqlCommand } from './run-case.ts';

/** How to get at each engine's database. */
const TARGETS: Record<
  string,
  { readonly isSkipped: boolean; readonly open: () => Promise<ConformanceTarget> }
> = {
  sqlite: { isSkipped: false, open: sqliteConformanceTarget },
  mssql: { isSkipped: false, open: mssqlConformanceTarget },
  firebird: { isSkipped: isFirebirdSkipped, open: firebirdConformanceTarget },
};

const never = (): AbortSignal => new AbortController().signal;
const ZONES = ['UTC', 'Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Apia'];

const matching = ({ type, code, message, constraint }: ExpectedError) => ({
  name: 'SqlError',
  errorType: type,
  errorCode: code,
  message: expect.stringContaining(message) as string,
  constraint,
});

/** What came of it, be it a result or an error. */
const outcomeOf = (running: Promise<unknown>): Promise<unknown> =>
  running.catch((error: unknown) => error);

async function withConnection<T>(
  driver: Driver,
  fn: (connection: Connection) => Promise<T>,
  catalogue?: string,
): Promise<T> {
  await using connection = await driver.connect({
    ...(catalogue !== undefined && { catalogue }),
    signal: never(),
  });
  return await fn(connection);
}

/** The outcome that the case demands. A case that demands nothing proves nothing. */
function demanded({ error, rows, rowCount, rowsAffected, outputs }: Partial<Supported>): object {
  if (error) return matching(error);
  const facts = Object.entries({ rows, rowCount, rowsAffected, outputs });
  const given = facts.filter(([, value]) => value !== undefined);
  if (given.length === 0) throw new Error('The case says nothing of its result.');
  return Object.fromEntries(given);
}

async function expectResult(
  target: ConformanceTarget,
  expected: Partial<Supported>,
  catalogue?: string,
): Promise<void> {
  await withConnection(
    target.driver,
    async (connection) => {
      const outcome = await outcomeOf(
        runCase(connection, expected.command as CaseCommand, never()),
      );
      expect(outcome).toMatchObject(demanded(expected));
      expect(connection.isUsable).toBe(true);
    },
    catalogue,
  );
  await expectAfter(target, expected.after);
}

async function expectAfter(
  { driver }: ConformanceTarget,
  after: Supported['after'],
): Promise<void> {
  if (!after) return;
  const left = withConnection(driver, (connection) => runCase(connection, after, never()));
  await expect(left).resolves.toMatchObject({ rows: after.rows });
}

/** Waits until the database says so; one that cannot be asked is believed. */
async function expectRunning(target: ConformanceTarget, isWanted: boolean): Promise<void> {
  const isRunning = async () => (target.isRunning ? target.isRunning() : isWanted);
  await vi.waitFor(async () => expect(await isRunning()).toBe(isWanted), 5_000);
}

async function expectRefusedConnection(
  driver: Driver | undefined,
  { error }: Supported,
  catalogue?: string,
): Promise<void> {
  if (!driver || !error) throw new Error('The target has no such driver.');
  const connecting = withConnection(driver, async () => {}, catalogue);
  await expect(connecting).rejects.toMatchObject({ ...matching(error), kind: 'connection' });
}

const CHECKS: Record<CaseCheck, (target: ConformanceTarget, expected: Supported) => Promise<void>> =
  {
    ...TRANSACTION_CHECKS,
    result: (target, expected) => expectResult(target, expected),
    catalogue: (target, expected) => expectResult(target, expected, 'Images'),
    unknownCatalogue: ({ driver }, expected) => expectRefusedConnection(driver, expected, 'Nope'),
    wrongPassword: ({ strangerDriver }, expected) =>
      expectRefusedConnection(strangerDriver, expected),
    unreachable: ({ unreachableDriver }, expected) =>
      expectRefusedConnection(unreachableDriver, expected),

    async readOnly(target, expected) {
      await withConnection(target.driver, async (connection) => {
        const outcome = await outcomeOf(runCase(connection, expected.command, never(), true));
        expect(outcome).toMatchObject({
          ...demanded(expected),
          ...(expected.error && { kind: 'readOnly' }),
        });
        await expectAfter(target, expected.after);
        const write = { text: 'UPDATE Patients SET Weight = 70.5 WHERE ID = 2' };
        expect(await runCase(connection, write, never())).toMatchObject({ rowsAffected: 1 });
      });
    },

    async cancel(target, { command, after }) {
      const abort = new AbortController();
      await withConnection(target.driver, async (connection) => {
        const running = runCase(connection, command, abort.signal);
        const outcome = outcomeOf(running);
        await expectRunning(target, true);
        abort.abort();
        expect(await outcome).toMatchObject({ kind: 'cancelled' });
      });
      await expectRunning(target, false);
      await expectAfter(target, after);
    },

    async leave(target, { command, after }) {
      await withConnection(target.driver, async (connection) => {
        for await (const event of connection.execute(toSqlCommand(command), { signal: never() })) {
          if (event.kind === 'rows') break;
        }
        await expectRunning(target, false);
      });
      await expectAfter(target, after);
    },

    async backPressure(target, { command, rowCount }) {
      let rows = 0;
      let largestBatch = 0;
      await withConnection(target.driver, async (connection) => {
        for await (const event of connection.execute(toSqlCommand(command), { signal: never() })) {
          if (event.kind !== 'rows') continue;
          rows += event.rows.length;
          largestBatch = Math.max(largestBatch, event.rows.length);
          // While nothing is asked for, the database must come to rest before its last row.
          if (rows === event.rows.length) {
            await expectRunning(target, false);
            await turn();
          }
        }
      });
      expect(rows).toBe(rowCount);
      expect(largestBatch).toBeLessThanOrEqual(10_000);
    },

    async timeZones(target, expected) {
      const before = process.env['TZ'];
      onTestFinished(() => {
        if (before === undefined) delete process.env['TZ'];
        else process.env['TZ'] = before;
      });
      const offsets = new Set<number>();
      for (const zone of ZONES) {
        process.env['TZ'] = zone;
        offsets.add(new Date('2024-01-01T00:00:00Z').getTimezoneOffset());
        await expectResult(target, expected);
      }
      expect(offsets.size).toBe(ZONES.length);
    },

    async sessions(target, expected) {
      await vi.waitFor(async () => expect(await target.countSessions()).toBe(0));
      const pool = new ConnectionPool({ driver: target.driver, maxConnections: 3 });
      const use = async (index: number): Promise<void> => {
        const abort = new AbortController();
        await using lease = await pool.acquire({ lane: 'immediate', signal: never() });
        const isBroken = index % 3 === 0;
        const command = isBroken ? { text: 'SELECT FROM WHERE' } : expected.command;
        const running = runCase(lease.connection, command, abort.signal);
        if (index % 3 === 1) abort.abort();
        expect(await outcomeOf(running)).toMatchObject(
          index % 3 === 2 ? { rows: expected.rows } : { name: 'SqlError' },
        );
      };
      await Promise.all(Array.from({ length: 30 }, (_, index) => use(index)));
      expect(await target.countSessions()).toBeLessThanOrEqual(3);
      await pool[Symbol.asyncDispose]();
      await vi.waitFor(async () => expect(await target.countSessions()).toBe(0));
    },
  };

describe.each(ENGINES)('$title', ({ engine, cases }) => {
  const { isSkipped, open } = TARGETS[engine] ?? {};
  if (!open) throw new Error(`The suite has no target for ${engine}.`);
  describe.skipIf(isSkipped)('conforms', () => {
    let target: ConformanceTarget;
    beforeAll(async () => {
      target = await open();
    });
    afterAll(() => target?.[Symbol.asyncDispose]());

    it.each(CASES)('$group: $title', async ({ id, check }: ConformanceCase) => {
      const expected = cases[id];
      if (!('notSupported' in expected)) return CHECKS[check](target, expected);
      expect(expected.notSupported).not.toBe('');
      if (expected.command) await expectResult(target, expected);
    });
  });
});
