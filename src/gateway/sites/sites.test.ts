import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  describeOnEveryEngine,
  describeOnPostgres,
  type StoreEngine,
  type TestStore,
} from '../../../test/support/store-engines.ts';
import { newId } from '../../lib/ids.ts';
import { hashPairingCode } from '../../protocol/pairing-code.ts';
import { Integrators } from '../integrators/index.ts';
import type { Hello } from './presence.ts';
import type { PmsType, Site } from './site.ts';
import { createSites, type Sites, type SitesOptions } from './sites.ts';

const MINUTE = 60_000;

function rethrow(error: unknown): never {
  throw error;
}

async function availability(gateway: Sites, site: Site) {
  return (await gateway.registry.get(site.id))?.availability;
}

/** Gateways on one store, with integrators to pair and a clock to set. */
async function createWorld(engine: StoreEngine) {
  const clock = { time: 1_790_000_000_000, now: () => clock.time };
  const store: TestStore = await engine.createStore();
  const opened: AsyncDisposable[] = [];
  const startGateway = async (options: Partial<SitesOptions> = {}): Promise<Sites> => {
    const database = await store.open();
    await database.migrate();
    const sites = createSites({ database, clock, onFlushFailed: rethrow, ...options });
    opened.push(sites);
    return sites;
  };
  const createIntegrator = async () => {
    const database = await store.open();
    const integrators = new Integrators({
      database,
      clock,
      secretKey: 'x',
      onFlushFailed: rethrow,
    });
    return (await integrators.create('Integrator')).integrator.id;
  };
  return {
    clock,
    startGateway,
    createIntegrator,
    async [Symbol.asyncDispose]() {
      for (const sites of opened) await sites[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

function createSite(sites: Sites, pmsId = '4711', pmsType: PmsType = 'BestPractice') {
  return sites.registry.create({ pmsType, practiceManagementSiteId: pmsId, name: 'A practice' });
}

function helloOf(site: Site, change: Partial<Hello> = {}): Hello {
  return {
    siteId: site.id,
    sessionId: newId(),
    linkVersion: '26.407.1',
    clientTime: 1_789_999_999_000,
    catalogues: [{ name: 'BPSPATIENTS', isDefault: true }],
    practiceName: 'Harbour Medical',
    pmsVersion: '1.12',
    ...change,
  };
}

describeOnEveryEngine('sites', (engine) => {
  let world: Awaited<ReturnType<typeof createWorld>>;
  let sites: Sites;

  beforeEach(async () => {
    world = await createWorld(engine);
    sites = await world.startGateway();
  });

  afterEach(async () => {
    await world[Symbol.asyncDispose]();
  });

  test('a new site waits for its link', async () => {
    const site = await createSite(sites);
    expect(site).toMatchObject({
      status: 'initialising',
      availability: 'offline',
      isAuthoritative: true,
      catalogues: [],
      createdAt: world.clock.time,
    });
    expect(await sites.directory.find(site.id)).toEqual(site);
    expect(await sites.directory.find(newId())).toBeUndefined();
  });

  test('sites are listed in pages', async () => {
    const made = [await createSite(sites), await createSite(sites), await createSite(sites)];
    const page = await sites.registry.list({ limit: 2 });
    const rest = await sites.registry.list({ afterId: page[1]?.id ?? '' });
    expect([...page, ...rest].map(({ id }) => id)).toEqual(made.map(({ id }) => id));
  });

  test('of several sites with one PMS id one has authority, and it can be moved', async () => {
    const both = await Promise.all([createSite(sites), createSite(sites)]);
    const [first, second] = both.toSorted(
      (a, b) => Number(b.isAuthoritative) - Number(a.isAuthoritative),
    );
    expect([first?.isAuthoritative, second?.isAuthoritative]).toEqual([true, false]);
    expect((await createSite(sites, '4711', 'Zedmed')).isAuthoritative).toBe(true);
    await sites.directory.find(first?.id ?? '');
    expect(await sites.registry.makeAuthoritative(second?.id ?? '')).toBe(true);
    expect(await sites.directory.find(first?.id ?? '')).toMatchObject({ isAuthoritative: false });
    expect(await sites.directory.find(second?.id ?? '')).toMatchObject({ isAuthoritative: true });
    expect(await sites.registry.makeAuthoritative(newId())).toBe(false);
  });

  test('a removed site gives its authority up and its link is not let in', async () => {
    const site = await createSite(sites);
    const token = await sites.enrolment.issueToken(site.id, MINUTE);
    await sites.enrolment.enrol(token?.token ?? '', 'key');
    expect(await sites.registry.setStatus(site.id, 'removed')).toBe(true);
    expect((await createSite(sites)).isAuthoritative).toBe(true);
    expect(await sites.registry.makeAuthoritative(site.id)).toBe(false);
    expect(await sites.presence.recordHello(helloOf(site))).toBe(false);
    expect(await sites.enrolment.findIdentity(site.id)).toBeUndefined();
    expect(await sites.enrolment.issueToken(site.id, MINUTE)).toBeUndefined();
    expect(await sites.registry.get(site.id)).toMatchObject({
      status: 'removed',
      availability: 'offline',
    });
  });

  test('a hello makes the site active and online and tells what is known of it', async () => {
    const site = await createSite(sites);
    await sites.directory.find(site.id);
    expect(await sites.presence.recordHello(helloOf(site))).toBe(true);
    expect(await sites.directory.find(site.id)).toMatchObject({
      status: 'active',
      availability: 'online',
      linkVersion: '26.407.1',
      practiceName: 'Harbour Medical',
      pmsVersion: '1.12',
      catalogues: [{ name: 'BPSPATIENTS', isDefault: true }],
      enrichedAt: world.clock.time,
      heartbeatAt: world.clock.time,
      clientTime: 1_789_999_999_000,
    });
  });

  test('a later hello changes what it says and keeps what it leaves out', async () => {
    const site = await createSite(sites);
    await sites.presence.recordHello(helloOf(site));
    const enrichedAt = world.clock.time;
    world.clock.time += MINUTE;
    const { practiceName: _, pmsVersion: __, ...bare } = helloOf(site, { linkVersion: '26.408.0' });
    await sites.presence.recordHello(bare);
    expect(await sites.registry.get(site.id)).toMatchObject({
      linkVersion: '26.408.0',
      practiceName: 'Harbour Medical',
      pmsVersion: '1.12',
      enrichedAt,
      heartbeatAt: world.clock.time,
    });
  });

  test('an unknown site cannot say hello', async () => {
    const site = await createSite(sites);
    expect(await sites.presence.recordHello(helloOf({ ...site, id: newId() }))).toBe(false);
  });

  test('hundreds of links may arrive at once', async () => {
    const all = await Promise.all(Array.from({ length: 200 }, (_, n) => createSite(sites, `${n}`)));
    await Promise.all(all.map((site) => sites.presence.recordHello(helloOf(site))));
    const online = (await sites.registry.list()).filter((site) => site.availability === 'online');
    expect(online).toHaveLength(200);
  });

  test('a site that closes its session is offline and stays so', async () => {
    const site = await createSite(sites);
    const hello = helloOf(site);
    await sites.presence.recordHello(hello);
    expect(await sites.presence.recordOffline(site.id, hello.sessionId)).toBe(true);
    expect(await sites.directory.find(site.id)).toMatchObject({ availability: 'offline' });
    world.clock.time += 10 * MINUTE;
    expect(await sites.presence.markSilent()).toEqual([]);
    expect(await availability(sites, site)).toBe('offline');
  });

  test('the end of a displaced session does not take the site offline', async () => {
    const site = await createSite(sites);
    const [earlier, newer] = [helloOf(site), helloOf(site)];
    await sites.presence.recordHello(earlier);
    await sites.presence.recordHello(newer);
    expect(await sites.presence.recordOffline(site.id, earlier.sessionId)).toBe(false);
    expect(await availability(sites, site)).toBe('online');
  });

  test('two minutes of silence make a site unreachable, also when its gateway has died', async () => {
    const site = await createSite(sites);
    await sites.presence.recordHello(helloOf(site));
    const other = await world.startGateway();
    world.clock.time += 2 * MINUTE - 1;
    expect(await availability(other, site)).toBe('online');
    expect(await other.presence.markSilent()).toEqual([]);
    world.clock.time += 1;
    expect(await availability(other, site)).toBe('unreachable');
    expect(await other.directory.find(site.id)).toMatchObject({ availability: 'unreachable' });
    expect(await other.presence.markSilent()).toEqual([site.id]);
    expect(await sites.presence.markSilent()).toEqual([]);
  });

  test('a gateway does not count its own downtime as silence, but remembers who was silent', async () => {
    const [silent, online] = [await createSite(sites, '1'), await createSite(sites, '2')];
    await sites.presence.recordHello(helloOf(silent));
    world.clock.time += 3 * MINUTE;
    await sites.presence.recordHello(helloOf(online));
    await sites.presence.markSilent();
    world.clock.time += 60 * MINUTE;
    const restarted = await world.startGateway({ silenceCountsFrom: world.clock.time });
    expect(await availability(restarted, online)).toBe('online');
    expect(await availability(restarted, silent)).toBe('unreachable');
    expect(await restarted.presence.markSilent()).toEqual([]);
    world.clock.time += 2 * MINUTE;
    expect(await restarted.presence.markSilent()).toEqual([online.id]);
  });

  test('heartbeats keep a site online and bring a silent one back', async () => {
    const site = await createSite(sites);
    const hello = helloOf(site);
    const heartbeat = { siteId: site.id, sessionId: hello.sessionId, clientTime: 7 };
    await sites.presence.recordHello(hello);
    world.clock.time += MINUTE;
    await sites.presence.recordHeartbeat(heartbeat);
    world.clock.time += 1.5 * MINUTE;
    expect(await sites.presence.markSilent()).toEqual([]);
    expect(await sites.registry.get(site.id)).toMatchObject({
      availability: 'online',
      clientTime: 7,
      heartbeatAt: world.clock.time - 1.5 * MINUTE,
    });
    world.clock.time += MINUTE;
    expect(await sites.presence.markSilent()).toEqual([site.id]);
    await sites.presence.recordHeartbeat(heartbeat);
    await sites.presence.flushHeartbeats();
    expect(await availability(sites, site)).toBe('online');
  });

  test('heartbeats of an older session, or after the end, change nothing', async () => {
    const site = await createSite(sites);
    const [earlier, newer] = [helloOf(site), helloOf(site)];
    const other = await world.startGateway();
    await other.presence.recordHello(earlier);
    await sites.presence.recordHello(newer);
    const heardAt = world.clock.time;
    world.clock.time += 1000;
    const beat = (sessionId: string) => ({ siteId: site.id, sessionId, clientTime: 1 });
    await other.presence.recordHeartbeat(beat(earlier.sessionId));
    await other.presence.flushHeartbeats();
    expect(await sites.registry.get(site.id)).toMatchObject({ heartbeatAt: heardAt });
    await sites.presence.recordHeartbeat(beat(newer.sessionId));
    await sites.presence.recordOffline(site.id, newer.sessionId);
    await sites.presence.flushHeartbeats();
    expect(await availability(sites, site)).toBe('offline');
  });

  test('a heartbeat may bring new catalogues', async () => {
    const site = await createSite(sites);
    const hello = helloOf(site);
    await sites.presence.recordHello(hello);
    const catalogues = [...hello.catalogues, { name: 'NEW', isDefault: false }];
    await sites.presence.recordHeartbeat({ ...hello, catalogues });
    expect(await sites.directory.find(site.id)).toMatchObject({ catalogues });
  });

  test('heartbeats in hand are written when the gateway stops', async () => {
    const site = await createSite(sites);
    const hello = helloOf(site);
    const other = await world.startGateway();
    await other.presence.recordHello(hello);
    world.clock.time += 1000;
    await other.presence.recordHeartbeat(hello);
    await other[Symbol.asyncDispose]();
    expect(await sites.registry.get(site.id)).toMatchObject({ heartbeatAt: world.clock.time });
  });

  test('an enrolment token registers one key, once', async () => {
    const site = await createSite(sites);
    const issued = await sites.enrolment.issueToken(site.id, MINUTE);
    const token = issued?.token ?? '';
    expect(issued?.expiresAt).toBe(world.clock.time + MINUTE);
    expect(await sites.enrolment.enrol('wrong', 'key')).toEqual({ outcome: 'refused' });
    expect(await sites.enrolment.enrol(token, 'key 1')).toEqual({
      outcome: 'enrolled',
      siteId: site.id,
      revokedIds: [],
    });
    expect(await sites.enrolment.enrol(token, 'key 2')).toEqual({ outcome: 'refused' });
    expect(await sites.enrolment.findIdentity(site.id)).toEqual({
      id: expect.any(String),
      siteId: site.id,
      publicKey: 'key 1',
      enrolledAt: world.clock.time,
    });
  });

  test('an expired token is refused', async () => {
    const site = await createSite(sites);
    const issued = await sites.enrolment.issueToken(site.id, MINUTE);
    world.clock.time += MINUTE;
    expect(await sites.enrolment.enrol(issued?.token ?? '', 'key')).toEqual({ outcome: 'refused' });
    expect(await sites.enrolment.findIdentity(site.id)).toBeUndefined();
  });

  test('a new enrolment ends the earlier key; a revoked key is gone', async () => {
    const site = await createSite(sites);
    for (const key of ['key 1', 'key 2']) {
      const issued = await sites.enrolment.issueToken(site.id, MINUTE);
      await sites.enrolment.enrol(issued?.token ?? '', key);
    }
    expect(await sites.enrolment.findIdentity(site.id)).toMatchObject({ publicKey: 'key 2' });
    const identity = await sites.enrolment.findIdentity(site.id);
    const revoked = await sites.enrolment.revokeIdentity(site.id);
    expect(revoked).toBe(identity?.id);
    expect(await sites.enrolment.findRevokedSince(world.clock.time)).toContain(revoked);
    expect(await sites.enrolment.revokeIdentity(site.id)).toBeUndefined();
    expect(await sites.enrolment.findIdentity(site.id)).toBeUndefined();
  });
});

describeOnPostgres('two gateways racing', (engine) => {
  test('one enrolment token makes one identity, and two tokens of a site leave one valid', async () => {
    await using world = await createWorld(engine);
    const [a, b] = [await world.startGateway(), await world.startGateway()];
    for (let round = 0; round < 10; round += 1) {
      const site = await createSite(a, `${round}`);
      const issued = await a.enrolment.issueToken(site.id, MINUTE);
      const results = await Promise.all(
        [a, b, a, b].map((sites, n) => sites.enrolment.enrol(issued?.token ?? '', `key ${n}`)),
      );
      expect(results.filter(({ outcome }) => outcome === 'enrolled')).toHaveLength(1);

      const tokens = await Promise.all([a, b].map((s) => s.enrolment.issueToken(site.id, MINUTE)));
      const both = await Promise.all(
        [a, b].map((sites, n) => sites.enrolment.enrol(tokens[n]?.token ?? '', `later ${n}`)),
      );
      expect(both.map(({ outcome }) => outcome)).toEqual(['enrolled', 'enrolled']);
      expect((await a.enrolment.findIdentity(site.id))?.publicKey).toMatch(/^later/);
    }
  });

  test('one pairing code pairs one integrator', async () => {
    await using world = await createWorld(engine);
    const [a, b] = [await world.startGateway(), await world.startGateway()];
    const integratorIds = [await world.createIntegrator(), await world.createIntegrator()];
    for (let round = 0; round < 10; round += 1) {
      const site = await createSite(a, `${round}`);
      await a.pairing.registerCode(site.id, hashPairingCode(site.id, 'CODE'), world.clock.time + 1);
      const results = await Promise.all(
        [a, b].map((sites, n) =>
          sites.pairing.pairSite({
            integratorId: integratorIds[n] ?? '',
            practiceManagementSiteId: `${round}`,
            practiceManagementName: 'Best Practice',
            pairingCode: 'CODE',
          }),
        ),
      );
      expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['paired', 'wrongCode']);
    }
  });

  test('parallel guesses of a pairing code are limited too', async () => {
    await using world = await createWorld(engine);
    const [a, b] = [await world.startGateway(), await world.startGateway()];
    const integratorId = await world.createIntegrator();
    await createSite(a);
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        (n % 2 === 0 ? a : b).pairing.pairSite({
          integratorId,
          practiceManagementSiteId: '4711',
          practiceManagementName: 'Best Practice',
          pairingCode: `guess ${n}`,
        }),
      ),
    );
    const looked = results.filter(({ outcome }) => outcome === 'wrongCode').length;
    expect(looked).toBeLessThanOrEqual(10);
  });
});
