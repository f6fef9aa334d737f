import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

/** The certificate of every receiver that speaks TLS: made for tests, of `localhost` and 127.0.0.1. */
export const RECEIVER_CERTIFICATE_FILE = fileURLToPath(
  new URL('tds-peer/test-only-certificate.pem', import.meta.url),
);
const KEY_FILE = new URL('tds-peer/test-only-key.pem', import.meta.url);

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A number is the status of an empty answer; undefined leaves the request without an answer. */
export type ReceiverAnswer =
  | number
  | undefined
  | ((request: Received, response: ServerResponse) => void);

/** Somebody's server that takes webhooks. */
export class WebhookReceiver implements AsyncDisposable {
  readonly requests: Received[] = [];
  /** What it answers from now on. */
  answer: ReceiverAnswer = 204;
  readonly #server;
  readonly #scheme: string;

  private constructor(scheme: 'http' | 'https') {
    this.#scheme = scheme;
    const listener = (request: IncomingMessage, response: ServerResponse) =>
      void this.#take(request, response);
    this.#server =
      scheme === 'http'
        ? createServer(listener)
        : createTlsServer(
            { cert: readFileSync(RECEIVER_CERTIFICATE_FILE), key: readFileSync(KEY_FILE) },
            listener,
          );
  }

  static async listen(scheme: 'http' | 'https' = 'http'): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(scheme);
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${this.port}`;
  }

  /** The ids of the messages it got, in the order of their arrival. */
  get ids(): string[] {
    return this.requests.map(({ headers }) => String(headers['x-halo-id']));
  }

  /** Waits until it has got so many requests. */
  async untilReceived(count: number, deadlineMs?: number): Promise<readonly Received[]> {
    const what = `${count} requests of a webhook`;
    return until(what, () => this.requests.length >= count && this.requests, deadlineMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    // A sender that gives up in the middle has sent nothing.
    const body = await text(incoming).catch(() => undefined);
    if (body === undefined) return;
    const { method = '', url: path = '', headers } = incoming;
    const request = { method, path, headers, body };
    this.requests.push(request);
    const { answer } = this;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else answer?.(request, response);
  }
}

/** The signature that a receiver works out for itself. */
export function expectedSignature({ body, headers }: Received, secret: string): string {
  const timestamp = String(headers['x-halo-timestamp']);
  return createHmac('sha256', secret).update(`${body}.${timestamp}`).digest('hex');
}
