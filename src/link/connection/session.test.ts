import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ask, key, SITE_ID, setUp } from '../../../test/support/link-setup.ts';
import { deferred } from '../../lib/deferred.ts';
import { publicKeyText } from '../config/identity-key.ts';
import type { LinkIdentity } from './dial-session.ts';

describe('the session', () => {
  it('is opened with the site, its version and its catalogues, and says how it is', async () => {
    const { gateway, link } = await setUp();
    const session = await gateway.session();
    await ask(session, { text: 'SELECT 1' });
    expect(link.status()).toMatchObject({
      linkVersion: '26.1122.0',
      state: 'live',
      gatewayUrl: gateway.url,
      counters: { dials: 1, sessions: 1, queriesSucceeded: 1, queriesRunning: 0 },
    });
  });

  it('sends heartbeats with the clock and the catalogues', async () => {
    const now = Date.UTC(2026, 0, 2, 3, 4, 5);
    const { gateway } = await setUp({ heartbeatIntervalMs: 5 }, { clock: () => now });
    const { frame } = await (await gateway.session()).next('heartbeat');
    expect(frame).toMatchObject({
      linkVersion: '26.1122.0',
      clientTime: '2026-01-02T03:04:05.000Z',
      catalogues: [{ name: 'Main', isDefault: true }, { name: 'Other' }, { name: 'Broken' }],
    });
  });

  it('is refused with another key, which is an error for a person, and goes on trying', async () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    const { gateway, link, logs } = await setUp({ publicKey: publicKeyText(other) });
    await expect.poll(() => gateway.controlDials).toBeGreaterThan(1);
    expect(link.status().lastEnd).toBe('The identity was not accepted.');
    expect(logs.some(({ level }) => level === 50)).toBe(true);
  });

  it('is refused without a protocol version in common', async () => {
    const { link } = await setUp({ protocolVersions: [99] });
    await expect.poll(() => link.status().lastEnd).toBe('No protocol version in common.');
  });

  it('answers what it does not understand with an error', async () => {
    const { gateway } = await setUp();
    const session = await gateway.session();
    session.socket.send('{"type":"selfDestruct"}');
    expect((await session.next('error')).frame.message).toMatch(/selfDestruct/);
    session.socket.send('no json');
    expect((await session.next('error')).frame.message).toBe('A frame is not JSON.');
    session.socket.send('{"type":"cancel","queryId":5}');
    expect((await session.next('error')).frame.message).toMatch(/cancel.*queryId/);
    expect((await ask(session, { text: 'SELECT 1' })).frame.type).toBe('result');
  });

  it('comes back after a cut', async () => {
    const { gateway, link } = await setUp();
    (await gateway.session()).socket.terminate();
    const again = await gateway.session();
    expect((await ask(again, { text: 'SELECT 1' })).frame.type).toBe('result');
    expect(link.status().counters.sessions).toBe(2);
  });

  it('is given up when the gateway falls silent', async () => {
    const { gateway, link } = await setUp({ silenceLimitMs: 30 });
    const first = await gateway.session();
    await first.closed.promise;
    await gateway.session();
    expect(link.status().lastEnd).toMatch(/Nothing was heard/);
  });

  it('stays while any byte comes in, also a ping', async () => {
    const { gateway, link } = await setUp({ silenceLimitMs: 200 });
    const session = await gateway.session();
    for (let beat = 0; beat < 10; beat += 1) {
      const pong = deferred<void>();
      session.socket.once('pong', () => pong.resolve());
      setTimeout(() => session.socket.ping(), 40);
      await pong.promise;
    }
    expect(link.status().counters.sessions).toBe(1);
  });

  it('gives up a gateway that never speaks', async () => {
    const { gateway, link } = await setUp({ isMute: true }, { timings: { handshakeMs: 20 } });
    await expect.poll(() => gateway.controlDials).toBeGreaterThan(1);
    expect(link.status().lastEnd).toMatch(/handshake in time/);
  });

  it('warns by name when it is displaced, again and again', async () => {
    const { gateway, link, logs } = await setUp();
    (await gateway.session()).close('displaced');
    (await gateway.session()).close('displaced');
    await gateway.session();
    const warnings = logs.filter(({ warning }) => warning === 'identityShared');
    expect(warnings.map(({ displacements }) => displacements)).toEqual([1, 2]);
    expect(link.status().counters.displacements).toBe(2);
  });

  it('waits for a gateway that is not there yet, and asks for its address at each dial', async () => {
    let gatewayUrl = 'http://127.0.0.1:1';
    let asked = 0;
    const resolveIdentity = async (): Promise<LinkIdentity> => {
      asked += 1;
      if (asked === 1) throw new Error('link.json: there is no such file.');
      return { gatewayUrl, siteId: SITE_ID, privateKey: key, practice: {} };
    };
    const { gateway, link } = await setUp({}, { resolveIdentity });
    await expect.poll(() => link.status().lastEnd).toMatch(/ECONNREFUSED/);
    gatewayUrl = gateway.url;
    expect((await ask(await gateway.session(), { text: 'SELECT 1' })).frame.type).toBe('result');
  });
});
