import { STATUS_CODES } from 'node:http';
import { Deadline } from '../lib/deadline.ts';
import { failure, interrupted } from './failure.ts';

/** An answer of the gateway, whatever its status. `body` is parsed JSON, undefined where there is none. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Speaks JSON over HTTP with one gateway. */
export interface GatewayClient {
  readonly baseUrl: string;
  /** Rejects with a sentence when no gateway answers; any status of a gateway is an answer. */
  send(method: string, path: string, body?: unknown): Promise<Answer>;
}

export interface GatewayClientOptions {
  readonly baseUrl: string;
  /** Carries the secret; sent to `baseUrl` alone, for redirects are not followed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

function unreachable(baseUrl: string, error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  if (code === 'ECONNREFUSED') return `No gateway is running at ${baseUrl}.`;
  if (code === 'ENOTFOUND') return `The host of ${baseUrl} is not known.`;
  const why = code ?? (cause instanceof Error ? cause.message : 'connection failed');
  return `The gateway at ${baseUrl} cannot be reached (${why}).`;
}

async function parseBody(baseUrl: string, response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw failure(
      `What answers at ${baseUrl} is not a gateway (HTTP ${response.status}, not JSON).`,
    );
  }
}

export function createGatewayClient(options: GatewayClientOptions): GatewayClient {
  const { baseUrl, headers, timeoutMs, signal } = options;

  return {
    baseUrl,
    async send(method, path, body) {
      using deadline = new Deadline(timeoutMs, signal);
      try {
        const response = await fetch(`${baseUrl}${path}`, {
          method,
          redirect: 'manual',
          signal: deadline.signal,
          headers:
            body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const { status } = response;
        if (status >= 300 && status < 400) {
          await response.body?.cancel();
          throw failure(`${baseUrl} redirects elsewhere (HTTP ${status}): give the final address.`);
        }
        return { status, body: await parseBody(baseUrl, response) };
      } catch (error) {
        if (signal.aborted) throw interrupted();
        if (deadline.hasPassed) {
          throw failure(`The gateway at ${baseUrl} did not answer within ${timeoutMs / 1000} s.`);
        }
        if (error instanceof TypeError) throw failure(unreachable(baseUrl, error));
        throw error;
      }
    },
  };
}

function messageOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const { error } = body;
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  return typeof error.message === 'string' ? error.message : undefined;
}

/** The failure that an answer other than 2xx stands for: the gateway's own sentence where it sent one. */
export function refusal({ status, body }: Answer): Error {
  const fallback = `The gateway answered HTTP ${status} ${STATUS_CODES[status] ?? ''}`.trim();
  return failure(messageOf(body) ?? `${fallback}.`);
}

export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}
