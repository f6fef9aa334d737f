import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeOnEveryEngine, type TestStore } from '../../../test/support/store-engines.ts';
import { newId } from '../../lib/ids.ts';
import { Integrators } from '../integrators/index.ts';
import type { Database } from '../store/index.ts';
import { AdminAudit } from './admin-audit.ts';
import type { AuditNote } from './audit-entry.ts';

describeOnEveryEngine('the audit of operators', (engine) => {
  let store: TestStore;
  let database: Database;
  let audit: AdminAudit;
  let failures: unknown[];
  const clock = { time: 1_790_000_000_000, now: () => clock.time };
  const integratorId = newId();
  const siteId = newId();

  beforeEach(async () => {
    store = await engine.createStore();
    database = await store.open();
    await database.migrate();
    failures = [];
    audit = new AdminAudit({ database, clock, onFailed: (error) => failures.push(error) });
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  const add = async (more: Partial<AuditNote> = {}) => {
    clock.time += 1000;
    await audit.add({
      actor: 'operator',
      operation: 'createIntegrator',
      outcome: 'done',
      fields: [],
      requestId: 'r',
      ...more,
    });
  };
  const operations = async (filter: Omit<Parameters<AdminAudit['list']>[0], 'limit'> = {}) =>
    (await audit.list({ ...filter, limit: 100 })).map(({ operation }) => operation);

  test('an entry comes back as it was noted', async () => {
    const note: AuditNote = {
      actor: 'practice',
      operation: 'unpairAsPractice',
      outcome: 'refused',
      integratorId,
      siteId,
      target: 'primary',
      fields: ['a', 'b'],
      requestId: 'request-1',
    };
    await audit.add(note);
    const [entry] = await audit.list({ limit: 1 });
    expect(entry).toEqual({ ...note, id: expect.any(String), occurredAt: clock.time });
  });

  test('entries come newest first, by time, integrator, site and page', async () => {
    await add({ operation: 'first', integratorId });
    await add({ operation: 'second', siteId });
    const since = clock.time;
    await add({ operation: 'third', integratorId, siteId });
    expect(await operations()).toEqual(['third', 'second', 'first']);
    expect(await operations({ since })).toEqual(['third', 'second']);
    expect(await operations({ integratorId })).toEqual(['third', 'first']);
    expect(await operations({ siteId, since: clock.time })).toEqual(['third']);
    const [newest] = await audit.list({ limit: 1 });
    expect(await operations({ before: newest?.id })).toEqual(['second', 'first']);
    expect(await operations({ integratorId: newId() })).toEqual([]);
  });

  test('a change whose note cannot be kept is not made', async () => {
    const secretKey = 'a secret of thirty-two characters or more';
    await using integrators = new Integrators({
      database,
      clock,
      secretKey,
      onFlushFailed: () => {},
    });
    const { integrator, primaryKey } = await integrators.create('Example Health');
    const fails = async () => {
      throw new Error('the note cannot be kept');
    };
    const { id } = integrator;
    await expect(integrators.rotateKey(id, 'primary', fails)).rejects.toThrow('be kept');
    await expect(integrators.revokeKey(id, 'primary', fails)).rejects.toThrow('be kept');
    const limited = () => ({ requestsPerSecond: 1 });
    await expect(integrators.changeSettings(id, limited, fails)).rejects.toThrow('be kept');
    await expect(integrators.create('Another', {}, fails)).rejects.toThrow('be kept');
    expect(await integrators.authenticate(primaryKey)).toMatchObject({ integratorId: id });
    expect((await integrators.get(id))?.settings).toEqual({});
    expect(await integrators.list()).toHaveLength(1);
  });

  test('a refusal is told although it cannot be noted', async () => {
    await database[Symbol.asyncDispose]();
    const note = { actor: 'operator', operation: 'x', outcome: 'refused' } as const;
    await audit.addLate({ ...note, fields: [], requestId: 'r' });
    expect(failures).toHaveLength(1);
  });
});
