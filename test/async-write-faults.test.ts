import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FaultBed, type Stage, slowWrite, type Victim } from './support/async-faults.ts';
import { untilIdle } from './support/process-tree.ts';

let bed: FaultBed;
beforeAll(async () => {
  bed = await FaultBed.start();
});
afterAll(() => bed[Symbol.asyncDispose]());
beforeEach(() => bed.renew());

describe('a write runs at most once, and ends truthfully', { timeout: 180_000 }, () => {
  let patients = 0;
  const once = { query: { status: 'successful', result: { rowsAffected: 1 } }, runs: [1] };
  const unknown = {
    query: { status: 'executionFailed', errorDetails: { errorCode: 1001 } },
    runs: [0, 1],
  };

  test.each<{ stage: Stage; victim: Victim; wanted: typeof once | typeof unknown }>([
    { stage: 'accepted', victim: 'gateway', wanted: once },
    { stage: 'accepted', victim: 'link', wanted: once },
    { stage: 'accepted', victim: 'line', wanted: once },
    { stage: 'queued', victim: 'gateway', wanted: once },
    { stage: 'queued', victim: 'link', wanted: once },
    { stage: 'queued', victim: 'line', wanted: once },
    { stage: 'executing', victim: 'gateway', wanted: once },
    { stage: 'executing', victim: 'link', wanted: unknown },
    { stage: 'executing', victim: 'line', wanted: once },
    { stage: 'executing', victim: 'connection', wanted: unknown },
    { stage: 'unreported', victim: 'gateway', wanted: once },
    { stage: 'unreported', victim: 'link', wanted: once },
    { stage: 'unreported', victim: 'line', wanted: once },
  ])('$stage, then the $victim fails: $wanted.query.status', async ({ stage, victim, wanted }) => {
    const patient = 200 + patients++;
    const { system } = bed;
    await system.queries.nonQuery(
      `UPDATE Patients SET Middlename = '' WHERE InternalID = ${patient}`,
    );
    const write = { text: slowWrite(patient), executionMode: 'nonQuery' } as const;
    const query = await bed.endingOf(write, stage, victim);
    expect(query).toMatchObject(wanted.query);
    await system.untilAnswering();
    await untilIdle(system.link.pid);
    const runs = await system.queries.scalar(
      `SELECT LEN(Middlename) FROM Patients WHERE InternalID = ${patient}`,
    );
    expect(wanted.runs).toContain(runs);
    bed.nothingLost(wanted === once ? 'successful, ran once' : 'outcome unknown, said so');
  });
});
