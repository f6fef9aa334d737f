import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { deferred } from '../../src/lib/deferred.ts';
import { signingText, verifyChallenge } from '../../src/protocol/challenge.ts';
import { CLOSE_CODES, type CloseCodeName } from '../../src/protocol/close-codes.ts';
import { decodeLinkFrame, encodeFrame, type ReceivedFrame } from '../../src/protocol/codec.ts';
import { DataChannel } from '../../src/protocol/data-channel.ts';
import type { GatewayFrame, LinkFrame } from '../../src/protocol/frames.ts';

type FrameOf<T extends LinkFrame['type']> = Extract<LinkFrame, { type: T }>;

/** What a test decides about the gateway. */
export interface FakeGatewayOptions {
  /** The site's public key, base64url of its SPKI form. */
  readonly publicKey: string;
  readonly heartbeatIntervalMs?: number;
  readonly silenceLimitMs?: number;
  /** Answers the requests that are not sockets. */
  readonly onRequest?: (path: string, body: unknown) => { status: number; body?: unknown };
  /** Takes the requests with the method PUT. */
  readonly onPut?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Whether a data socket may be opened; default yes. */
  readonly acceptsData?: boolean;
  /** Versions in the challenge. */
  readonly protocolVersions?: readonly number[];
  /** Says nothing at all on a new control socket. */
  readonly isMute?: boolean;
}

/** One control socket, seen from the gateway. Frames are kept until somebody asks for them. */
export class FakeSession {
  readonly socket: WebSocket;
  readonly closed = deferred<number>();
  readonly #frames: ReceivedFrame<LinkFrame>[] = [];
  #arrival = deferred<void>();

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data, isBinary) => {
      this.#frames.push(decodeLinkFrame(data as Buffer, isBinary));
      this.#arrived();
    });
    socket.on('close', (code) => {
      this.closed.resolve(code);
      this.#arrived();
    });
  }

  send(frame: GatewayFrame): void {
    this.socket.send(encodeFrame(frame));
  }

  close(name: CloseCodeName): void {
    this.socket.close(CLOSE_CODES[name].code, CLOSE_CODES[name].reason);
  }

  /** Waits for the next frame of the type, leaving others where they are. */
  async next<T extends LinkFrame['type']>(
    type: T,
  ): Promise<{ frame: FrameOf<T>; body: Buffer | undefined }> {
    for (;;) {
      const index = this.#frames.findIndex(({ frame }) => frame.type === type);
      const [found] = index < 0 ? [] : this.#frames.splice(index, 1);
      if (found) return { frame: found.frame as FrameOf<T>, body: found.body };
      if (this.socket.readyState === this.socket.CLOSED) throw new Error('The socket is closed.');
      await this.#arrival.promise;
    }
  }

  /** The next outcome of a query, whichever way it went. */
  async outcome(
    queryId: string,
  ): Promise<{ frame: FrameOf<'result'> | FrameOf<'failure'>; body: Buffer | undefined }> {
    for (;;) {
      const index = this.#frames.findIndex(
        ({ frame }) =>
          (frame.type === 'result' || frame.type === 'failure') && frame.queryId === queryId,
      );
      const [found] = index < 0 ? [] : this.#frames.splice(index, 1);
      if (found) {
        const { frame, body } = found;
        return { frame: frame as FrameOf<'result'> | FrameOf<'failure'>, body };
      }
      if (this.socket.readyState === this.socket.CLOSED) throw new Error('The socket is closed.');
      await this.#arrival.promise;
    }
  }

  get waitingFrames(): readonly LinkFrame[] {
    return this.#frames.map(({ frame }) => frame);
  }

  #arrived(): void {
    const arrival = this.#arrival;
    this.#arrival = deferred();
    arrival.resolve();
  }
}

/** A gateway that does only what a test tells it, over real sockets. */
export class FakeGateway implements AsyncDisposable {
  readonly requests: { path: string; body: unknown }[] = [];
  dataDials = 0;
  controlDials = 0;
  dataToken = 'data-token';
  /** What the newest data socket carries. */
  channel: DataChannel | undefined;
  dataSocket: WebSocket | undefined;
  readonly #options: FakeGatewayOptions;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #sessions: FakeSession[] = [];
  #arrival = deferred<void>();
  #dataArrival = deferred<void>();
  #sessionCount = 0;

  constructor(options: FakeGatewayOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      if (request.method === 'PUT' && options.onPut) return options.onPut(request, response);
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const path = request.url ?? '';
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || 'null');
        this.requests.push({ path, body });
        const answer = options.onRequest?.(path, body) ?? { status: 404 };
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
      });
    });
    this.#server.on('upgrade', (request, socket, head) => {
      const isData = request.url === '/link/data';
      if (isData && !this.#mayOpenData(request)) {
        this.dataDials += 1;
        socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (accepted) =>
        isData ? this.#openData(accepted) : void this.#openControl(accepted),
      );
    });
  }

  /** Listens; on a given port to come back after a stop. */
  async listen(port = 0): Promise<this> {
    const listening = deferred<void>();
    this.#server.listen(port, '127.0.0.1', () => listening.resolve());
    await listening.promise;
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Open sockets of both kinds. */
  get openSockets(): number {
    return this.#sockets.clients.size;
  }

  /** The next control socket that was welcomed. */
  async session(): Promise<FakeSession> {
    for (;;) {
      const session = this.#sessions.shift();
      if (session) return session;
      await this.#arrival.promise;
    }
  }

  /** The newest data channel, once there is one. */
  async dataChannel(): Promise<DataChannel> {
    while (!this.channel) await this.#dataArrival.promise;
    return this.channel;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    const closed = deferred<void>();
    this.#server.close(() => closed.resolve());
    this.#server.closeAllConnections();
    await closed.promise;
  }

  async #openControl(socket: WebSocket): Promise<void> {
    this.controlDials += 1;
    const session = new FakeSession(socket);
    if (this.#options.isMute) return;
    const nonce = `nonce-${'x'.repeat(16)}-${this.controlDials}`;
    const protocolVersions = [...(this.#options.protocolVersions ?? [1])];
    session.send({ type: 'challenge', nonce, protocolVersions });
    const authenticated = await session.next('authenticate').catch(() => undefined);
    if (!authenticated) return;
    const { siteId, signature } = authenticated.frame;
    const text = signingText('connect', siteId, [nonce]);
    if (!verifyChallenge(text, signature, this.#options.publicKey)) {
      session.close('notAuthenticated');
      return;
    }
    this.#sessionCount += 1;
    session.send({
      type: 'welcome',
      sessionId: `00000000-0000-4000-8000-${String(this.#sessionCount).padStart(12, '0')}`,
      dataToken: this.dataToken,
      heartbeatIntervalMs: this.#options.heartbeatIntervalMs ?? 30_000,
      silenceLimitMs: this.#options.silenceLimitMs ?? 120_000,
    });
    this.#sessions.push(session);
    const arrival = this.#arrival;
    this.#arrival = deferred();
    arrival.resolve();
  }

  #mayOpenData(request: IncomingMessage): boolean {
    const isKnown = request.headers.authorization === `Bearer ${this.dataToken}`;
    return isKnown && this.#options.acceptsData !== false;
  }

  #openData(socket: WebSocket): void {
    this.dataDials += 1;
    const channel = new DataChannel(
      (message) => {
        const sent = deferred<void>();
        socket.send(message, (error) => (error ? sent.reject(error) : sent.resolve()));
        return sent.promise;
      },
      () => true,
    );
    socket.on('message', (data) => channel.receive(data as Buffer));
    socket.on('close', () => {
      channel[Symbol.dispose]();
      if (this.channel === channel) this.channel = undefined;
    });
    this.channel = channel;
    this.dataSocket = socket;
    const arrival = this.#dataArrival;
    this.#dataArrival = deferred();
    arrival.resolve();
  }
}
