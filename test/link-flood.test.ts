import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { publicKeyText } from '../src/link/config/identity-key.ts';
import { signChallenge, signingText } from '../src/protocol/challenge.ts';
import { HttpClient } from './support/http-client.ts';
import { describeOnEveryEngine } from './support/store-engines.ts';
import { createSite, type System, startSystem } from './support/system.ts';
import { until } from './support/until.ts';

const FRAME_BYTES = 60_000;
const FRAMES = 5_000;
/** A part of what is sent. */
const MAX_GROWTH_BYTES = 220 * 1024 * 1024;

/** Bytes in memory of the gateway's process. */
function memoryOf({ gateway }: System): number {
  const status = readFileSync(`/proc/${gateway.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

/** A site of its own, whose link does what it likes. */
async function connectHostileLink(system: System): Promise<WebSocket> {
  const siteId = await createSite(system.admin, 'ZM-HOSTILE');
  const issued = await system.admin.post(`/admin/sites/${siteId}/enrolment-tokens`);
  const { token } = issued.json as { token: string };
  const { privateKey } = generateKeyPairSync('ed25519');
  const enrolled = await new HttpClient(system.url).post('/link/enrol', {
    token,
    publicKey: publicKeyText(privateKey),
  });
  expect(enrolled.status).toBe(200);
  const socket = new WebSocket(`${system.url.replace('http', 'ws')}/link/connect`);
  const [challenge] = (await once(socket, 'message')) as [Buffer];
  const { nonce } = JSON.parse(challenge.toString()) as { nonce: string };
  socket.send(
    JSON.stringify({
      type: 'authenticate',
      siteId,
      signature: signChallenge(signingText('connect', siteId, [nonce]), privateKey),
      protocolVersion: 1,
      capabilities: ['async', 'registered'],
      linkVersion: '26.1.0',
      clientTime: new Date().toISOString(),
      catalogues: [],
      practice: {},
    }),
  );
  await once(socket, 'message');
  return socket;
}

/** A heartbeat with catalogues that are other ones each time, so that the gateway has to write them down. */
function floodingFrame(n: number): string {
  const name = String(n).padEnd(FRAME_BYTES, 'x');
  return JSON.stringify({
    type: 'heartbeat',
    linkVersion: '26.1.0',
    clientTime: new Date().toISOString(),
    catalogues: [{ name, isDefault: true }],
  });
}

/** Bytes by which the gateway has grown at most. */
async function flood(system: System): Promise<number> {
  const hostile = await connectHostileLink(system);
  let answers = 0;
  hostile.on('message', () => {
    answers += 1;
  });
  const before = memoryOf(system);
  let highest = before;
  let sent = 0;
  for (let n = 0; n < FRAMES; n += 1) {
    hostile.send(floodingFrame(n), () => {
      sent += 1;
    });
  }
  let others = 0;
  await until(
    'the flood is over',
    async () => {
      highest = Math.max(highest, memoryOf(system));
      expect((await system.queries.run('SELECT 1 AS n')).status).toBe(200);
      others += 1;
      return sent === FRAMES && answers >= FRAMES;
    },
    150_000,
  );
  expect(others).toBeGreaterThan(3);
  expect(system.gateway.hasEnded).toBe(false);
  hostile.terminate();
  return highest - before;
}

describeOnEveryEngine('a link that floods its gateway', (engine) => {
  test('costs it little memory, and other sites go on', { timeout: 180_000 }, async () => {
    await using store = await engine.createStore();
    await using system = await startSystem({ gatewayEnv: { PARHELION_STORE_URL: store.url } });
    expect(await flood(system)).toBeLessThan(MAX_GROWTH_BYTES);
  });
});
