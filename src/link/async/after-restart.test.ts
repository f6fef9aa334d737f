import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Manners, setUpAsync } from '../../../test/support/async-setup.ts';
import { ask } from '../../../test/support/link-setup.ts';
import { ScriptedDatabase } from '../../../test/support/scripted-database.ts';
import { until } from '../../../test/support/until.ts';
import type { Command } from '../../protocol/command.ts';
import { SqlError } from '../../sql/sql-error.ts';
import { JournalFile } from '../journal/journal-file.ts';
import { type JournalState, type QueryFacts, QueryJournal } from '../journal/query-journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'parhelion-restart-'));
let journalPath: string;
beforeEach(() => {
  journalPath = join(folder, randomUUID(), 'journal.db');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A journal as a link that was killed leaves it. */
async function leave(
  command: Command,
  state: JournalState,
  left: {
    readonly attempt?: number;
    readonly facts?: QueryFacts;
    readonly expiresAt?: number;
  } = {},
): Promise<string> {
  const { attempt = state === 'queued' ? 0 : 1, facts: known = {}, expiresAt = 1e15 } = left;
  using file = new JournalFile(journalPath);
  const journal = new QueryJournal(file);
  const queryId = randomUUID();
  await journal.add({
    queryId,
    integratorId: randomUUID(),
    catalogue: undefined,
    command,
    pageBytes: 1024 * 1024,
    executionLimitMs: 60_000,
    expiresAt,
  });
  await journal.advance(queryId, { state, attempt, facts: known });
  return queryId;
}

const READ = { text: 'SELECT 1' };
const WRITE = { text: 'UPDATE 5 MB' };
const facts = { rows: 5, size: 5_000_000, pages: 5, sqlExecutionMs: 3 };

const restart = (manners: Manners = {}) => setUpAsync({ journalPath }, manners);

describe('after a restart', () => {
  it.each([
    { state: 'queued', command: READ, end: { state: 'successful', attempt: 1 }, runs: 1 },
    { state: 'queued', command: WRITE, end: { state: 'successful', attempt: 1 }, runs: 1 },
    { state: 'executing', command: READ, end: { state: 'successful', attempt: 2 }, runs: 1 },
    {
      state: 'executing',
      command: WRITE,
      end: { state: 'executionFailed', attempt: 1, errorDetails: { errorCode: 1001 } },
      runs: 0,
    },
    {
      state: 'executing',
      command: { text: 'SELECT 1', type: 'storedProcedure' },
      end: { state: 'executionFailed', errorDetails: { errorCode: 1001 } },
      runs: 0,
    },
    { state: 'uploading', command: READ, end: { state: 'successful', attempt: 2 }, runs: 1 },
    {
      state: 'uploading',
      command: WRITE,
      end: {
        state: 'uploadFailed',
        attempt: 1,
        rows: 5,
        errorDetails: { errorCode: 1005, errorMessage: expect.stringMatching(/has run.*are lost/) },
      },
      runs: 0,
    },
    { state: 'successful', command: WRITE, end: { state: 'successful', pages: 5 }, runs: 0 },
    { state: 'expiredInQueue', command: READ, end: { state: 'expiredInQueue' }, runs: 0 },
  ] as const)('$state, $command.text ($command.type): $end.state', async (row) => {
    const left = row.state === 'queued' || row.state === 'executing' ? {} : { facts };
    const queryId = await leave(row.command, row.state, left);
    const { remote, database, link } = await restart();
    expect(await remote.ended(queryId)).toMatchObject(row.end);
    expect(database.started).toHaveLength(row.runs);
    await until('it is forgotten', () => {
      remote.session?.send({ type: 'enquire', queryIds: [queryId] });
      return remote.statesOf(queryId).includes('unknown 0');
    });
    await link.stop();
    using file = new JournalFile(journalPath);
    expect(new QueryJournal(file).summaries()).toEqual([]);
  });

  it('a read does not run again when the gateway says that it is over', async () => {
    const queryId = await leave(READ, 'executing');
    const { remote, database } = await restart({
      onReport: ({ state, attempt }) => (state === 'executing' && attempt === 2 ? 'over' : 'noted'),
    });
    await remote.reported(queryId, 'executing', 2);
    await until('it is forgotten', () => {
      remote.session?.send({ type: 'enquire', queryIds: [queryId] });
      return remote.statesOf(queryId).includes('unknown 0');
    });
    expect(database.started).toEqual([]);
  });

  it('a read that ends the link each time is not run for ever', async () => {
    const queryId = await leave(READ, 'executing', { attempt: 10 });
    const { remote, database } = await restart();
    expect(await remote.ended(queryId)).toMatchObject({
      state: 'executionFailed',
      errorDetails: { errorCode: 1005 },
    });
    expect(database.started).toEqual([]);
  });

  it('the order and the time in the queue are kept', async () => {
    const late = await leave(READ, 'queued', { expiresAt: 1_000 });
    const ids = [];
    for (let n = 0; n < 20; n += 1) ids.push(await leave(READ, 'queued'));
    const { remote, database } = await restart();
    expect((await remote.ended(late)).state).toBe('expiredInQueue');
    for (const queryId of ids) await remote.ended(queryId);
    expect(database.started).toHaveLength(20);
  });
});

describe('a stop of the link', () => {
  it('cuts a read, which runs again at the next start, and leaves what waits', async () => {
    const first = await setUpAsync({ journalPath });
    const read = first.remote.enqueue({ text: 'SELECT 2' });
    const waiting = first.remote.enqueue(READ);
    await first.database.until(({ started }) => started.length === 1);
    await first.remote.reported(waiting.queryId, 'queued');
    await first.link.stop();
    expect(first.database.stopped).toEqual(['SELECT 2']);
    const { remote, database } = await restart();
    database.open();
    expect(await remote.ended(read.queryId)).toMatchObject({ state: 'successful', attempt: 2 });
    expect(await remote.ended(waiting.queryId)).toMatchObject({ state: 'successful', attempt: 1 });
  });

  it('waits a moment for a write, and says so when that was not enough', async () => {
    const quick = await setUpAsync({ journalPath, timings: { drainMs: 10_000 } });
    const write = quick.remote.enqueue({ text: 'UPDATE slowly', executionMode: 'nonQuery' });
    await quick.database.until(({ started }) => started.length === 1);
    const stopped = quick.link.stop();
    quick.database.open();
    await stopped;
    expect((await quick.remote.ended(write.queryId)).state).toBe('successful');

    const slow = await setUpAsync({ journalPath, timings: { drainMs: 20 } });
    const cut = slow.remote.enqueue({ text: 'UPDATE slowly', executionMode: 'nonQuery' });
    await slow.database.until(({ started }) => started.length === 1);
    await slow.link.stop();
    expect(await slow.remote.ended(cut.queryId)).toMatchObject({
      state: 'executionFailed',
      errorDetails: { errorCode: 1001 },
    });
    const { remote, database } = await restart();
    database.open();
    expect(await remote.run(READ)).toMatchObject({ state: 'successful' });
    expect(database.started).toEqual(['SELECT 1']);
  });
});

describe('a connection that is lost', () => {
  it.each([
    { text: 'SELECT 1', losses: 2, end: { state: 'successful', attempt: 3 }, runs: 3 },
    {
      text: 'SELECT 1',
      losses: 3,
      end: { state: 'executionFailed', errorDetails: { errorCode: 1004 } },
      runs: 3,
    },
    {
      text: 'UPDATE 1',
      losses: 1,
      end: { state: 'executionFailed', attempt: 1, errorDetails: { errorCode: 1001 } },
      runs: 1,
    },
  ])('$losses times under $text: $end.state', async ({ text, losses, end: expected, runs }) => {
    let lost = 0;
    const script = async function* () {
      yield { kind: 'columns', columns: [{ name: 'v', type: 'text' }] } as const;
      yield { kind: 'rows', rows: [['x'.repeat(2_000)], ['y'.repeat(2_000)]] } as const;
      if (lost++ < losses) throw new SqlError('connection', 'haloLink', 1004, 'secret host');
      yield { kind: 'done', rowsAffected: 0, outputParameters: [] } as const;
    };
    const driver = new ScriptedDatabase({ [text]: script });
    const { remote } = await setUpAsync({ driver });
    const end = await remote.run({ text }, { pageBytes: 1_024 });
    expect(end).toMatchObject(expected);
    expect(driver.started).toHaveLength(runs);
    const rows = remote.rows(end.queryId, end.attempt);
    expect(rows.length).toBeGreaterThanOrEqual(runs > losses ? 2 : 0);
  });
});

describe('a journal that cannot be written', () => {
  const broken = async (when: string): Promise<void> => {
    {
      using _file = new JournalFile(journalPath);
    }
    const raw = new Libsql(journalPath);
    raw.exec(
      `CREATE TRIGGER broken BEFORE ${when} BEGIN SELECT RAISE(ABORT, 'no space left'); END`,
    );
    raw.close();
  };

  it('takes no query, and immediate ones go on', async () => {
    await broken('INSERT ON async_queries');
    const { remote, logs } = await restart();
    expect(await remote.run(READ)).toMatchObject({
      state: 'notQueued',
      errorDetails: { errorType: 'haloLink', errorCode: 1000 },
    });
    expect(logs.some(({ level }) => level === 50)).toBe(true);
    if (!remote.session) throw new Error('no session');
    expect((await ask(remote.session, READ)).frame.type).toBe('result');
  });

  it('runs nothing that it could not remember', async () => {
    await broken("UPDATE ON async_queries WHEN NEW.state = 'executing'");
    const { remote, database } = await restart();
    expect(await remote.run(WRITE)).toMatchObject({
      state: 'executionFailed',
      errorDetails: { errorType: 'haloLink', errorCode: 1000 },
    });
    expect(database.started).toEqual([]);
  });
});
