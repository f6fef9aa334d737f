import type { KeyObject } from 'node:crypto';
import { WebSocket } from 'ws';
import { deferred } from '../../lib/deferred.ts';
import { signChallenge, signingText } from '../../protocol/challenge.ts';
import { CLOSE_CODES, closeCodeName } from '../../protocol/close-codes.ts';
import {
  decodeGatewayFrame,
  encodeFrame,
  FrameError,
  MAX_FRAME_BYTES,
  type ReceivedFrame,
} from '../../protocol/codec.ts';
import type { GatewayFrame } from '../../protocol/frames.ts';
import { negotiateVersion } from '../../protocol/version.ts';
import { ControlSession, type LinkFacts } from './control-session.ts';
import { gatewayUrl } from './gateway-url.ts';
import { DialFailed, type SessionEnd } from './session-end.ts';
import { socketOptions, type Transport } from './transport.ts';

/** Who the link is, and where its gateway is: read anew for each dial. */
export interface LinkIdentity {
  readonly gatewayUrl: string;
  readonly siteId: string;
  readonly privateKey: KeyObject;
  readonly practice: {
    readonly practiceName?: string;
    readonly practiceManagementVersion?: string;
  };
}

/** What a live session's owner does with it. */
export interface SessionHandler {
  onFrame(received: ReceivedFrame<GatewayFrame>): void;
  /** The gateway sent something this link does not understand; an `error` frame has gone back. */
  onNotUnderstood(): void;
}

export interface DialOptions {
  readonly identity: LinkIdentity;
  readonly facts: () => LinkFacts;
  readonly capabilities: readonly string[];
  readonly transport: Transport;
  readonly handshakeMs: number;
  /** Called at once when the session is live, so that no frame behind the welcome is missed. */
  readonly serve: (session: ControlSession) => SessionHandler;
  readonly signal: AbortSignal;
}

/** Connects and authenticates. @throws DialFailed when no session comes of it */
export async function dialSession(options: DialOptions): Promise<ControlSession> {
  const { identity, transport, handshakeMs, signal } = options;
  const url = gatewayUrl(identity.gatewayUrl, '/link/connect', 'socket');
  const socket = new WebSocket(url, {
    ...socketOptions(url, transport, handshakeMs),
    maxPayload: MAX_FRAME_BYTES,
  });
  const handshake = new Handshake(socket, options);
  const onStop = () => handshake.cut({ kind: 'stopped' });
  const timer = setTimeout(() => handshake.cut({ kind: 'handshakeTimedOut' }), handshakeMs);
  signal.addEventListener('abort', onStop, { once: true });
  try {
    if (signal.aborted) onStop();
    return await handshake.live;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onStop);
  }
}

/** The opening talk on one control socket: `challenge`, `authenticate`, `welcome`; then frames go to the handler. */
class Handshake {
  readonly #socket: WebSocket;
  readonly #options: DialOptions;
  readonly #live = deferred<ControlSession>();
  readonly #ended = deferred<SessionEnd>();
  #end: SessionEnd | undefined;
  #hasAuthenticated = false;
  #session: ControlSession | undefined;
  #handler: SessionHandler | undefined;

  constructor(socket: WebSocket, options: DialOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.on('upgrade', ({ socket: stream }) => {
      // Not before `open`: a listener that comes before ws's own would swallow the first bytes.
      socket.once('open', () => stream.on('data', () => this.#session?.heard()));
    });
    socket.on('message', (data, isBinary) => this.#received(data as Buffer, isBinary));
    socket.on('unexpected-response', (request, { statusCode }) => {
      request.destroy();
      this.cut({ kind: 'unreachable', detail: `HTTP ${statusCode}` });
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (!this.#session) this.#endAs({ kind: 'unreachable', detail: error.code ?? error.name });
    });
    socket.on('close', (code) => this.#closed(code));
  }

  get live(): Promise<ControlSession> {
    return this.#live.promise;
  }

  cut(end: SessionEnd): void {
    this.#endAs(end);
    this.#socket.terminate();
  }

  #endAs(end: SessionEnd): void {
    this.#end ??= end;
  }

  #closed(code: number): void {
    const name = closeCodeName(code);
    this.#endAs(name ? { kind: 'closed', name } : { kind: 'cut', code });
    const end = this.#end as SessionEnd;
    this.#live.reject(new DialFailed(end));
    this.#ended.resolve(end);
  }

  #received(data: Buffer, isBinary: boolean): void {
    let received: ReceivedFrame<GatewayFrame>;
    try {
      received = decodeGatewayFrame(data, isBinary);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#socket.send(encodeFrame({ type: 'error', message: error.message }));
      this.#handler?.onNotUnderstood();
      return;
    }
    if (this.#handler) this.#handler.onFrame(received);
    else this.#advance(received.frame);
  }

  #advance(frame: GatewayFrame): void {
    if (frame.type === 'challenge' && !this.#hasAuthenticated) {
      this.#authenticate(frame.nonce, frame.protocolVersions);
    } else if (frame.type === 'welcome' && this.#hasAuthenticated) {
      this.#session = new ControlSession({
        socket: this.#socket,
        gatewayUrl: this.#options.identity.gatewayUrl,
        terms: frame,
        facts: this.#options.facts,
        ended: this.#ended.promise,
        endAs: (end) => this.#endAs(end),
      });
      this.#handler = this.#options.serve(this.#session);
      this.#live.resolve(this.#session);
    } else {
      this.#endAs({ kind: 'handshakeBroken' });
      const { code, reason } = CLOSE_CODES.protocolViolation;
      this.#socket.close(code, reason);
    }
  }

  #authenticate(nonce: string, offered: readonly number[]): void {
    const { identity, facts, capabilities } = this.#options;
    const protocolVersion = negotiateVersion(offered);
    if (protocolVersion === undefined) {
      const { code, reason } = CLOSE_CODES.versionRefused;
      this.#endAs({ kind: 'closed', name: 'versionRefused' });
      this.#socket.close(code, reason);
      return;
    }
    const text = signingText('connect', identity.siteId, [nonce]);
    this.#hasAuthenticated = true;
    this.#socket.send(
      encodeFrame({
        type: 'authenticate',
        siteId: identity.siteId,
        signature: signChallenge(text, identity.privateKey),
        protocolVersion,
        capabilities: [...capabilities],
        ...facts(),
        practice: identity.practice,
      }),
    );
  }
}
