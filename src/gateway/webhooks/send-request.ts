import type { LookupAddress, LookupOptions } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import type { Clock } from '../../lib/clock.ts';
import { Deadline } from '../../lib/deadline.ts';
import { type AddressGuard, hostOf } from './address-guard.ts';
import type { ResolveHost } from './resolve-host.ts';
import { retryAfterMs } from './retry-after.ts';
import type { AttemptResult, DeliveryError } from './webhook.ts';

const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;

export interface SenderOptions {
  readonly guard: AddressGuard;
  readonly resolveHost: ResolveHost;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

export interface OutgoingRequest {
  readonly url: URL;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** An error that was recognised where it arose. */
class SendError extends Error {
  override readonly name = 'SendError';
  readonly kind: DeliveryError;

  constructor(kind: DeliveryError) {
    super(kind);
    this.kind = kind;
  }
}

/** Hands the connection only addresses that were checked: what DNS answers to anybody else does not matter. */
function guardedLookup(
  { guard, resolveHost }: SenderOptions,
  isEncrypted: boolean,
): LookupFunction {
  // Node asks for all addresses, to try them in turn.
  const find = async (host: string, _options: LookupOptions): Promise<LookupAddress[]> => {
    const addresses = await resolveHost(host).catch(() => []);
    if (addresses.length === 0) throw new SendError('dns');
    // `localhost` is often ::1 too, where the operator allows 127.0.0.1 alone.
    const admitted = addresses.filter((address) => guard.admits(address, isEncrypted));
    if (admitted.length === 0) throw new SendError('addressRefused');
    return admitted.map((address) => ({ address, family: isIP(address) }));
  };
  return callbackify(find);
}

const TLS_ERROR =
  /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|INVALID_CA|HOSTNAME_MISMATCH)/;

function kindOf(error: unknown): DeliveryError {
  if (error instanceof SendError) return error.kind;
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return TLS_ERROR.test(String(code)) ? 'tls' : 'connection';
}

function resultOf({ statusCode = 0, headers }: IncomingMessage, clock: Clock): AttemptResult {
  if (statusCode >= 200 && statusCode < 300) return { statusCode };
  if (statusCode >= 300 && statusCode < 400) return { statusCode, error: 'redirect' };
  const mayAskToWait = statusCode === 429 || statusCode === 503;
  const wait = mayAskToWait ? retryAfterMs(headers['retry-after'], clock.now()) : undefined;
  const waitAsked = wait === undefined ? {} : { retryAfterMs: wait };
  return { statusCode, error: 'httpStatus', ...waitAsked };
}

/** Reads a while and throws away: a receiver that is cut off in its answer might log an error. */
async function discard(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of response) {
      bytes += (chunk as Buffer).length;
      if (bytes > MAX_ANSWER_BYTES) break;
    }
  } catch {
    // The status has been read: how the answer ends does not matter.
  }
}

function exchange(
  { url, body, headers }: OutgoingRequest,
  options: SenderOptions,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const isEncrypted = url.protocol === 'https:';
  const host = hostOf(url);
  if (isIP(host) !== 0 && !options.guard.admits(host, isEncrypted)) {
    return Promise.reject(new SendError('addressRefused'));
  }
  return new Promise((resolve, reject) => {
    const open = isEncrypted ? requestHttps : requestHttp;
    const request = open(url, {
      method: 'POST',
      headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      // A connection of its own for each attempt, so that each one passes the guard.
      agent: false,
      lookup: guardedLookup(options, isEncrypted),
      maxHeaderSize: MAX_HEADER_BYTES,
      signal,
    });
    request.once('response', resolve);
    request.on('error', reject);
    request.once('close', () => reject(new SendError('connection')));
    request.end(body);
  });
}

/** Sends one request and says what became of it. Redirects are not followed. It never rejects. */
export async function sendRequest(
  outgoing: OutgoingRequest,
  options: SenderOptions,
  stop: AbortSignal,
): Promise<AttemptResult> {
  using deadline = new Deadline(options.timeoutMs, stop);
  try {
    const response = await exchange(outgoing, options, deadline.signal);
    const result = resultOf(response, options.clock);
    await discard(response);
    response.destroy();
    return result;
  } catch (error) {
    if (stop.aborted) return { error: 'interrupted' };
    return { error: deadline.hasPassed ? 'timeout' : kindOf(error) };
  }
}
