import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type AsyncQueryBed,
  HOUR,
  openAsyncQueryBed,
  report,
  whole,
} from '../../../test/support/async-query-bed.ts';
import { describeOnEveryEngine } from '../../../test/support/store-engines.ts';
import type { Run } from './async-course.ts';

describeOnEveryEngine('what its site does not end, the gateway ends', (engine) => {
  let bed: AsyncQueryBed;

  beforeEach(async () => {
    bed = await openAsyncQueryBed(engine);
  });

  afterEach(() => bed[Symbol.asyncDispose]());

  const begin = {
    initialising: async () => {},
    queued: (run: Run) => bed.course.queued(run),
    executingRead: (run: Run) => bed.course.executing(run, false),
    executingWrite: (run: Run) => bed.course.executing(run, true),
    uploading: async (run: Run) => {
      await bed.course.executing(run, false);
      await bed.course.uploading(run, report(run, whole));
    },
  };

  test.each([
    {
      stage: 'initialising',
      site: 'offline',
      afterMs: 0,
      status: 'initialisationFailedSiteOffline',
    },
    {
      stage: 'initialising',
      site: 'unreachable',
      afterMs: 0,
      status: 'initialisationFailedSiteUnreachable',
    },
    { stage: 'initialising', site: 'online', afterMs: HOUR - 1, status: 'initialising' },
    { stage: 'initialising', site: 'online', afterMs: HOUR, status: 'expiredInQueue' },
    { stage: 'queued', site: 'offline', afterMs: HOUR - 1, status: 'queued' },
    { stage: 'queued', site: 'offline', afterMs: HOUR, status: 'expiredInQueue' },
    { stage: 'executingRead', site: 'unreachable', afterMs: 419_999, status: 'executing' },
    { stage: 'executingRead', site: 'online', afterMs: HOUR, status: 'executing' },
    {
      stage: 'executingRead',
      site: 'unreachable',
      afterMs: 420_000,
      status: 'executionFailed',
      code: 1005,
    },
    {
      stage: 'executingWrite',
      site: 'offline',
      afterMs: 420_000,
      status: 'executionFailed',
      code: 1001,
    },
    { stage: 'uploading', site: 'offline', afterMs: 24 * HOUR - 1, status: 'uploading' },
    {
      stage: 'uploading',
      site: 'offline',
      afterMs: 24 * HOUR,
      status: 'uploadFailed',
      code: 1005,
    },
  ] as const)('$stage, $site for $afterMs ms → $status', async (wanted) => {
    const run = await bed.accept();
    await begin[wanted.stage](run);
    const heard = wanted.site === 'online' ? bed.now + wanted.afterMs : bed.now;
    await bed.presence(wanted.site, heard);
    bed.now += wanted.afterMs;
    await bed.endOverdue();
    const query = await bed.find(run);
    expect(query?.status).toBe(wanted.status);
    expect(query?.error?.errorCode).toBe('code' in wanted ? wanted.code : undefined);
  });

  test('a query that may wait for its site is not ended by its absence', async () => {
    const run = await bed.accept(true);
    await bed.presence('offline', bed.now);
    await bed.endOverdue();
    expect(await bed.statusOf(run)).toBe('initialising');
    bed.now += HOUR;
    await bed.endOverdue();
    expect(await bed.statusOf(run)).toBe('expiredInQueue');
  });

  test.each([
    { stage: 'queued', isHandedOverAgain: true, status: 'queued', code: undefined },
    { stage: 'executingRead', isHandedOverAgain: false, status: 'executionFailed', code: 1005 },
    { stage: 'executingWrite', isHandedOverAgain: false, status: 'executionFailed', code: 1001 },
    { stage: 'uploading', isHandedOverAgain: false, status: 'executionFailed', code: 1005 },
  ] as const)('$stage at a site that has lost its memory → $status', async (wanted) => {
    const run = await bed.accept();
    await begin[wanted.stage](run);
    expect(await bed.course.unknown(run)).toBe(wanted.isHandedOverAgain);
    const query = await bed.find(run);
    expect(query?.status).toBe(wanted.status);
    expect(query?.error?.errorCode).toBe(wanted.code);
  });
});
