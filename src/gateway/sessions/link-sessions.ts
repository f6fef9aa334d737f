import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import { newId } from '../../lib/ids.ts';
import { pause } from '../../lib/waiting.ts';
import { CLOSE_CODES, type CloseCodeName } from '../../protocol/close-codes.ts';
import { encodeFrame, MAX_FRAME_BYTES } from '../../protocol/codec.ts';
import { joinDataSocket } from './data-sockets.ts';
import { FrameIntake } from './frame-intake.ts';
import {
  type AuthenticateFrame,
  type HandshakeOutcome,
  type IdentityLookup,
  shakeHands,
} from './handshake.ts';
import { type HandshakeLimits, HandshakePlaces } from './handshake-places.ts';
import type { SessionEvents } from './session-events.ts';
import { type HeartbeatFrame, SiteSession } from './site-session.ts';

/** For the other side to close its end. */
const CLOSE_LIMIT_MS = 5_000;

// The types of `ws` do not know `closeTimeout` yet.
const SERVER_OPTIONS: ServerOptions & { readonly closeTimeout: number } = {
  noServer: true,
  maxPayload: 2 * MAX_FRAME_BYTES,
  perMessageDeflate: false,
  clientTracking: false,
  closeTimeout: CLOSE_LIMIT_MS,
};

/** What the sessions need to know and to tell of sites. */
export interface SiteRegister {
  findIdentity: IdentityLookup;
  /** False for a site that is unknown or removed. */
  recordHello(sessionId: string, hello: AuthenticateFrame): Promise<boolean>;
  recordHeartbeat(siteId: string, sessionId: string, heartbeat: HeartbeatFrame): Promise<unknown>;
  recordOffline(siteId: string, sessionId: string): Promise<unknown>;
}

export interface LinkSessionsOptions {
  readonly register: SiteRegister;
  /** Makes the session reachable for requests, until disposed. */
  readonly serve: (session: SiteSession) => Disposable;
  readonly events: SessionEvents;
  readonly heartbeatIntervalMs: number;
  readonly silenceLimitMs: number;
  /** Where a socket comes from. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly handshakes: HandshakeLimits;
}

interface LiveSession {
  /** The identity that its link proved to have. */
  readonly identityId: string;
  readonly session: SiteSession;
  readonly dataToken: string;
}

/** All sessions of the links that are connected to this node; one per site, the newest wins. */
export class LinkSessions implements AsyncDisposable {
  readonly #options: LinkSessionsOptions;
  readonly #server: WebSocketServer;
  readonly #bySite = new Map<string, LiveSession>();
  readonly #byDataToken = new Map<string, LiveSession>();
  readonly #sockets = new Set<WebSocket>();
  readonly #handshakes: HandshakePlaces;
  #isStopping = false;

  constructor(options: LinkSessionsOptions) {
    this.#options = options;
    this.#handshakes = new HandshakePlaces(options.handshakes);
    this.#server = new WebSocketServer(SERVER_OPTIONS);
  }

  /** Commands under way on all sessions. */
  get inHand(): number {
    return [...this.#bySite.values()].reduce((sum, { session }) => sum + session.inHand, 0);
  }

  /** Takes an HTTP upgrade: `/link/connect` and `/link/data` are sockets of links, all else is refused. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const path = request.url?.split('?')[0];
    if (this.#isStopping) return refuse(socket, '503 Service Unavailable');
    if (path === '/link/connect') {
      const place = this.#handshakes.take(this.#options.addressOf(request));
      if (!place) return this.#refuseForNow(socket);
      socket.once('close', () => place[Symbol.dispose]());
      this.#accept(request, socket, head, (control) => void this.#connect(control, socket, place));
    } else if (path === '/link/data') {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const live = this.#byDataToken.get(token);
      if (!live) return refuse(socket, '401 Unauthorized');
      this.#accept(request, socket, head, (data) => joinDataSocket(data, socket, live.session));
    } else {
      refuse(socket, '404 Not Found');
    }
  }

  /** Ends the sessions that began with identities that were taken back. */
  revoke(identityIds: readonly string[]): void {
    if (identityIds.length === 0) return;
    const revoked = new Set(identityIds);
    for (const { identityId, session } of this.#bySite.values()) {
      if (revoked.has(identityId)) session.end('revoked');
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopping = true;
    for (const { session } of this.#bySite.values()) session.end('gatewayStopping');
    const { code, reason } = CLOSE_CODES.gatewayStopping;
    for (const socket of this.#sockets) socket.close(code, reason);
    const deadline = AbortSignal.timeout(300);
    while (this.#sockets.size > 0 && (await pause(10, deadline)));
    for (const socket of this.#sockets) socket.terminate();
  }

  #accept(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    use: (socket: WebSocket) => void,
  ): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#sockets.add(webSocket);
      webSocket.on('close', () => this.#sockets.delete(webSocket));
      use(webSocket);
    });
  }

  #refuseForNow(socket: Duplex): void {
    this.#options.events.handshakeRefused();
    refuse(socket, '503 Service Unavailable');
  }

  async #connect(control: WebSocket, stream: Duplex, place: Disposable): Promise<void> {
    control.on('error', () => control.terminate());
    const { register, events } = this.#options;
    try {
      const outcome = await shakeHands(control, register.findIdentity);
      if (!outcome.ok) {
        this.#close(control, outcome.why);
        return;
      }
      const sessionId = newId();
      if (!(await register.recordHello(sessionId, outcome.hello))) {
        this.#close(control, 'revoked');
      } else if (control.readyState === control.OPEN) {
        place[Symbol.dispose]();
        this.#begin(sessionId, control, stream, outcome);
      }
    } catch (error) {
      events.connectFailed(error);
      control.resume();
      control.close(1011, 'The gateway failed.');
    }
  }

  #close(control: WebSocket, why: CloseCodeName): void {
    this.#options.events.linkRefused(why);
    // To hear that the other side closes too.
    control.resume();
    control.close(CLOSE_CODES[why].code, CLOSE_CODES[why].reason);
  }

  #begin(
    sessionId: string,
    control: WebSocket,
    stream: Duplex,
    { hello, identityId }: Extract<HandshakeOutcome, { ok: true }>,
  ): void {
    const { events, heartbeatIntervalMs, silenceLimitMs } = this.#options;
    const { siteId } = hello;
    const dataToken = randomBytes(32).toString('base64url');
    let violations = 0;
    const session = new SiteSession({
      sessionId,
      siteId,
      capabilities: hello.capabilities,
      control,
      onHeartbeat: (heartbeat) =>
        this.#record(this.#options.register.recordHeartbeat(siteId, sessionId, heartbeat)),
      onViolation: (message) => {
        violations += 1;
        events.protocolViolated(siteId, message, violations);
      },
    });
    const live: LiveSession = { identityId, session, dataToken };
    this.#displace(siteId);
    this.#bySite.set(siteId, live);
    events.sessionsAre(this.#bySite.size);
    this.#byDataToken.set(dataToken, live);
    const served = this.#options.serve(session);
    const intake = new FrameIntake(control, stream);
    const watch = this.#watchSilence(session, control, intake);
    control.on('message', (message: Buffer, isBinary) =>
      intake.take(message.length, session.receive(message, isBinary)),
    );
    const heard = () => {
      session.heard();
      // A ping is answered, and answers that nobody reads pile up.
      intake.look();
    };
    control.on('ping', heard);
    control.on('pong', heard);
    control.once('close', (code) => {
      clearInterval(watch);
      served[Symbol.dispose]();
      this.#byDataToken.delete(dataToken);
      session.end();
      this.#ended(live, code);
    });
    control.send(
      encodeFrame({
        type: 'welcome',
        sessionId: session.sessionId,
        dataToken,
        heartbeatIntervalMs,
        silenceLimitMs,
      }),
    );
    control.resume();
    events.sessionBegan(siteId, session.sessionId, hello.linkVersion);
  }

  /** The newest session wins: a half-open older one would swallow requests. */
  #displace(siteId: string): void {
    const older = this.#bySite.get(siteId);
    if (!older) return;
    this.#options.events.sessionDisplaced(siteId, older.session.sessionId);
    older.session.end('displaced');
  }

  #watchSilence(session: SiteSession, control: WebSocket, intake: FrameIntake): NodeJS.Timeout {
    const { silenceLimitMs, events } = this.#options;
    const watch = setInterval(
      () => {
        if (intake.waitsForGateway) session.heard();
        if (session.silentForMs < silenceLimitMs) return;
        events.sessionSilent(session.siteId, session.sessionId);
        control.terminate();
      },
      Math.max(50, silenceLimitMs / 4),
    );
    watch.unref();
    return watch;
  }

  #ended(live: LiveSession, code: number): void {
    const { session } = live;
    this.#options.events.sessionEnded(session.siteId, session.sessionId, code);
    if (this.#bySite.get(session.siteId) !== live) return;
    this.#bySite.delete(session.siteId);
    this.#options.events.sessionsAre(this.#bySite.size);
    if (code === CLOSE_CODES.goingOffline.code) {
      void this.#record(this.#options.register.recordOffline(session.siteId, session.sessionId));
    }
  }

  async #record(recorded: Promise<unknown>): Promise<void> {
    try {
      await recorded;
    } catch (error) {
      this.#options.events.recordFailed(error);
    }
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
