import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  randomUUID,
  sign,
} from 'node:crypto';
import * as fc from 'fast-check';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  DEVICE,
  type DesktopTokenBed,
  openDesktopTokenBed,
  SKEW_MS,
  TTL_S,
} from '../../../test/support/desktop-token-bed.ts';
import { describeOnEveryEngine } from '../../../test/support/store-engines.ts';
import type { DesktopTokens } from './desktop-tokens.ts';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describeOnEveryEngine('which desktop tokens are taken', (engine) => {
  let bed: DesktopTokenBed;
  let gateway: DesktopTokens;
  let token: string;

  beforeAll(async () => {
    bed = await openDesktopTokenBed(engine);
    gateway = await bed.gateway();
    token = await bed.issue(gateway);
  });

  afterAll(async () => {
    await bed[Symbol.asyncDispose]();
  });

  const isTaken = async (text: string, deviceId = DEVICE) =>
    (await gateway.authenticate(text, deviceId)) !== undefined;

  const publicJwk = async () => {
    const [jwk] = (await gateway.publishKeys()).keys;
    if (!jwk) throw new Error('no key is published');
    return jwk;
  };

  test('a token lets its integrator in, at its site, on its device only', async () => {
    const caller = await gateway.authenticate(token, DEVICE);
    expect(caller).toMatchObject({ integratorId: bed.integratorId, siteId: bed.siteId });
    for (const other of ['', 'x', DEVICE.toUpperCase(), `${DEVICE} `, `${DEVICE}, ${DEVICE}`]) {
      expect(await isTaken(token, other)).toBe(false);
    }
    expect((await bed.refusals())['otherDevice']).toBe(5);
  });

  test('neither token nor answer shows the device id', async () => {
    const caller = await gateway.authenticate(token, DEVICE);
    const readable = JSON.stringify([decodeJwt(token), decodeProtectedHeader(token), caller]);
    expect(readable).not.toContain(DEVICE);
    expect(readable).not.toContain(Buffer.from(DEVICE).toString('base64url'));
  });

  test('a token whose members are as they should be is taken, whoever encoded it', async () => {
    expect(await isTaken(await bed.forge(token, {}))).toBe(true);
  });

  test.each([
    ['another audience', { aud: 'parhelion:portal' }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'somebody' }],
    ['no issuer', { iss: undefined }],
    ['no integrator', { sub: undefined }],
    ['an integrator that is no id', { sub: 'everybody' }],
    ['a list of sites', { site: ['a', 'b'] }],
    ['no site', { site: undefined }],
    ['no device', { device: undefined }],
    ['a device id in the clear', { device: DEVICE }],
    ['no number of revocation', { rev: undefined }],
    ['a number of revocation that is a text', { rev: '9' }],
    ['a broken number of revocation', { rev: 0.5 }],
    ['no end', { exp: undefined }],
    ['an end that is a text', { exp: '9999999999' }],
    ['no beginning', { nbf: undefined }],
  ])('signed by us but with %s, it is refused', async (_what, claims) => {
    expect(await isTaken(await bed.forge(token, { claims }))).toBe(false);
  });

  test.each([
    ['another type', { typ: 'JWT' }],
    ['no type', { typ: undefined }],
    ['no key id', { kid: undefined }],
    ['an unknown key id', { kid: randomUUID() }],
    ['an extension that must be understood', { crit: ['unheard'], unheard: 1 }],
  ])('signed by us but with %s in its header, it is refused', async (_what, header) => {
    expect(await isTaken(await bed.forge(token, { header }))).toBe(false);
  });

  test('unsigned tokens are refused, however "none" is spelt', async () => {
    const [, payload] = token.split('.');
    const { kid, typ } = decodeProtectedHeader(token);
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '', null, undefined]) {
      const head = encode({ alg, typ, kid });
      for (const signature of ['', 'AAAA', token.split('.')[2]]) {
        expect(await isTaken(`${head}.${payload}.${signature}`)).toBe(false);
      }
    }
    expect(await isTaken(token.slice(0, token.lastIndexOf('.') + 1))).toBe(false);
  });

  test('the public key is no secret to sign with', async () => {
    const jwk = await publicJwk();
    const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
    const { kid, typ } = decodeProtectedHeader(token);
    const secrets = [
      key.export({ type: 'spki', format: 'pem' }),
      key.export({ type: 'spki', format: 'der' }),
      JSON.stringify(jwk),
      Buffer.from(jwk.x ?? '', 'base64url'),
      '',
    ];
    for (const [alg, hash] of [
      ['HS256', 'sha256'],
      ['HS512', 'sha512'],
      ['ES256', 'sha256'],
    ] as const) {
      const signed = `${encode({ alg, typ, kid })}.${token.split('.')[1]}`;
      for (const secret of secrets) {
        const signature = createHmac(hash, secret).update(signed).digest('base64url');
        expect(await isTaken(`${signed}.${signature}`)).toBe(false);
      }
    }
  });

  test('a key of somebody else is refused, also when the token brings it along', async () => {
    const { kid, typ } = decodeProtectedHeader(token);
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid };
    for (const header of [{}, { jwk }, { jku: 'http://127.0.0.1/keys' }, { x5u: 'http://a/' }]) {
      const signed = `${encode({ alg: 'ES256', typ, kid, ...header })}.${token.split('.')[1]}`;
      const options = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
      const signature = sign('sha256', Buffer.from(signed), options).toString('base64url');
      expect(await isTaken(`${signed}.${signature}`)).toBe(false);
    }
  });

  test('changed claims do not fit the signature', async () => {
    const [head, , signature] = token.split('.');
    const claims = decodeJwt(token);
    for (const change of [
      { site: randomUUID() },
      { exp: 9_999_999_999 },
      { rev: 99 },
      { sub: 1 },
    ]) {
      expect(await isTaken(`${head}.${encode({ ...claims, ...change })}.${signature}`)).toBe(false);
    }
  });

  test('a token ends with its time, and begins with it, give or take the skew', async () => {
    const { nbf = 0, exp = 0 } = decodeJwt(token);
    expect(exp - nbf).toBe(TTL_S);
    const before = bed.now;
    for (const [now, taken] of [
      [nbf * 1000 - SKEW_MS - 1000, false],
      [nbf * 1000 - SKEW_MS, true],
      [exp * 1000, true],
      [exp * 1000 + SKEW_MS - 1000, true],
      [exp * 1000 + SKEW_MS, false],
    ] as const) {
      bed.now = now;
      const anew = await bed.gateway();
      expect((await anew.authenticate(token, DEVICE)) !== undefined).toBe(taken);
    }
    // One that remembers the token from before must say the same.
    expect(await isTaken(token)).toBe(false);
    bed.now = before;
    expect(await isTaken(token)).toBe(true);
    bed.now = exp * 1000 + SKEW_MS - 1000;
    expect(await isTaken(token)).toBe(true);
    bed.now = before;
  });

  test('what is no token is refused and breaks nothing', async () => {
    const parts = token.split('.');
    const junk = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.stringMatching(/^[\w-]{0,80}\.[\w-]{0,80}\.[\w-]{0,90}$/),
      fc.json().map((json) => `${Buffer.from(json).toString('base64url')}.${parts[1]}.${parts[2]}`),
      fc.json().map((json) => `${parts[0]}.${Buffer.from(json).toString('base64url')}.${parts[2]}`),
      fc.string({ maxLength: 60 }).map((text) => `${parts[0]}.${parts[1]}.${text}`),
      fc.nat(token.length - 1).map((at) => token.slice(0, at)),
      fc.nat(token.length - 1).map((at) => `${token.slice(0, at)}~${token.slice(at + 1)}`),
    );
    await fc.assert(
      fc.asyncProperty(junk, async (text) => {
        expect(await isTaken(text)).toBe(false);
      }),
      { numRuns: 300 },
    );
    for (const text of [
      'x'.repeat(1_000_000),
      `${token}${'A'.repeat(100_000)}`,
      '...',
      '..',
      '.',
    ]) {
      expect(await isTaken(text)).toBe(false);
    }
    expect(await isTaken(token)).toBe(true);
  });
});
