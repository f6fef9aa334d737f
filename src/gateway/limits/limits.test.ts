import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeOnEveryEngine, type TestStore } from '../../../test/support/store-engines.ts';
import { newId } from '../../lib/ids.ts';
import { createLogger } from '../../lib/logger.ts';
import type { IntegratorSettings } from '../integrators/index.ts';
import { Metrics } from '../metrics/index.ts';
import { Limits } from './limits.ts';
import { LimitsEvents } from './limits-events.ts';

const DAY = 24 * 60 * 60_000;
const [integratorId, siteId, otherSiteId] = [newId(), newId(), newId()];
const defaults = {
  requestsPerSecond: 1000,
  concurrentImmediateQueries: 1000,
  dailyQueriesPerSite: 1000,
  dailyBytesPerSite: 1_000_000,
};
const immediate = { integratorId, siteId, kind: 'immediate' } as const;
const async = { integratorId, siteId, kind: 'async' } as const;

describeOnEveryEngine('limits', (engine) => {
  const clock = { time: 0, now: () => clock.time };
  let settings: IntegratorSettings;
  let store: TestStore;
  /** Two gateways on one store. */
  let a: Limits;
  let b: Limits;
  const metrics = new Metrics();

  const start = async (): Promise<Limits> => {
    const integrator = () => ({
      id: integratorId,
      name: 'A',
      settings,
      createdAt: 0,
      updatedAt: 0,
    });
    return new Limits({
      database: await store.open(),
      clock,
      integrators: { get: async () => integrator() },
      defaults,
      events: new LimitsEvents(createLogger('test', 'silent'), metrics),
    });
  };
  const sync = async () => {
    for (const each of [a, b, a]) await each.sync();
  };
  const used = (limits: Limits) =>
    limits.readUsage({ integratorId, fromDay: '2000-01-01', toDay: '2100-01-01' });

  beforeEach(async () => {
    clock.time = Date.parse('2026-11-22T10:00:00Z');
    settings = {};
    store = await engine.createStore();
    const database = await store.open();
    await database.migrate();
    [a, b] = [await start(), await start()];
  });
  afterEach(async () => {
    await a[Symbol.asyncDispose]();
    await b[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  });

  describe('queries of a day', () => {
    test('are counted by site and refused beyond the quota until midnight UTC', async () => {
      settings = { dailyQueriesPerSite: 2 };
      for (let n = 0; n < 2; n += 1) (await a.admit(immediate))[Symbol.dispose]();
      await expect(a.admit(immediate)).rejects.toMatchObject({
        code: 'quotaExceeded',
        message: expect.stringContaining('quota of 2 queries'),
      });
      await expect(a.requireQuota(integratorId, siteId)).rejects.toMatchObject({ status: 403 });
      await a.admit({ ...immediate, siteId: otherSiteId });
      clock.time = Date.parse('2026-11-22T23:59:59.999Z');
      await expect(a.admit(async)).rejects.toMatchObject({ code: 'quotaExceeded' });
      clock.time += 1;
      await a.admit(async);
    });

    test('are counted together by all gateways, once they have settled', async () => {
      settings = { dailyQueriesPerSite: 4 };
      for (const each of [a, b, a]) await each.admit(async);
      await sync();
      await b.admit(async);
      await b.sync();
      await expect(b.admit(async)).rejects.toMatchObject({ code: 'quotaExceeded' });
      // A gateway that does not know yet learns it with its next settling.
      await a.admit(async);
      await a.sync();
      await expect(a.admit(async)).rejects.toMatchObject({ code: 'quotaExceeded' });
    });

    test('are known to a gateway that starts', async () => {
      settings = { dailyQueriesPerSite: 1 };
      await a.admit(async);
      await a.sync();
      const c = await start();
      await expect(c.requireQuota(integratorId, siteId)).rejects.toMatchObject({
        code: 'quotaExceeded',
      });
      await c[Symbol.asyncDispose]();
    });

    test('that never reached the site are taken back', async () => {
      settings = { dailyQueriesPerSite: 1 };
      const admission = await a.admit(immediate);
      await a.sync();
      admission.withdraw();
      admission[Symbol.dispose]();
      await expect(a.admit(immediate)).resolves.toBeDefined();
    });

    test('a quota of 0 admits none', async () => {
      settings = { dailyQueriesPerSite: 0 };
      await expect(a.admit(immediate)).rejects.toMatchObject({ code: 'quotaExceeded' });
    });
  });

  test('bytes beyond the quota of the day refuse the next query', async () => {
    settings = { dailyBytesPerSite: 100 };
    await a.admit(async);
    a.recordBytes({ integratorId, siteId, bytes: 60 });
    await a.admit(async);
    b.recordBytes({ integratorId, siteId, bytes: 60 });
    await sync();
    await a.admit(async);
    await a.sync();
    await expect(a.admit(async)).rejects.toMatchObject({
      code: 'quotaExceeded',
      message: expect.stringContaining('100 bytes'),
    });
  });

  test('usage can be read by day and site, also of this very moment', async () => {
    await a.admit(async);
    a.recordBytes({ integratorId, siteId, bytes: 7 });
    await b.admit({ ...async, siteId: otherSiteId });
    await b.sync();
    clock.time += DAY;
    await b.admit(async);
    await b.sync();
    const byDay = await used(a);
    expect(byDay).toHaveLength(3);
    expect(byDay[0]).toEqual({ integratorId, siteId, day: '2026-11-23', queries: 1, bytes: 0 });
    expect(byDay).toContainEqual({ integratorId, siteId, day: '2026-11-22', queries: 1, bytes: 7 });
    const range = { integratorId, fromDay: '2026-11-22', toDay: '2026-11-22', siteId: otherSiteId };
    expect(await a.readUsage(range)).toEqual([
      { integratorId, siteId: otherSiteId, day: '2026-11-22', queries: 1, bytes: 0 },
    ]);
  });

  test('usage is written when a gateway stops, and gone after a good year', async () => {
    await a.admit(async);
    await a[Symbol.asyncDispose]();
    expect(await used(b)).toHaveLength(1);
    clock.time += 399 * DAY;
    await b.removeOld();
    expect(await used(b)).toHaveLength(1);
    clock.time += 2 * DAY;
    await b.removeOld();
    expect(await used(b)).toEqual([]);
  });

  describe('immediate queries under way', () => {
    test('are limited exactly on one gateway, also when they come at once', async () => {
      settings = { concurrentImmediateQueries: 3 };
      const asked = Array.from({ length: 10 }, () => a.admit(immediate));
      const outcomes = await Promise.allSettled(asked);
      const admitted = outcomes.filter(({ status }) => status === 'fulfilled');
      expect(admitted).toHaveLength(3);
      await expect(a.requirePlace(integratorId)).rejects.toMatchObject({
        code: 'tooManyRequests',
        retryAfterMs: 1000,
      });
      await a.admit(async);
      const [first] = admitted;
      if (first?.status === 'fulfilled') first.value[Symbol.dispose]();
      await a.admit(immediate);
      await expect(a.admit(immediate)).rejects.toMatchObject({ status: 429 });
    });

    test('count on all gateways, and those of a dead one only for a while', async () => {
      settings = { concurrentImmediateQueries: 2 };
      await a.admit(immediate);
      const second = await a.admit(immediate);
      await sync();
      await b.sync();
      await expect(b.admit(immediate)).rejects.toMatchObject({ code: 'tooManyRequests' });
      second[Symbol.dispose]();
      await sync();
      await b.sync();
      await b.admit(immediate);
      // `a` says no more.
      clock.time += 16_000;
      await b.sync();
      await b.admit(immediate);
    });
  });

  describe('requests a second', () => {
    const takeAll = async (limits: Limits, attempts: number): Promise<number> => {
      let taken = 0;
      for (let n = 0; n < attempts; n += 1) {
        await limits.takeRequest(integratorId).then(
          () => (taken += 1),
          () => {},
        );
      }
      return taken;
    };

    test('are limited in sum on both gateways', async () => {
      settings = { requestsPerSecond: 20 };
      let taken = 0;
      for (let round = 0; round < 40; round += 1) {
        taken += (await takeAll(a, 20)) + (await takeAll(b, 20));
        clock.time += 500;
        await a.sync();
        await b.sync();
      }
      // 20 seconds at 20, the first burst, and once what the other gateway could not know.
      expect(taken).toBeLessThanOrEqual(20 * 20 + 20 + 30);
      expect(taken).toBeGreaterThan(20 * 20 * 0.8);
    });

    test('follow a change of the settings', async () => {
      settings = { requestsPerSecond: 1 };
      expect(await takeAll(a, 3)).toBe(1);
      settings = { requestsPerSecond: 100 };
      clock.time += 1000;
      expect(await takeAll(a, 100)).toBe(100);
    });

    test('say when to come again, and are counted when refused', async () => {
      settings = { requestsPerSecond: 0.1 };
      await a.takeRequest(integratorId);
      await expect(a.takeRequest(integratorId)).rejects.toMatchObject({
        code: 'tooManyRequests',
        retryAfterMs: 10_000,
      });
      const { text } = await metrics.expose();
      expect(text).toMatch(/parhelion_refused_calls_total\{limit="rate"\} [1-9]/);
    });
  });

  test('a store that fails for a while loses nothing and holds nobody back', async () => {
    await a.admit(async);
    await store.open().then((database) => database.run('ALTER TABLE daily_usage RENAME TO away'));
    await expect(a.sync()).rejects.toMatchObject({ code: 'internal' });
    await a.admit(async);
    await store.open().then((database) => database.run('ALTER TABLE away RENAME TO daily_usage'));
    expect(await used(a)).toMatchObject([{ queries: 2 }]);
  });
});
