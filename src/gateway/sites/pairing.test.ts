import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeOnEveryEngine, type TestStore } from '../../../test/support/store-engines.ts';
import { newId } from '../../lib/ids.ts';
import { hashPairingCode } from '../../protocol/pairing-code.ts';
import { Integrators } from '../integrators/index.ts';
import type { Site } from './site.ts';
import { createSites, type Sites } from './sites.ts';

const MINUTE = 60_000;

function rethrow(error: unknown): never {
  throw error;
}

describeOnEveryEngine('pairing', (engine) => {
  const clock = { time: 0, now: () => clock.time };
  let store: TestStore;
  let sites: Sites;
  let site: Site;
  let ours: string;
  let theirs: string;

  const startGateway = async () =>
    createSites({ database: await store.open(), clock, onFlushFailed: rethrow });

  beforeEach(async () => {
    clock.time = 1_790_000_000_000;
    store = await engine.createStore();
    const database = await store.open();
    await database.migrate();
    sites = await startGateway();
    const integrators = new Integrators({
      database,
      clock,
      secretKey: 'x',
      onFlushFailed: rethrow,
    });
    ours = (await integrators.create('Ours')).integrator.id;
    theirs = (await integrators.create('Theirs')).integrator.id;
    site = await sites.registry.create({
      pmsType: 'BestPractice',
      practiceManagementSiteId: '4711',
      name: 'A practice',
    });
  });

  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  const register = (code: string, validForMs = MINUTE) =>
    sites.pairing.registerCode(site.id, hashPairingCode(site.id, code), clock.time + validForMs);
  const pair = (pairingCode?: string, integratorId = ours, gateway = sites) =>
    gateway.pairing.pairSite({
      integratorId,
      practiceManagementSiteId: '4711',
      practiceManagementName: 'Best Practice',
      ...(pairingCode === undefined ? {} : { pairingCode }),
    });
  const listOurs = () => sites.pairing.listSites(ours, '4711', 'Best Practice');

  test('the code of the practice pairs, however it is typed', async () => {
    await register('ABCD-2345');
    expect(await sites.directory.isPaired(ours, site.id)).toBe(false);
    expect(await pair('abcd 2345')).toEqual({ outcome: 'paired', site });
    expect(await sites.directory.isPaired(ours, site.id)).toBe(true);
    expect(await sites.directory.isPaired(theirs, site.id)).toBe(false);
    expect(await listOurs()).toEqual([site]);
  });

  test('who is paired already gets the site whatever the code; a used code is no good to others', async () => {
    await register('ABCD');
    await pair('ABCD');
    for (const code of ['ABCD', 'wrong', undefined]) {
      expect(await pair(code)).toMatchObject({ outcome: 'paired' });
    }
    expect(await pair('ABCD', theirs)).toEqual({ outcome: 'wrongCode' });
    await register('ABCD');
    expect(await pair('ABCD', theirs)).toEqual({ outcome: 'wrongCode' });
  });

  test('a wrong, missing or expired code does not pair', async () => {
    await register('ABCD');
    expect(await pair()).toEqual({ outcome: 'missingCode' });
    expect(await pair(' ')).toEqual({ outcome: 'missingCode' });
    expect(await pair('ABCE')).toEqual({ outcome: 'wrongCode' });
    clock.time += MINUTE;
    expect(await pair('ABCD')).toEqual({ outcome: 'wrongCode' });
    expect(await listOurs()).toEqual([]);
  });

  test('a code of another site does not pair', async () => {
    const other = await sites.registry.create({
      pmsType: 'BestPractice',
      practiceManagementSiteId: '4712',
      name: 'Another',
    });
    await sites.pairing.registerCode(other.id, hashPairingCode(other.id, 'ABCD'), clock.time + 1);
    expect(await pair('ABCD')).toEqual({ outcome: 'wrongCode' });
  });

  test('an unknown PMS id, another system or a removed site is unknown', async () => {
    const request = { integratorId: ours, pairingCode: 'ABCD' };
    for (const [practiceManagementSiteId, practiceManagementName] of [
      ['4712', 'Best Practice'],
      ['4711', 'Zedmed'],
    ] as const) {
      expect(
        await sites.pairing.pairSite({
          ...request,
          practiceManagementSiteId,
          practiceManagementName,
        }),
      ).toEqual({ outcome: 'unknownSite' });
    }
    await sites.registry.setStatus(site.id, 'removed');
    expect(await pair('ABCD')).toEqual({ outcome: 'unknownSite' });
  });

  test('only Best Practice asks for a code', async () => {
    const zedmed = await sites.registry.create({
      pmsType: 'Zedmed',
      practiceManagementSiteId: '99',
      name: 'Z',
    });
    expect(
      await sites.pairing.pairSite({
        integratorId: ours,
        practiceManagementSiteId: '99',
        practiceManagementName: 'Zedmed',
      }),
    ).toEqual({ outcome: 'paired', site: zedmed });
    expect(await sites.directory.isPaired(ours, zedmed.id)).toBe(true);
  });

  test('a practice can want a code where its software asks for none, and its newest word holds', async () => {
    const zedmed = await sites.registry.create({
      pmsType: 'Zedmed',
      practiceManagementSiteId: '99',
      name: 'Z',
    });
    const pairZedmed = (pairingCode?: string) =>
      sites.pairing.pairSite({
        integratorId: ours,
        practiceManagementSiteId: '99',
        practiceManagementName: 'Zedmed',
        ...(pairingCode !== undefined && { pairingCode }),
      });
    await sites.pairing.requireCode(zedmed.id, true, clock.time);
    await sites.pairing.requireCode(zedmed.id, false, clock.time - 1);
    expect(await sites.pairing.asksForCode(zedmed.id)).toBe(true);
    expect(await pairZedmed()).toEqual({ outcome: 'missingCode' });
    const codeHash = hashPairingCode(zedmed.id, 'ABCD');
    await sites.pairing.registerCode(zedmed.id, codeHash, clock.time + MINUTE);
    expect(await pairZedmed('ABCD')).toMatchObject({ outcome: 'paired' });
    expect(await sites.pairing.listIntegrators(zedmed.id)).toEqual([
      { id: ours, name: 'Ours', pairedAt: clock.time },
    ]);
    await sites.pairing.unpair(ours, zedmed.id);
    await sites.pairing.requireCode(zedmed.id, false, clock.time + 1);
    expect(await pairZedmed()).toMatchObject({ outcome: 'paired' });
  });

  test('after ten wrong codes none is looked at until ten minutes have passed', async () => {
    await register('ABCD', 60 * MINUTE);
    for (let n = 0; n < 10; n += 1) {
      expect(await pair(`wrong ${n}`)).toEqual({ outcome: 'wrongCode' });
      clock.time += 1000;
    }
    const gateways = [sites, await startGateway()];
    for (const gateway of gateways) {
      expect(await pair('ABCD', theirs, gateway)).toEqual({
        outcome: 'tooManyAttempts',
        retryAfterMs: 10 * MINUTE - 10_000,
      });
    }
    clock.time += 10 * MINUTE - 10_000;
    expect(await pair('ABCD', theirs)).toMatchObject({ outcome: 'paired' });
  });

  test('right codes do not count as attempts', async () => {
    for (let n = 0; n < 12; n += 1) {
      await register(`CODE${n}`);
      expect(await pair(`CODE${n}`)).toMatchObject({ outcome: 'paired' });
      expect(await sites.pairing.unpair(ours, site.id)).toBe(true);
    }
  });

  test('an ended pairing ends here at once and elsewhere after a second', async () => {
    await register('ABCD');
    await pair('ABCD');
    const other = await startGateway();
    expect(await other.directory.isPaired(ours, site.id)).toBe(true);
    expect(await sites.pairing.unpair(ours, site.id)).toBe(true);
    expect(await sites.directory.isPaired(ours, site.id)).toBe(false);
    clock.time += 1000;
    expect(await other.directory.isPaired(ours, site.id)).toBe(false);
    expect(await sites.pairing.unpair(ours, site.id)).toBe(false);
    expect(await listOurs()).toEqual([]);
    expect(await pair('ABCD')).toEqual({ outcome: 'wrongCode' });
  });

  test('a paired integrator still sees a site that was removed', async () => {
    await register('ABCD');
    await pair('ABCD');
    await sites.registry.setStatus(site.id, 'removed');
    expect(await listOurs()).toMatchObject([{ id: site.id, status: 'removed' }]);
    expect(await sites.pairing.listSites(theirs, '4711', 'Best Practice')).toEqual([]);
    expect(await sites.pairing.listSites(ours, newId(), 'Best Practice')).toEqual([]);
  });
});
