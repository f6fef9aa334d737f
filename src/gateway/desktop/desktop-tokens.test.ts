import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  DEVICE,
  type DesktopTokenBed,
  HOUR,
  openDesktopTokenBed,
  ROTATION_MS,
  TTL_S,
} from '../../../test/support/desktop-token-bed.ts';
import { describeOnEveryEngine } from '../../../test/support/store-engines.ts';
import { newId } from '../../lib/ids.ts';
import type { DesktopTokens } from './desktop-tokens.ts';

const DAY = 24 * HOUR;
const LEAD_MS = 10 * 60_000;
/** Time after which one gateway knows what another has done. */
const TOLD_MS = 1000;
const kidOf = (token: string) => decodeProtectedHeader(token).kid;

describeOnEveryEngine('desktop tokens of several gateways', (engine) => {
  let bed: DesktopTokenBed;
  let one: DesktopTokens;
  let two: DesktopTokens;

  beforeEach(async () => {
    bed = await openDesktopTokenBed(engine);
    [one, two] = [await bed.gateway(), await bed.gateway()];
  });

  afterEach(async () => {
    await bed[Symbol.asyncDispose]();
  });

  const published = async (gateway: DesktopTokens) =>
    (await gateway.publishKeys()).keys.map(({ kid }) => kid);
  const isTaken = async (gateway: DesktopTokens, token: string) =>
    (await gateway.authenticate(token, DEVICE)) !== undefined;
  const maintain = () => Promise.all([one.maintain(), two.maintain(), one.maintain()]);

  test('gateways that start at once agree on one key', async () => {
    await maintain();
    expect(await published(one)).toHaveLength(1);
    expect(await published(two)).toEqual(await published(one));
    const [a, b] = [await bed.issue(one), await bed.issue(two)];
    expect(kidOf(a)).toBe(kidOf(b));
    expect([await isTaken(two, a), await isTaken(one, b)]).toEqual([true, true]);
  });

  test('without maintenance the first token makes the first key', async () => {
    expect(await isTaken(two, await bed.issue(one))).toBe(true);
  });

  test('published keys hold nothing secret, and may be kept for less than a new one waits', async () => {
    await one.maintain();
    const { keys, maxAgeS } = await one.publishKeys();
    expect(keys).toEqual([
      {
        kty: 'EC',
        crv: 'P-256',
        x: expect.any(String),
        y: expect.any(String),
        kid: expect.any(String),
        alg: 'ES256',
        use: 'sig',
      },
    ]);
    expect(maxAgeS * 1000).toBeLessThan(LEAD_MS);
  });

  test('a new key is published before it signs; the old one verifies until its last token ends', async () => {
    await maintain();
    const first = await bed.issue(one);
    bed.now += ROTATION_MS - 1;
    await maintain();
    expect(await published(one)).toHaveLength(1);

    bed.now += 1;
    await maintain();
    expect(await published(one)).toHaveLength(2);
    expect(await published(two)).toEqual(await published(one));
    expect(kidOf(await bed.issue(one))).toBe(kidOf(first));

    bed.now += LEAD_MS - 1;
    const last = await bed.issue(two);
    expect(kidOf(last)).toBe(kidOf(first));
    bed.now += 1;
    const next = await bed.issue(one);
    expect(kidOf(next)).not.toBe(kidOf(first));
    expect(kidOf(await bed.issue(two))).toBe(kidOf(next));

    bed.now += TTL_S * 1000 - 1000;
    await maintain();
    expect([await isTaken(one, last), await isTaken(two, last)]).toEqual([true, true]);
    expect(await isTaken(two, next)).toBe(true);

    bed.now += 2 * DAY;
    await maintain();
    bed.now += TOLD_MS;
    expect(await published(one)).not.toContain(kidOf(first));
  });

  test('a key that another gateway made this moment is known at once', async () => {
    expect(await published(two)).toEqual([]);
    const token = await bed.issue(one);
    expect(await isTaken(two, token)).toBe(true);
  });

  test('keys survive a restart', async () => {
    const token = await bed.issue(one);
    const restarted = await bed.gateway();
    await restarted.maintain();
    expect(await isTaken(restarted, token)).toBe(true);
    expect(kidOf(await bed.issue(restarted))).toBe(kidOf(token));
  });

  test('under another secret key nothing of before is believed, and a new key is made', async () => {
    const token = await bed.issue(one);
    const changed = await bed.gateway({ secretKey: 'another secret of more than 32 characters' });
    await changed.maintain();
    expect(await isTaken(changed, token)).toBe(false);
    const own = await bed.issue(changed);
    expect(await isTaken(changed, own)).toBe(true);
    expect(kidOf(own)).not.toBe(kidOf(token));
  });

  test('whoever can only write to the store cannot add a key', async () => {
    const token = await bed.issue(one);
    await bed.database.run(
      `INSERT INTO signing_keys (generation, kid, sealed_key, created_at, signs_from)
       SELECT generation + 1, ?, sealed_key, created_at, signs_from FROM signing_keys`,
      [newId()],
    );
    bed.now += TOLD_MS;
    expect(await published(one)).toEqual([kidOf(token)]);
    const rows = await bed.database.all<{ sealed_key: string }>(
      'SELECT sealed_key FROM signing_keys',
    );
    expect(rows[0]?.sealed_key).toMatch(/^v1\./);
  });

  test('many gateways with clocks apart still make one key at a time', async () => {
    const gateways = await Promise.all(
      [0, 5000, -5000, 20_000].map((aheadMs) => bed.gateway({ aheadMs })),
    );
    for (const turn of [1, 2, 3]) {
      await Promise.all(gateways.map((gateway) => gateway.maintain()));
      for (const gateway of gateways) {
        const token = await bed.issue(gateway);
        for (const other of gateways) expect(await isTaken(other, token)).toBe(true);
      }
      expect(await published(await bed.gateway())).toHaveLength(turn);
      // Far enough for the slowest clock too.
      bed.now += ROTATION_MS + 30_000;
    }
  });

  test.each([
    ['integrator', () => ({ integratorId: bed.integratorId })],
    ['site', () => ({ siteId: bed.siteId })],
    ['device', () => ({ deviceId: DEVICE })],
    ['all three', () => ({ integratorId: bed.integratorId, siteId: bed.siteId, deviceId: DEVICE })],
  ])('revoked by %s: void here at once and elsewhere soon', async (_by, scope) => {
    const token = await bed.issue(one);
    expect([await isTaken(one, token), await isTaken(two, token)]).toEqual([true, true]);
    await one.revoke(scope());
    expect(await isTaken(one, token)).toBe(false);
    bed.now += TOLD_MS;
    expect(await isTaken(two, token)).toBe(false);
    expect(await isTaken(await bed.gateway(), token)).toBe(false);
    expect((await bed.refusals())['revoked']).toBe(3);
  });

  test('revoking voids nothing of others', async () => {
    const token = await bed.issue(one);
    await one.revoke({ integratorId: newId() });
    await one.revoke({ siteId: newId() });
    await one.revoke({ deviceId: 'another' });
    await one.revoke({ integratorId: bed.integratorId, siteId: newId() });
    await one.revoke({ siteId: bed.siteId, deviceId: 'another' });
    bed.now += TOLD_MS;
    expect([await isTaken(one, token), await isTaken(two, token)]).toEqual([true, true]);
  });

  test('a token issued after a revocation is good at once, on every gateway', async () => {
    await bed.issue(one);
    await one.revoke({ deviceId: DEVICE });
    const token = await bed.issue(two);
    expect([await isTaken(one, token), await isTaken(two, token)]).toEqual([true, true]);
    bed.now += TOLD_MS;
    expect([await isTaken(one, token), await isTaken(two, token)]).toEqual([true, true]);
  });

  test('a clock that is ahead saves no token from its revocation', async () => {
    const ahead = await bed.gateway({ aheadMs: 20_000 });
    const token = await bed.issue(ahead);
    await one.revoke({ siteId: bed.siteId });
    bed.now += TOLD_MS;
    for (const gateway of [one, two, ahead]) expect(await isTaken(gateway, token)).toBe(false);
  });

  test('revocations made at once get numbers of their own, and all hold', async () => {
    const devices = Array.from({ length: 12 }, (_, at) => `device-${at}`);
    const tokens = await Promise.all(devices.map((device) => bed.issue(one, device)));
    const made = await Promise.all(
      devices.map((deviceId, at) => (at % 2 ? one : two).revoke({ deviceId })),
    );
    const numbers = made.map(({ sequence }) => sequence);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(devices.map((_, at) => at + 1));
    bed.now += TOLD_MS;
    for (const [at, token] of tokens.entries()) {
      expect(await one.authenticate(token, `device-${at}`)).toBeUndefined();
    }
  });

  test('revocations are listed newest first, and forgotten after a month but for the newest', async () => {
    for (const deviceId of ['a', 'b', 'c']) await one.revoke({ deviceId, siteId: bed.siteId });
    expect(await two.listRevocations()).toMatchObject([
      { sequence: 3, siteId: bed.siteId, revokedAt: bed.now },
      { sequence: 2 },
      { sequence: 1 },
    ]);
    expect(JSON.stringify(await two.listRevocations())).not.toContain('"c"');
    bed.now += 30 * DAY;
    await one.maintain();
    expect(await two.listRevocations()).toMatchObject([{ sequence: 3 }]);
    expect(decodeJwt(await bed.issue(one))['rev']).toBe(3);
    expect((await two.revoke({ deviceId: 'd' })).sequence).toBe(4);
  });

  test('a store that does not answer is no wrong token', async () => {
    const token = await bed.issue(one);
    expect(await isTaken(one, token)).toBe(true);
    await bed.store[Symbol.asyncDispose]();
    bed.now += TOLD_MS;
    await expect(one.authenticate(token, DEVICE)).rejects.not.toMatchObject({
      code: 'invalidToken',
    });
    bed = await openDesktopTokenBed(engine);
  });
});
