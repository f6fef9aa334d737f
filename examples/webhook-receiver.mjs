/*
 * Receives webhooks: checks that each comes from the gateway, is fresh, and is acted on once.
 *
 *   WEBHOOK_SECRET=… PORT=8081 node examples/webhook-receiver.mjs
 *
 * While the secret is being replaced, give the other one as WEBHOOK_SECRET_NEXT: either is accepted. Behind a proxy
 * with TLS, let it pass the body and the headers as they are. Node 20 or later, no packages.
 *
 * A webhook never carries rows. It says which query has something new; fetch it with your key.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const MAX_BODY_BYTES = 64 * 1024;
/** Every attempt has a timestamp of its own, so an old one is a copy that somebody kept. */
const MAX_AGE_MS = 5 * 60_000;
/** Attempts of one message can be spread over many hours. */
const REMEMBERED_MS = 24 * 60 * 60_000;

/** Why a request is refused; `status` is what the gateway gets. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Compares in a time that does not tell how much of the signature was right. */
function isSignedWith(secret, rawBody, timestamp, signature) {
  const expected = createHmac('sha256', secret).update(rawBody).update(`.${timestamp}`).digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Reads a webhook, or throws a Refusal.
 *
 * @param {Buffer} rawBody the bytes as they came: parsing and writing JSON again would change what was signed
 * @param {Record<string, string | undefined>} headers names in lower case
 * @param {string[]} secrets one, or two while the secret is being replaced
 */
export function readWebhook(rawBody, headers, secrets, nowMs = Date.now()) {
  const timestamp = headers['x-halo-timestamp'] ?? '';
  // The second header is there while the secret is being replaced, signed with the coming one.
  const signatures = [headers['x-halo-signature-256'], headers['x-halo-signature-256-next']];
  const isGenuine = signatures
    .filter((signature) => signature !== undefined)
    .some((signature) =>
      secrets.some((secret) => isSignedWith(secret, rawBody, timestamp, signature)),
    );
  if (!isGenuine) throw new Refusal(401, 'The signature is wrong.');
  // Only now: a timestamp without a valid signature says nothing. `NaN` is refused as well.
  if (!(Math.abs(nowMs - Date.parse(timestamp)) <= MAX_AGE_MS)) {
    throw new Refusal(401, 'The timestamp is too old, or the clocks differ.');
  }
  const event = JSON.parse(rawBody.toString('utf8'));
  // The header is not signed; the id in the body is.
  if (event.id !== headers['x-halo-id'])
    throw new Refusal(400, 'X-Halo-Id is not the id of the body.');
  return event;
}

/** Remembers ids for a day. A receiver of several processes keeps them in its database instead. */
class SeenIds {
  #seenAt = new Map();

  /** False when the id was there already. */
  add(id, nowMs = Date.now()) {
    for (const [old, at] of this.#seenAt) {
      if (nowMs - at < REMEMBERED_MS) break;
      this.#seenAt.delete(old);
    }
    if (this.#seenAt.has(id)) return false;
    this.#seenAt.set(id, nowMs);
    return true;
  }

  delete(id) {
    this.#seenAt.delete(id);
  }
}

async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Refusal(413, 'The body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * An HTTP server that calls `onEvent` once for each genuine message.
 *
 * The gateway waits 5 seconds for an answer. Do in `onEvent` only what is quick and durable, such as writing the event
 * to a queue; do the work later. When it throws, the answer is 500 and the gateway sends the message again.
 */
export function createReceiver(secrets, onEvent) {
  const seen = new SeenIds();

  async function receive(request) {
    if (request.method !== 'POST') throw new Refusal(405, 'Webhooks are sent by POST.');
    const event = readWebhook(await readBody(request), request.headers, secrets);
    // A repetition is answered like the first: the gateway has only missed our answer, and would go on asking.
    if (!seen.add(event.id)) return;
    try {
      await onEvent(event);
    } catch (error) {
      seen.delete(event.id);
      throw error;
    }
  }

  return createServer((request, response) => {
    receive(request).then(
      () => response.writeHead(204).end(),
      (error) => {
        const status = error instanceof Refusal ? error.status : 500;
        console.error(`refused with ${status}: ${error.message}`);
        // What is left of a body that is too large is not read.
        response.writeHead(status, { Connection: 'close' }).end();
      },
    );
  });
}

/** Starts listening and answers the port. */
export async function listen(server, port, host) {
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server.address().port;
}

/** The secrets that the environment has, or the end of the program. */
export function secretsOfEnvironment() {
  const { WEBHOOK_SECRET, WEBHOOK_SECRET_NEXT } = process.env;
  const secrets = [WEBHOOK_SECRET, WEBHOOK_SECRET_NEXT].filter(Boolean);
  if (secrets.length > 0) return secrets;
  console.error('Set WEBHOOK_SECRET to the secret that the operator of the gateway gave you.');
  process.exit(2);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const server = createReceiver(secretsOfEnvironment(), (event) => {
    console.log(`${event.occurredAt} ${event.webhookSource} query ${event.queryId}`);
  });
  const { HOST = '127.0.0.1', PORT = '8081' } = process.env;
  const port = await listen(server, Number(PORT), HOST);
  console.log(`Listening at http://${HOST}:${port}`);
}
