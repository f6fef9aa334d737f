import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeOnEveryEngine, type TestStore } from '../../../test/support/store-engines.ts';
import { newId } from '../../lib/ids.ts';
import type { Database } from '../store/index.ts';
import { Integrators } from './integrators.ts';

describeOnEveryEngine('integrators', (engine) => {
  const clock = { time: 0, now: () => clock.time };
  let store: TestStore;
  let database: Database;
  let integrators: Integrators;
  let open: Integrators[];

  const start = (onDatabase: Database, secretKey = 'secret'): Integrators => {
    const started = new Integrators({
      database: onDatabase,
      clock,
      secretKey,
      onFlushFailed: (error) => {
        throw error;
      },
    });
    open.push(started);
    return started;
  };

  beforeEach(async () => {
    clock.time = 1_790_000_000_000;
    open = [];
    store = await engine.createStore();
    database = await store.open();
    await database.migrate();
    integrators = start(database);
  });

  afterEach(async () => {
    for (const started of open) await started[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  });

  test('both keys of a new integrator are good, and nobody else’s', async () => {
    const a = await integrators.create('A', { queueWhileOffline: true });
    const b = await integrators.create('B');
    for (const key of [a.primaryKey, a.secondaryKey]) {
      expect(await integrators.authenticate(key)).toMatchObject({ integratorId: a.integrator.id });
    }
    expect(await integrators.authenticate(b.primaryKey)).toMatchObject({
      integratorId: b.integrator.id,
    });
    for (const key of ['', 'unknown', a.primaryKey.slice(1), `${a.primaryKey} `]) {
      expect(await integrators.authenticate(key)).toBeUndefined();
    }
  });

  test('an integrator can be read and listed; an unknown one is undefined', async () => {
    const { integrator } = await integrators.create('A', { requestsPerSecond: 2.5 });
    const { integrator: other } = await integrators.create('B');
    expect(integrator).toMatchObject({
      name: 'A',
      settings: { requestsPerSecond: 2.5 },
      createdAt: clock.time,
    });
    expect(await integrators.get(integrator.id)).toEqual(integrator);
    expect(await integrators.list()).toEqual([integrator, other]);
    expect(await integrators.get(newId())).toBeUndefined();
  });

  test('no key is stored in a readable form, and without the secret none is known', async () => {
    const { primaryKey } = await integrators.create('A');
    const stored = JSON.stringify(await database.all('SELECT key_hash FROM subscription_keys'));
    expect(stored).not.toContain(primaryKey);
    expect(await start(database, 'another secret').authenticate(primaryKey)).toBeUndefined();
  });

  test('rotating a slot ends its old key at once and leaves the other slot alone', async () => {
    const { integrator, primaryKey, secondaryKey } = await integrators.create('A');
    await integrators.authenticate(primaryKey);
    const rotated = await integrators.rotateKey(integrator.id, 'primary');
    expect(await integrators.authenticate(primaryKey)).toBeUndefined();
    for (const key of [rotated ?? '', secondaryKey]) {
      expect(await integrators.authenticate(key)).toMatchObject({ integratorId: integrator.id });
    }
    expect(await integrators.rotateKey(newId(), 'primary')).toBeUndefined();
  });

  test('a revoked key is refused at once; its slot works again after rotating', async () => {
    const { integrator, secondaryKey } = await integrators.create('A');
    await integrators.authenticate(secondaryKey);
    expect(await integrators.revokeKey(integrator.id, 'secondary')).toBe(true);
    expect(await integrators.authenticate(secondaryKey)).toBeUndefined();
    expect(await integrators.revokeKey(integrator.id, 'secondary')).toBe(false);
    const again = await integrators.rotateKey(integrator.id, 'secondary');
    expect(await integrators.authenticate(again ?? '')).toBeDefined();
  });

  test('another gateway refuses a revoked key after a second', async () => {
    const { integrator, primaryKey } = await integrators.create('A');
    const other = start(await store.open());
    expect(await other.authenticate(primaryKey)).toBeDefined();
    await integrators.revokeKey(integrator.id, 'primary');
    clock.time += 1000;
    expect(await other.authenticate(primaryKey)).toBeUndefined();
  });

  test('another gateway follows changed settings after a second', async () => {
    const { integrator } = await integrators.create('A', { dailyQueriesPerSite: 5 });
    const other = start(await store.open());
    await other.get(integrator.id);
    clock.time += 1000;
    expect(await integrators.updateSettings(integrator.id, { queueWhileOffline: true })).toBe(true);
    for (const gateway of [integrators, other]) {
      expect((await gateway.get(integrator.id))?.settings).toEqual({ queueWhileOffline: true });
    }
    expect(await integrators.updateSettings(newId(), {})).toBe(false);
  });

  test.each([
    ['a misspelt setting', { dailyQuota: 5 }],
    ['a number as text', { requestsPerSecond: '5' }],
    ['a negative limit', { dailyQueriesPerSite: -1 }],
  ])('%s is refused with a sentence, and nothing is created', async (_name, settings) => {
    // As it comes from an operator's JSON.
    const untyped = JSON.parse(JSON.stringify(settings)) as object;
    await expect(integrators.create('A', untyped)).rejects.toMatchObject({
      code: 'invalidRequest',
      message: expect.stringContaining("The integrator's settings are invalid"),
    });
    expect(await integrators.list()).toEqual([]);
  });

  test('the last use of a key is told, and written when the gateway stops', async () => {
    const { integrator, primaryKey } = await integrators.create('A');
    clock.time += 5000;
    await integrators.authenticate(primaryKey);
    const usedAt = clock.time;
    await integrators[Symbol.asyncDispose]();
    expect(await start(await store.open()).listKeys(integrator.id)).toEqual([
      { slot: 'primary', createdAt: usedAt - 5000, lastUsedAt: usedAt, revokedAt: null },
      { slot: 'secondary', createdAt: usedAt - 5000, lastUsedAt: null, revokedAt: null },
    ]);
  });

  test('a rotated slot has not been used yet', async () => {
    const { integrator, primaryKey } = await integrators.create('A');
    await integrators.authenticate(primaryKey);
    clock.time += 1;
    await integrators.rotateKey(integrator.id, 'primary');
    expect(await integrators.listKeys(integrator.id)).toMatchObject([
      { slot: 'primary', lastUsedAt: null },
      { slot: 'secondary', lastUsedAt: null },
    ]);
  });
});
