import { STATUS_CODES } from 'node:http';
import { Deadline } from '../lib/deadline.ts';
import { failure, interrupted, RefusedFailure, TransientFailure } from './failure.ts';

/** An answer of the gateway, whatever its status. `body` is parsed JSON, undefined where there is none. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** What `Retry-After` says, 0 when it says nothing. */
  readonly retryAfterMs: number;
}

/** A successful answer that is kept as the bytes that came. */
export interface Download {
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** Speaks HTTP with one gateway. All rejections are sentences. */
export interface GatewayClient {
  readonly baseUrl: string;
  /** Rejects when no gateway answers; any status of a gateway is an answer. */
  send(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Rejects when no gateway answers, or one answers anything but 2xx. */
  download(path: string, timeoutMs: number): Promise<Download>;
}

export interface GatewayClientOptions {
  readonly baseUrl: string;
  /** Carries the secret; sent to `baseUrl` alone, for redirects are not followed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly timeoutMs: number;
}

function unreachable(baseUrl: string, error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  if (code === 'ECONNREFUSED') return `No gateway is running at ${baseUrl}.`;
  if (code === 'ENOTFOUND') return `The host of ${baseUrl} is not known.`;
  const why = code ?? (cause instanceof Error ? cause.message : 'connection failed');
  return `The gateway at ${baseUrl} cannot be reached (${why}).`;
}

// A gateway that restarts, or the proxy before it, answers so.
const mayPass = (status: number) => status === 408 || status === 429 || status >= 500;

function readRetryAfter(headers: Headers): number {
  const text = headers.get('retry-after') ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? 0 : Math.max(0, at - Date.now());
}

async function readAnswer(baseUrl: string, response: Response): Promise<Answer> {
  const { status, headers } = response;
  const retryAfterMs = readRetryAfter(headers);
  const text = await response.text();
  if (text === '') return { status, body: undefined, retryAfterMs };
  try {
    return { status, body: JSON.parse(text), retryAfterMs };
  } catch {
    const sentence = `What answers at ${baseUrl} is not a gateway (HTTP ${status}, not JSON).`;
    throw mayPass(status) ? new TransientFailure(sentence, retryAfterMs) : failure(sentence);
  }
}

function fetchOnce(
  { baseUrl, headers }: GatewayClientOptions,
  { method, path, body }: Request,
  signal: AbortSignal,
): Promise<Response> {
  return fetch(`${baseUrl}${path}`, {
    method,
    redirect: 'manual',
    signal,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function exchange<T>(
  options: GatewayClientOptions,
  request: Request,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const { baseUrl, signal } = options;
  using deadline = new Deadline(request.timeoutMs, signal);
  try {
    const response = await fetchOnce(options, request, deadline.signal);
    const { status } = response;
    if (status >= 300 && status < 400) {
      await response.body?.cancel();
      throw failure(`${baseUrl} redirects elsewhere (HTTP ${status}): give the final address.`);
    }
    return await read(response);
  } catch (error) {
    if (signal.aborted) throw interrupted();
    if (deadline.hasPassed) {
      const seconds = request.timeoutMs / 1000;
      throw new TransientFailure(`The gateway at ${baseUrl} did not answer within ${seconds} s.`);
    }
    if (error instanceof TypeError) throw new TransientFailure(unreachable(baseUrl, error));
    throw error;
  }
}

export function createGatewayClient(options: GatewayClientOptions): GatewayClient {
  const { baseUrl, timeoutMs } = options;
  return {
    baseUrl,
    send: (method, path, body) =>
      exchange(options, { method, path, body, timeoutMs }, (response) =>
        readAnswer(baseUrl, response),
      ),
    download: (path, downloadTimeoutMs) =>
      exchange(options, { method: 'GET', path, timeoutMs: downloadTimeoutMs }, async (response) => {
        if (!response.ok) throw refusal(await readAnswer(baseUrl, response));
        const bytes = new Uint8Array(await response.arrayBuffer());
        return { headers: response.headers, bytes };
      }),
  };
}

function messageOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const { error } = body;
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  return typeof error.message === 'string' ? error.message : undefined;
}

/** The failure that an answer other than 2xx stands for: the gateway's own sentence where it sent one. */
export function refusal({ status, body, retryAfterMs }: Answer): Error {
  const fallback = `The gateway answered HTTP ${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const sentence = messageOf(body) ?? `${fallback}.`;
  return mayPass(status)
    ? new TransientFailure(sentence, retryAfterMs)
    : new RefusedFailure(sentence, status);
}

export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}
