import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeGateway, type FakeGatewayOptions } from '../../../test/support/fake-gateway.ts';
import { signingText, verifyChallenge } from '../../protocol/challenge.ts';
import { hashPairingCode } from '../../protocol/pairing-code.ts';
import { enrol } from './enrol.ts';
import { publicKeyText, readIdentityKey, writeIdentityKey } from './identity-key.ts';
import { type LinkConfig, readLinkConfig, writeLinkConfig } from './link-config.ts';
import { createPairingCode, registerPairingCode } from './pairing-code.ts';
import { readIdentity } from './read-identity.ts';

const SITE_ID = '11111111-1111-4111-8111-111111111111';

const config: LinkConfig = {
  gatewayUrl: 'https://gateway.example',
  siteId: SITE_ID,
  practice: { practiceName: 'Demo Practice' },
  database: {
    driver: 'sqlite',
    dialect: 'tsql',
    catalogues: [{ name: 'BPSPatients', file: 'BPSPatients.db', isDefault: true }],
    maxConnections: 4,
  },
};

let dataDir: string;
let gateway: FakeGateway | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'link-'));
});
afterEach(async () => {
  await gateway?.[Symbol.asyncDispose]();
  gateway = undefined;
  await rm(dataDir, { recursive: true });
});

async function gatewayThat(onRequest: FakeGatewayOptions['onRequest'] & object): Promise<string> {
  gateway = await new FakeGateway({ publicKey: '', onRequest }).listen();
  return gateway.url;
}

describe('link.json', () => {
  it('comes back as it was written, for its owner only, and leaves nothing beside it', async () => {
    await writeLinkConfig(dataDir, config);
    expect(await readLinkConfig(dataDir)).toEqual(config);
    expect((await stat(join(dataDir, 'link.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['link.json']);
  });

  it.each([
    { text: '{', why: 'is not JSON' },
    { text: JSON.stringify({ ...config, siteId: 'x' }), why: 'siteId ' },
    { text: JSON.stringify({ ...config, gatewayUrl: 'ftp://x' }), why: 'gatewayUrl ' },
    { text: JSON.stringify({ ...config, colour: 1 }), why: 'colour is no known field' },
    {
      text: JSON.stringify({ ...config, database: { ...config.database, maxConnections: 1 } }),
      why: 'database.maxConnections ',
    },
    {
      text: JSON.stringify({
        ...config,
        database: {
          ...config.database,
          catalogues: [{ name: 'A', file: 'a.db', isDefault: false }],
        },
      }),
      why: 'needs one default catalogue and has 0',
    },
    {
      text: JSON.stringify({
        ...config,
        database: {
          ...config.database,
          catalogues: [
            { name: 'A', file: 'a.db', isDefault: true },
            { name: 'a', file: 'b.db', isDefault: false },
          ],
        },
      }),
      why: 'names a catalogue twice',
    },
  ])('is refused with its file and the field: $why', async ({ text, why }) => {
    await writeFile(join(dataDir, 'link.json'), text);
    const read = readLinkConfig(dataDir);
    await expect(read).rejects.toThrow(join(dataDir, 'link.json'));
    await expect(read).rejects.toThrow(why);
  });

  it('that is not there asks for an enrolment', async () => {
    await expect(readLinkConfig(dataDir)).rejects.toThrow('Enrol the link first.');
    await expect(readIdentityKey(dataDir)).rejects.toThrow('Enrol the link first.');
  });
});

describe('identity.key', () => {
  it.each([
    { name: 'no key', pem: 'hello', why: 'is no private key' },
    {
      name: 'another kind of key',
      pem: generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ format: 'pem', type: 'pkcs8' })
        .toString(),
      why: 'is no Ed25519 key',
    },
  ])('is refused with its file when it is $name', async ({ pem, why }) => {
    await writeFile(join(dataDir, 'identity.key'), pem);
    await expect(readIdentityKey(dataDir)).rejects.toThrow(why);
  });
});

describe('enrolment', () => {
  const others = { practice: config.practice, database: config.database };

  it('shows the gateway token and public key, and keeps the identity for its owner', async () => {
    const gatewayUrl = await gatewayThat(() => ({ status: 201, body: { siteId: SITE_ID } }));
    const home = join(dataDir, 'new');
    const answer = await enrol({ dataDir: home, gatewayUrl, token: 'once', config: others });
    expect(answer).toEqual({ siteId: SITE_ID });
    const identity = await readIdentity(home);
    expect(identity).toMatchObject({ gatewayUrl, siteId: SITE_ID });
    const publicKey = publicKeyText(identity.privateKey);
    expect(gateway?.requests).toEqual([
      { path: '/link/enrol', body: { token: 'once', publicKey } },
    ]);
    for (const name of ['link.json', 'identity.key']) {
      expect((await stat(join(home, name))).mode & 0o777).toBe(0o600);
    }
  });

  it('is not repeated unless forced', async () => {
    const gatewayUrl = await gatewayThat(() => ({ status: 200, body: { siteId: SITE_ID } }));
    const options = { dataDir, gatewayUrl, token: 'once', config: others };
    await enrol(options);
    const first = await readFile(join(dataDir, 'identity.key'), 'utf8');
    await expect(enrol(options)).rejects.toThrow('--force');
    expect(await readFile(join(dataDir, 'identity.key'), 'utf8')).toBe(first);
    await enrol({ ...options, force: true });
    expect(await readFile(join(dataDir, 'identity.key'), 'utf8')).not.toBe(first);
  });

  it.each([
    { status: 401, body: undefined, why: 'refused the enrolment token' },
    { status: 500, body: { error: { message: 'Sorry.' } }, why: '(HTTP 500). Sorry.' },
    { status: 200, body: { id: 1 }, why: '(HTTP 200)' },
  ])('says why it failed and writes nothing: $why', async ({ status, body, why }) => {
    const gatewayUrl = await gatewayThat(() => ({ status, body }));
    const enrolled = enrol({ dataDir, gatewayUrl, token: 'once', config: others });
    await expect(enrolled).rejects.toThrow(why);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('says when the gateway cannot be reached', async () => {
    const options = { dataDir, gatewayUrl: 'http://127.0.0.1:1', token: 'x', config: others };
    await expect(enrol(options)).rejects.toThrow(
      'The gateway at http://127.0.0.1:1 could not be reached (ECONNREFUSED).',
    );
  });
});

describe('a pairing code', () => {
  it('is short and has no character that is read for another', () => {
    const codes = new Set(Array.from({ length: 200 }, createPairingCode));
    expect(codes.size).toBe(200);
    for (const code of codes) expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
  });

  it('is registered by its hash alone, signed by the site', async () => {
    await writeLinkConfig(dataDir, {
      ...config,
      gatewayUrl: await gatewayThat(() => ({ status: 204 })),
    });
    const { privateKey } = generateKeyPairSync('ed25519');
    await writeIdentityKey(dataDir, privateKey);
    const now = Date.UTC(2026, 0, 1);
    const { code, expiresAt } = await registerPairingCode({
      identity: await readIdentity(dataDir),
      validMs: 60_000,
      clock: () => now,
    });
    expect(expiresAt).toBe('2026-01-01T00:01:00.000Z');
    const requests = gateway?.requests ?? [];
    expect(requests.map(({ path }) => path)).toEqual(['/link/pairing-codes']);
    const [{ signature, ...fields } = {}] = requests.map(
      ({ body }) => body as Record<string, string>,
    );
    const codeHash = hashPairingCode(SITE_ID, code);
    const issuedAt = '2026-01-01T00:00:00.000Z';
    expect(fields).toEqual({ siteId: SITE_ID, codeHash, expiresAt, issuedAt });
    const text = signingText('pairing-code', SITE_ID, [codeHash, expiresAt, issuedAt]);
    expect(verifyChallenge(text, signature as string, publicKeyText(privateKey))).toBe(true);
  });

  it('is not handed out when the gateway does not take it', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const gatewayUrl = await gatewayThat(() => ({
      status: 401,
      body: { error: { message: 'Unknown site.' } },
    }));
    const identity = { gatewayUrl, siteId: SITE_ID, privateKey, practice: {} };
    await expect(registerPairingCode({ identity, validMs: 1_000 })).rejects.toThrow(
      'The gateway did not accept the pairing code (HTTP 401). Unknown site.',
    );
  });
});
