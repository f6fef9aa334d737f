import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

/** The answer to one request. */
export class Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;

  constructor(status: number, headers: IncomingHttpHeaders, body: Buffer) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  get text(): string {
    return this.body.toString();
  }

  get json(): unknown {
    return this.body.length === 0 ? undefined : JSON.parse(this.text);
  }

  /** The message of the error envelope; undefined when the answer is not one. */
  get errorMessage(): string | undefined {
    return (this.json as { error?: { message?: string } } | undefined)?.error?.message;
  }
}

export interface Request {
  readonly method?: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  /** An object is sent as JSON. */
  readonly body?: object | string | Buffer;
  /** Aborting cuts the connection. */
  readonly signal?: AbortSignal;
}

const ANSWER_LIMIT_MS = 60_000;

function encodeBody({ body }: Request): {
  bytes: Buffer | undefined;
  headers: OutgoingHttpHeaders;
} {
  if (body === undefined) return { bytes: undefined, headers: {} };
  const isPlain = typeof body === 'string' || Buffer.isBuffer(body);
  const bytes = Buffer.from(isPlain ? body : JSON.stringify(body));
  return {
    bytes,
    headers: { 'content-type': 'application/json', 'content-length': bytes.length },
  };
}

/** Sends requests to one server, each on a connection of its own, so that a restart in between is no surprise. */
export class HttpClient {
  readonly baseUrl: string;
  readonly #headers: OutgoingHttpHeaders;

  constructor(baseUrl: string, headers: OutgoingHttpHeaders = {}) {
    this.baseUrl = baseUrl;
    this.#headers = headers;
  }

  /** The same server with other headers. */
  with(headers: OutgoingHttpHeaders): HttpClient {
    return new HttpClient(this.baseUrl, { ...this.#headers, ...headers });
  }

  get(path: string, headers?: OutgoingHttpHeaders): Promise<Answer> {
    return this.send({ path, ...(headers && { headers }) });
  }

  post(path: string, body?: Request['body'], headers?: OutgoingHttpHeaders): Promise<Answer> {
    return this.send({
      method: 'POST',
      path,
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
    });
  }

  send(asked: Request): Promise<Answer> {
    const { bytes, headers } = encodeBody(asked);
    const wanted = { ...headers, ...this.#headers, ...asked.headers };
    return new Promise((resolve, reject) => {
      const call = request(this.baseUrl + asked.path, {
        agent: false,
        method: asked.method ?? 'GET',
        headers: Object.fromEntries(
          Object.entries(wanted).filter(([, value]) => value !== undefined),
        ),
        ...(asked.signal && { signal: asked.signal }),
      });
      const limit = setTimeout(() => call.destroy(new Error('No answer came.')), ANSWER_LIMIT_MS);
      call.once('close', () => clearTimeout(limit));
      let isAnswered = false;
      call.on('response', (response) => {
        isAnswered = true;
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode = 0, headers: received } = response;
          resolve(new Answer(statusCode, received, Buffer.concat(chunks)));
        });
      });
      // A server may answer and close while a body is still being sent: then the answer counts.
      call.on('error', (error) => {
        if (!isAnswered) reject(error);
      });
      call.end(bytes);
    });
  }
}
