import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startExample } from './support/example.ts';
import { HttpClient } from './support/http-client.ts';
import type { Program } from './support/program.ts';
import { until } from './support/until.ts';

const SECRET = 'the current secret';
const NEXT = 'the coming secret';

let receiver: Program;
let http: HttpClient;

beforeAll(async () => {
  const env = { WEBHOOK_SECRET: SECRET, WEBHOOK_SECRET_NEXT: NEXT, PORT: '0' };
  receiver = startExample('webhook-receiver.mjs', [], env);
  const url = await until(
    'the receiver listens',
    () => /Listening at (\S+)/.exec(receiver.output)?.[1],
  );
  http = new HttpClient(url);
});

afterAll(() => receiver.stop());

interface Message {
  readonly id?: string;
  readonly queryId?: string;
  readonly secret?: string;
  readonly ageMs?: number;
  readonly signatureHeader?: string;
  /** Put over the right ones. */
  readonly headers?: Record<string, string | undefined>;
  readonly tamper?: (body: string) => string;
}

/** Sends a webhook as the gateway signs it. */
async function send(message: Message = {}) {
  const { id = randomUUID(), queryId = randomUUID(), secret = SECRET, ageMs = 0 } = message;
  const { signatureHeader = 'x-halo-signature-256', tamper = (body) => body } = message;
  const body = JSON.stringify({
    id,
    occurredAt: '2026-03-05T14:30:00.0000000+00:00',
    siteId: randomUUID(),
    queryId,
    webhookSource: 'async',
  });
  const timestamp = new Date(Date.now() - ageMs).toISOString().replace('Z', '0000+00:00');
  const signature = createHmac('sha256', secret).update(`${body}.${timestamp}`).digest('hex');
  const answer = await http.post('/', tamper(body), {
    'x-halo-id': id,
    'x-halo-timestamp': timestamp,
    [signatureHeader]: signature,
    ...message.headers,
  });
  const timesShown = receiver.stdout.split(queryId).length - 1;
  return { status: answer.status, timesShown, id, queryId };
}

describe('a genuine webhook', () => {
  test('is taken', async () => {
    const { status, queryId } = await send();
    expect(status).toBe(204);
    await until('it is shown', () => receiver.stdout.includes(`async query ${queryId}`));
  });

  test('may be signed with either secret while one replaces the other', async () => {
    expect(await send({ secret: NEXT })).toMatchObject({ status: 204 });
    const signatureHeader = 'x-halo-signature-256-next';
    expect(await send({ secret: NEXT, signatureHeader })).toMatchObject({ status: 204 });
  });

  test('that comes again is answered the same and not acted on again', async () => {
    const { id, queryId } = await send();
    await until('it is shown', () => receiver.stdout.includes(queryId));
    expect(await send({ id, queryId })).toMatchObject({ status: 204 });
    // A later message is behind it.
    const later = await send();
    await until('the later one is shown', () => receiver.stdout.includes(later.queryId));
    expect(receiver.stdout.split(queryId)).toHaveLength(2);
  });
});

describe('what is refused', () => {
  test.each<[string, Message, number]>([
    ['a secret that it does not know', { secret: 'another secret' }, 401],
    ['a body that was changed', { tamper: (body) => body.replace('async', 'other') }, 401],
    ['no signature', { headers: { 'x-halo-signature-256': undefined } }, 401],
    ['a signature cut short', { headers: { 'x-halo-signature-256': 'ab' } }, 401],
    ['another timestamp', { headers: { 'x-halo-timestamp': new Date().toISOString() } }, 401],
    ['an old timestamp', { ageMs: 6 * 60_000 }, 401],
    ['a timestamp of the future', { ageMs: -6 * 60_000 }, 401],
    ['an id that is not the one of the body', { headers: { 'x-halo-id': randomUUID() } }, 400],
    ['a body without end', { tamper: (body) => body.padEnd(100_000) }, 413],
  ])('%s', async (_, message, status) => {
    expect(await send(message)).toMatchObject({ status, timesShown: 0 });
  });

  test('another method', async () => {
    expect((await http.get('/')).status).toBe(405);
  });
});

test('without a secret it does not start', async () => {
  const program = startExample('webhook-receiver.mjs', [], {});
  expect(await program.exit).toMatchObject({ code: 2 });
  expect(program.stderr).toContain('WEBHOOK_SECRET');
});
