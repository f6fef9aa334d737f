import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { signChallenge, signingText } from '../src/protocol/challenge.ts';
import { CLOSE_CODES } from '../src/protocol/close-codes.ts';
import { TempFolder } from './support/dev-system.ts';
import type { HttpClient } from './support/http-client.ts';
import { describeOnPostgres } from './support/store-engines.ts';
import {
  asIntegrator,
  createIntegrator,
  operator,
  startGateway,
  startSystem,
} from './support/system.ts';
import { until } from './support/until.ts';

type Frame = Record<string, unknown> & { type: string };

/** A link written by hand, frame by frame. */
class HandmadeLink implements Disposable {
  readonly frames: Frame[] = [];
  closeCode: number | undefined;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.frames.push(JSON.parse(data.toString()) as Frame));
    socket.on('close', (code) => {
      this.closeCode = code;
    });
    socket.on('error', () => {});
  }

  static async dial(baseUrl: string): Promise<HandmadeLink> {
    const socket = new WebSocket(`${baseUrl.replace('http', 'ws')}/link/connect`);
    const link = new HandmadeLink(socket);
    await once(socket, 'open');
    return link;
  }

  send(frame: object | string): void {
    this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  received(type: string): Promise<Frame> {
    return until(`a frame ${type}`, () => this.frames.find((frame) => frame.type === type));
  }

  untilClosed(): Promise<number> {
    return until('the gateway closes the socket', () => this.closeCode);
  }

  async authenticate(siteId: string, key: KeyObject): Promise<void> {
    const { nonce } = await this.received('challenge');
    this.send({
      type: 'authenticate',
      siteId,
      signature: signChallenge(signingText('connect', siteId, [String(nonce)]), key),
      protocolVersion: 1,
      capabilities: [],
      linkVersion: '26.1.0',
      clientTime: new Date().toISOString(),
      catalogues: [{ name: 'Main', isDefault: true }],
      practice: { practiceName: 'By hand' },
    });
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }
}

async function newSite(admin: HttpClient, pmsId: string): Promise<string> {
  const site = await admin.post('/admin/sites', {
    practiceManagementName: 'Best Practice',
    practiceManagementSiteId: pmsId,
  });
  return (site.json as { id: string }).id;
}

async function enrolByHand(admin: HttpClient, siteId: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const issued = await admin.post(`/admin/sites/${siteId}/enrolment-tokens`);
  const { token } = issued.json as { token: string };
  const body = {
    token,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
  };
  const first = await admin.post('/link/enrol', body);
  return { privateKey, body, first };
}

describe('the identity of a link', () => {
  test('is given for a token once, proved by a signature, and ended by the operator', async () => {
    using folder = new TempFolder();
    const { program, url } = await startGateway({ PARHELION_DATA_DIR: folder.path });
    await using _gateway = program;
    const admin = operator(url);
    const siteId = await newSite(admin, 'BP-HAND');
    const { privateKey, body, first } = await enrolByHand(admin, siteId);
    expect(first.json).toEqual({ siteId });
    expect((await admin.post('/link/enrol', body)).status).toBe(401);
    expect((await admin.post('/link/enrol', { ...body, token: 'wrong' })).status).toBe(401);
    expect((await admin.post('/link/enrol', { ...body, publicKey: 'AAAA' })).status).toBe(400);

    using stranger = await HandmadeLink.dial(url);
    await stranger.authenticate(siteId, generateKeyPairSync('ed25519').privateKey);
    expect(await stranger.untilClosed()).toBe(CLOSE_CODES.notAuthenticated.code);

    using link = await HandmadeLink.dial(url);
    await link.authenticate(siteId, privateKey);
    await link.received('welcome');

    const path = `/admin/sites/${siteId}/identity`;
    expect((await admin.send({ method: 'DELETE', path })).status).toBe(204);
    expect(await link.untilClosed()).toBe(CLOSE_CODES.revoked.code);
    using again = await HandmadeLink.dial(url);
    await again.authenticate(siteId, privateKey);
    expect(await again.untilClosed()).toBe(CLOSE_CODES.notAuthenticated.code);
  });

  test('is lost by the running link when the operator revokes it', async () => {
    await using system = await startSystem();
    const path = `/admin/sites/${system.siteId}/identity`;
    expect((await system.admin.send({ method: 'DELETE', path })).status).toBe(204);
    await until('the site is not reachable any more', async () => {
      const query = { command: { text: 'SELECT 1' }, maxTimeInQueue: 0 };
      return (await system.queries.run(query)).status === 503;
    });
    await system.link.logged('the link asks for a person', ({ level }) => level === 50);
  });
});

test('what a gateway does not understand on the socket is answered, and the session lives on', async () => {
  using folder = new TempFolder();
  const { program, url } = await startGateway({ PARHELION_DATA_DIR: folder.path });
  await using _gateway = program;
  const admin = operator(url);
  const siteId = await newSite(admin, 'BP-HAND');
  const { privateKey } = await enrolByHand(admin, siteId);
  using link = await HandmadeLink.dial(url);
  await link.authenticate(siteId, privateKey);
  await link.received('welcome');
  for (const nonsense of [
    'not JSON',
    '{}',
    '{"type":"nonsense"}',
    '{"type":"result"}',
    '[]',
    '7',
  ]) {
    const before = link.frames.filter(({ type }) => type === 'error').length;
    link.send(nonsense);
    await until(`an answer to ${nonsense}`, () => {
      return link.frames.filter(({ type }) => type === 'error').length > before;
    });
  }
  const said = link.frames.map(({ message }) => message).filter((message) => message !== undefined);
  expect(said).toContain('Unknown frame type "nonsense".');
  link.send({
    type: 'heartbeat',
    linkVersion: '26.1.0',
    clientTime: new Date().toISOString(),
    catalogues: [{ name: 'Main', isDefault: true }],
  });
  await link.received('heartbeatSeen');
  expect(link.closeCode).toBeUndefined();
});

describeOnPostgres('Two gateways', (engine) => {
  test('agree on a revoked key and an ended pairing within two seconds', async () => {
    await using store = await engine.createStore();
    using folder = new TempFolder();
    const env = { PARHELION_STORE_URL: store.url };
    const left = await startGateway({ ...env, PARHELION_DATA_DIR: `${folder.path}/left` });
    await using _left = left.program;
    const right = await startGateway({ ...env, PARHELION_DATA_DIR: `${folder.path}/right` });
    await using _right = right.program;
    const admin = operator(left.url);
    const keys = await createIntegrator(admin, 'Everywhere');
    const siteId = await newSite(admin, 'BP-TWO');
    const pairing = `/admin/sites/${siteId}/pairings/${keys.id}`;
    expect((await admin.send({ method: 'PUT', path: pairing })).status).toBe(204);
    const there = asIntegrator(right.url, keys.primaryKey);
    const path = `/integrator/sites/${siteId}`;
    expect((await there.get(path)).status).toBe(200);

    expect((await admin.send({ method: 'DELETE', path: pairing })).status).toBe(204);
    await until(
      'the pairing has ended there too',
      async () => (await there.get(path)).status === 403,
      2_000,
    );
    const key = `/admin/integrators/${keys.id}/keys/primary`;
    expect((await admin.send({ method: 'DELETE', path: key })).status).toBe(204);
    await until(
      'the key has ended there too',
      async () => (await there.get(path)).status === 401,
      2_000,
    );
    const second = asIntegrator(right.url, keys.secondaryKey);
    expect((await second.get(path)).status).toBe(403);
  });
});
