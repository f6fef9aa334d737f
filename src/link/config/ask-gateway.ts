import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { deferred } from '../../lib/deferred.ts';
import { gatewayUrl } from '../connection/gateway-url.ts';
import { requestOptions, type Transport } from '../connection/transport.ts';

const MAX_ANSWER_BYTES = 64 * 1024;

export interface GatewayAnswer {
  readonly status: number;
  /** The parsed JSON; undefined when the answer has none. */
  readonly body: unknown;
  /** The gateway's own sentence, where it gave one. */
  readonly message: string | undefined;
}

interface GatewayRequest {
  readonly transport: Transport;
  readonly signal: AbortSignal;
  /** Posted as JSON; left out, the request is a GET. */
  readonly body?: unknown;
}

/** Posts JSON to the gateway. @throws ParhelionError when no answer comes back */
export function postToGateway(
  base: string,
  path: string,
  body: unknown,
  options: Omit<GatewayRequest, 'body'>,
): Promise<GatewayAnswer> {
  return askGateway(base, path, { ...options, body });
}

/** Sends a request to the gateway. @throws ParhelionError when no answer comes back */
export async function askGateway(
  base: string,
  path: string,
  options: GatewayRequest,
): Promise<GatewayAnswer> {
  const { body } = options;
  const url = gatewayUrl(base, path, 'http');
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const answered = deferred<GatewayAnswer>();
  const request = send(url, {
    ...requestOptions(options.transport),
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    signal: options.signal,
  });
  request.on('error', answered.reject);
  request.on('response', (response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) request.destroy(new Error('The answer is too large.'));
      else chunks.push(chunk);
    });
    response.on('error', answered.reject);
    response.on('end', () => {
      const parsed = parseJson(Buffer.concat(chunks).toString());
      const { message } = (parsed as { error?: { message?: unknown } } | undefined)?.error ?? {};
      answered.resolve({
        status: response.statusCode ?? 0,
        body: parsed,
        message: typeof message === 'string' ? message : undefined,
      });
    });
  });
  request.end(body === undefined ? undefined : JSON.stringify(body));
  try {
    return await answered.promise;
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
    const message = `The gateway at ${url.origin} could not be reached (${detail}).`;
    throw new ParhelionError('siteUnreachable', message, { cause: error });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The sentence for an answer that is neither a success nor a refusal that the caller has words for. */
export function unexpectedAnswer(what: string, answer: GatewayAnswer): ParhelionError {
  const said = answer.message === undefined ? '' : ` ${answer.message}`;
  const message = `The gateway did not accept ${what} (HTTP ${answer.status}).${said}`;
  return new ParhelionError(answer.status < 500 ? 'invalidRequest' : 'internal', message);
}
