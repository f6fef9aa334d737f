import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeSession } from '../../../test/support/fake-gateway.ts';
import { setUp } from '../../../test/support/link-setup.ts';
import type { RegisterFrame } from '../../protocol/registered-frames.ts';

let folder: string;
let journalPath: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parhelion-registered-'));
  journalPath = join(folder, 'journal.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const HOUR_MS = 3_600_000;

function register(
  session: FakeSession,
  text: string | undefined,
  frame: Partial<RegisterFrame> = {},
): string {
  const queryId = randomUUID();
  session.send({
    type: 'register',
    queryId,
    integratorId: randomUUID(),
    streamId: 1,
    frequencyMs: HOUR_MS,
    durationMs: 24 * HOUR_MS,
    ageMs: 0,
    executionLimitMs: 60_000,
    maxResultBytes: 1_000_000,
    ...(text !== undefined && { command: { text } }),
    ...frame,
  });
  return queryId;
}

async function kept(session: FakeSession): Promise<readonly string[]> {
  const { frame } = await session.next('registrations');
  expect(frame.outcome).toBe('kept');
  return frame.queryIds;
}

async function report(session: FakeSession) {
  const { frame } = await session.next('runReports');
  return frame.reports[0];
}

describe('a registered query at the link', () => {
  it('is kept, run at once, offered, uploaded and then reported', async () => {
    const { gateway, database } = await setUp(
      { onRequest: () => ({ status: 204 }) },
      { journalPath },
    );
    const session = await gateway.session();
    const queryId = register(session, 'SELECT 1');
    expect(await kept(session)).toEqual([queryId]);
    const { frame: offer } = await session.next('resultChanged');
    expect(offer).toMatchObject({ queryId, runNumber: 1, rows: 1, size: 13 });
    const upload = { url: '/link/somewhere', headers: { authorization: 'Bearer once' } };
    session.send({ type: 'resultSeen', queryId, runNumber: 1, verdict: 'upload', upload });
    const first = await report(session);
    expect(first).toMatchObject({ queryId, runNumber: 1, succeededCount: 1, isLast: false });
    expect(gateway.requests).toEqual([{ path: '/link/somewhere', body: [{ v: 'one' }] }]);
    expect(database.ran).toHaveLength(1);
  });

  it('whose command is too large for a frame comes on the data stream', async () => {
    const { gateway } = await setUp({}, { journalPath });
    const session = await gateway.session();
    const queryId = register(session, undefined, { streamId: 7 });
    const channel = await gateway.dataChannel();
    const bytes = Buffer.from(JSON.stringify({ text: 'SELECT 1' }));
    await channel.write(7, [bytes], new AbortController().signal);
    expect(await kept(session)).toEqual([queryId]);
    await session.next('resultChanged');
  });

  it('goes on behind the runs that the gateway knows of, without an upload of what it has', async () => {
    const { gateway } = await setUp({}, { journalPath });
    const session = await gateway.session();
    const queryId = register(session, 'SELECT 1');
    const { frame: offer } = await session.next('resultChanged');
    session.send({ type: 'unregister', queryIds: [queryId] });
    const earlier = {
      runNumber: 40,
      succeededCount: 30,
      failedCount: 10,
      resultSizeSum: 1_000,
      lastRunAgoMs: 2 * HOUR_MS,
      lastHash: offer.hash,
    };
    const again = register(session, 'SELECT 1', { ageMs: 5.5 * HOUR_MS, earlier });
    const next = await report(session);
    expect(next).toMatchObject({ queryId: again, runNumber: 41, succeededCount: 31 });
    expect(next?.resultSizeSum).toBe(1_013);
    expect(session.waitingFrames.filter(({ type }) => type === 'resultChanged')).toEqual([]);
  });

  it('of which the gateway knows more than this link is asked for, and what it has dropped ends', async () => {
    const { gateway, link } = await setUp({}, { journalPath });
    const session = await gateway.session();
    const [stays, goes] = [register(session, 'nothing'), register(session, 'nothing')];
    await expect.poll(() => link.status().counters.registeredQueries).toBe(2);
    const missing = randomUUID();
    const queries = [stays, missing].map((queryId) => ({ queryId, ageMs: 0 }));
    session.send({ type: 'registeredList', isFirst: true, isLast: true, queries });
    for (let told: string[] = []; !told.includes(missing); ) {
      const { frame } = await session.next('registrations');
      if (frame.outcome === 'missing') told = frame.queryIds;
    }
    session.send({
      type: 'runsSeen',
      seen: [{ queryId: goes, runNumber: 1, verdict: 'over' }],
    });
    await expect.poll(() => link.status().counters.registeredQueries).toBe(1);
  });

  it('is stopped in the database when it is cancelled during a read', async () => {
    const { gateway, database } = await setUp({}, { journalPath });
    const session = await gateway.session();
    const queryId = register(session, 'SELECT 2');
    await database.until(({ started }) => started.length === 1);
    session.send({ type: 'unregister', queryIds: [queryId] });
    await database.until(({ stopped }) => stopped.length === 1);
    await kept(session);
    expect((await session.next('registrations')).frame).toMatchObject({
      outcome: 'dropped',
      queryIds: [queryId],
    });
  });
});
