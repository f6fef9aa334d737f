import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ScriptedDatabase } from '../../../test/support/scripted-database.ts';
import { DisposalStack } from '../../lib/disposal.ts';
import { createLogger } from '../../lib/logger.ts';
import type { LinkFrame } from '../../protocol/frames.ts';
import type { RunReport } from '../../protocol/registered-frames.ts';
import { ConnectionPool } from '../../sql/connection-pool.ts';
import { UploadClient } from '../async/upload-client.ts';
import { LinkEvents } from '../events.ts';
import { BackgroundQueue } from '../execution/background-queue.ts';
import type { Caller } from '../execution/caller.ts';
import { ImmediateActivity } from '../execution/immediate-activity.ts';
import { JournalFile } from '../journal/journal-file.ts';
import { RegisteredJournal, type RegisteredProgress } from '../journal/registered-journal.ts';
import { createLinkLoggers } from '../logger.ts';
import { PracticeControl } from '../policy/practice-control.ts';
import { LinkStatus } from '../status/link-status.ts';
import { NO_PROGRESS } from './apply-outcome.ts';
import { RegisteredQueries } from './registered-queries.ts';

const stack = new DisposalStack();
let journal: RegisteredJournal;
let database: ScriptedDatabase;
let sent: LinkFrame[];

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'parhelion-restart-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  journal = new RegisteredJournal(stack.use(new JournalFile(join(folder, 'journal.db'))));
  database = new ScriptedDatabase({
    'SELECT 1': async function* () {
      yield { kind: 'columns', columns: [{ name: 'v', type: 'text' }] };
      yield { kind: 'rows', rows: [['one']] };
      yield { kind: 'done', rowsAffected: 0, outputParameters: [] };
    },
    'UPDATE slowly': async function* (_command, wait) {
      await wait();
      yield { kind: 'done', rowsAffected: 1, outputParameters: [] };
    },
  });
  sent = [];
});
afterEach(() => stack[Symbol.asyncDispose]());

/** A link that starts over what the journal holds. */
function start(): RegisteredQueries {
  const events = new LinkEvents(
    createLinkLoggers(createLogger('link', 'silent')),
    new LinkStatus('26.1.1', Date.now),
  );
  const activity = new ImmediateActivity();
  const pool = stack.use(new ConnectionPool({ driver: database, maxConnections: 2 }));
  const client = stack.use(new UploadClient({ transport: {}, activity, stallMs: 1_000 }));
  const queries = stack.use(
    new RegisteredQueries({
      journal,
      pool,
      catalogues: [{ name: 'Main', isDefault: true }],
      loginOf: () => undefined,
      activity,
      events,
      control: new PracticeControl({
        policy: () => ({ kind: 'policy', policy: {}, fileHash: undefined }),
        trail: { append: async () => 1, keep: () => {} },
        clock: Date.now,
      }),
      queue: new BackgroundQueue({ concurrency: 1, onError: () => {} }),
      client,
      now: Date.now,
      random: Math.random,
      retry: { baseMs: 1, capMs: 1 },
      commandTransferMs: 1_000,
    }),
  );
  const caller: Caller = {
    sessionId: 'session',
    gatewayUrl: 'http://127.0.0.1:1',
    send: (frame) => sent.push(frame) > 0,
    dataChannel: () => Promise.reject(new Error('There is none.')),
    readStream: () => {
      throw new Error('There is none.');
    },
  };
  queries.connected(caller);
  return queries;
}

async function journalled(
  text: string,
  ageMs: number,
  progress: Partial<RegisteredProgress> = {},
): Promise<string> {
  const queryId = randomUUID();
  const order = {
    queryId,
    integratorId: randomUUID(),
    catalogue: undefined,
    command: { text },
    startAt: Date.now() - ageMs,
    frequencyMs: 100_000,
    durationMs: 500_000,
    executionLimitMs: 60_000,
    maxResultBytes: 1_000,
  };
  const mayWrite = text !== 'SELECT 1';
  await journal.add(order, mayWrite, { ...NO_PROGRESS, ...progress });
  return queryId;
}

const reports = () =>
  sent.flatMap((frame): RunReport[] => (frame.type === 'runReports' ? frame.reports : []));

async function reported(): Promise<RunReport> {
  await expect.poll(reports).not.toEqual([]);
  return reports()[0] as RunReport;
}

const progressOf = (queryId: string) =>
  journal.summaries().find((each) => each.queryId === queryId)?.progress;

test('runs that were missed are made up for by one, and the next is on the grid again', async () => {
  const queryId = await journalled('SELECT 1', 350_000, { nextIndex: 1, runNumber: 1 });
  start();
  await expect.poll(() => progressOf(queryId)).toMatchObject({ nextIndex: 4, runNumber: 2 });
  expect(database.ran).toHaveLength(1);
});

test('a run that is not due yet is not made', async () => {
  const queryId = await journalled('SELECT 1', 350_000, { nextIndex: 4, runNumber: 4 });
  start();
  expect(await reported()).toMatchObject({ queryId, runNumber: 4, isLast: false });
  expect(database.ran).toEqual([]);
});

test('a command that may write is not repeated when a crash has cut it', async () => {
  await journalled('UPDATE slowly', 1_000, { startedIndex: 0 });
  start();
  expect(await reported()).toMatchObject({
    runNumber: 1,
    failedCount: 1,
    lastError: { errorType: 'haloLink', errorCode: 1001 },
  });
  expect(database.ran).toEqual([]);
});

test('a command that may write is in the journal as begun before it runs', async () => {
  const queryId = await journalled('UPDATE slowly', 1_000);
  const queries = start();
  await database.until(({ started }) => started.length === 1);
  expect(progressOf(queryId)).toMatchObject({ startedIndex: 0, runNumber: 0 });
  queries.unregister({ type: 'unregister', queryIds: [queryId] });
  database.open();
  await database.until(({ finished }) => finished.length === 1);
  await expect.poll(() => journal.summaries()).toEqual([]);
});

test('a query whose time was over is reported as ended, and not run', async () => {
  await journalled('SELECT 1', 600_000, { nextIndex: 3, runNumber: 3, succeededCount: 3 });
  start();
  expect(await reported()).toMatchObject({ runNumber: 3, succeededCount: 3, isLast: true });
  expect(database.ran).toEqual([]);
});

test('a result that had not arrived is offered again, and its run reported after it', async () => {
  const queryId = await journalled('SELECT 1', 10, { nextIndex: 1, runNumber: 1 });
  const hash = `${'A'.repeat(43)}=`;
  const result = {
    runNumber: 1,
    hash,
    sha256: 'a'.repeat(64),
    size: 12,
    rows: 1,
    body: '[{"v":"é"}]',
  };
  await journal.keepResult(queryId, result);
  const queries = start();
  expect(sent).toEqual([
    {
      type: 'resultChanged',
      queryId,
      runNumber: 1,
      hash,
      sha256: result.sha256,
      size: 12,
      rows: 1,
      body: result.body,
    },
  ]);
  queries.resultSeen({ type: 'resultSeen', queryId, runNumber: 1, verdict: 'cached' });
  await reported();
  expect(progressOf(queryId)).toMatchObject({ uploadedHash: hash });
  expect(journal.result(queryId)).toBeUndefined();
});

test('a command that may write does not run when the journal cannot say that it does', async () => {
  const queryId = await journalled('UPDATE slowly', 1_000);
  const saveProgress = journal.saveProgress.bind(journal);
  journal.saveProgress = (id, progress) =>
    progress.startedIndex === undefined
      ? saveProgress(id, progress)
      : Promise.reject(new Error('The disk is full.'));
  start();
  expect(await reported()).toMatchObject({
    queryId,
    runNumber: 1,
    failedCount: 1,
    lastError: { errorType: 'haloLink', errorCode: 1000 },
  });
  expect(database.ran).toEqual([]);
});
