import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { deferred } from '../../lib/deferred.ts';
import type { Upload } from '../../protocol/async-frames.ts';
import { requestOptions, type Transport } from '../connection/transport.ts';
import type { ImmediateActivity } from '../execution/immediate-activity.ts';

/** Between two pieces an immediate query may go ahead. */
const PIECE_BYTES = 64 * 1024;

export interface UploadClientOptions {
  readonly transport: Transport;
  readonly activity: Pick<ImmediateActivity, 'giveWay'>;
  /** Longest time in which nothing of a request moves. */
  readonly stallMs: number;
}

/** The address of an upload: a path of the gateway itself, or an absolute one. */
export function uploadUrl(gatewayUrl: string, url: string): URL {
  if (!url.startsWith('/')) return new URL(url);
  const base = new URL(gatewayUrl);
  return new URL(`${base.pathname.replace(/\/+$/, '')}${url}`, base.origin);
}

/** Puts bytes where the gateway says, giving way to immediate queries piece by piece. */
export class UploadClient implements Disposable {
  readonly #options: UploadClientOptions;
  readonly #agents = {
    'http:': new HttpAgent({ keepAlive: true }),
    'https:': new HttpsAgent({ keepAlive: true }),
  };

  constructor(options: UploadClientOptions) {
    this.#options = options;
  }

  /** @returns the status of the answer. @throws what the network says, or because of the signal */
  async put(url: URL, headers: Upload['headers'], bytes: Uint8Array, signal: AbortSignal) {
    const { transport, stallMs } = this.#options;
    const isSecure = url.protocol === 'https:';
    const request = (isSecure ? httpsRequest : httpRequest)(url, {
      agent: this.#agents[isSecure ? 'https:' : 'http:'],
      ...requestOptions(transport),
      method: 'PUT',
      headers: {
        'content-type': 'application/octet-stream',
        ...headers,
        'content-length': bytes.length,
      },
      signal,
    });
    request.setTimeout(stallMs, () => request.destroy(new Error('The upload stalled.')));
    const answered = deferred<number>();
    request.on('error', answered.reject);
    request.on('response', (response) => {
      response.on('error', answered.reject);
      response.on('close', () => answered.reject(new Error('The answer was cut.')));
      response.on('end', () => answered.resolve(response.statusCode ?? 0));
      response.resume();
    });
    this.#write(request, bytes, signal, answered.promise).catch(answered.reject);
    try {
      return await answered.promise;
    } finally {
      // An answer before the last byte is a refusal: the rest is not sent.
      if (!request.writableFinished) request.destroy();
    }
  }

  [Symbol.dispose](): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  async #write(
    request: ClientRequest,
    bytes: Uint8Array,
    signal: AbortSignal,
    answered: Promise<number>,
  ): Promise<void> {
    let isAnswered = false;
    const over = answered.then(
      () => void (isAnswered = true),
      () => void (isAnswered = true),
    );
    for (let sent = 0; sent < bytes.length; sent += PIECE_BYTES) {
      await this.#options.activity.giveWay(signal);
      if (isAnswered) return;
      if (request.write(bytes.subarray(sent, sent + PIECE_BYTES))) continue;
      const drained = deferred<void>();
      request.once('drain', drained.resolve);
      await Promise.race([drained.promise, over]);
      request.off('drain', drained.resolve);
    }
    request.end();
  }
}
