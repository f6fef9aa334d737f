import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FaultBed, ROWS, SLOW_READ, type Stage, type Victim } from './support/async-faults.ts';

let bed: FaultBed;
beforeAll(async () => {
  bed = await FaultBed.start();
});
afterAll(() => bed[Symbol.asyncDispose]());
beforeEach(() => bed.renew());

describe('a read ends with exactly its rows', { timeout: 180_000 }, () => {
  test.each<{ stage: Stage; victim: Victim }>([
    { stage: 'accepted', victim: 'gateway' },
    { stage: 'accepted', victim: 'link' },
    { stage: 'accepted', victim: 'line' },
    { stage: 'queued', victim: 'gateway' },
    { stage: 'queued', victim: 'link' },
    { stage: 'queued', victim: 'line' },
    { stage: 'queued', victim: 'connection' },
    { stage: 'executing', victim: 'gateway' },
    { stage: 'executing', victim: 'link' },
    { stage: 'executing', victim: 'line' },
    { stage: 'executing', victim: 'connection' },
    { stage: 'firstPages', victim: 'gateway' },
    { stage: 'firstPages', victim: 'link' },
    { stage: 'firstPages', victim: 'line' },
    { stage: 'firstPages', victim: 'connection' },
    { stage: 'firstPages', victim: 'pageStore' },
    { stage: 'uploading', victim: 'gateway' },
    { stage: 'uploading', victim: 'link' },
    { stage: 'uploading', victim: 'line' },
    { stage: 'uploading', victim: 'pageStore' },
    { stage: 'unreported', victim: 'gateway' },
    { stage: 'unreported', victim: 'link' },
    { stage: 'unreported', victim: 'line' },
  ])('$stage, then the $victim fails', async ({ stage, victim }) => {
    const query = await bed.endingOf(SLOW_READ, stage, victim);
    expect(query).toMatchObject({ status: 'successful', result: { rows: ROWS } });
    const rows = await bed.client.rows(query);
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1));
    bed.nothingLost('successful, every row once');
  });
});
