import { WebSocket } from 'ws';
import { CLOSE_CODES, type CloseCodeName } from '../../protocol/close-codes.ts';
import { encodeFrame } from '../../protocol/codec.ts';
import type { Catalogue, LinkFrame } from '../../protocol/frames.ts';
import type { SessionEnd } from './session-end.ts';
import { SilenceWatch } from './silence-watch.ts';

/** What the link tells of itself at connect and with each heartbeat. */
export interface LinkFacts {
  readonly linkVersion: string;
  readonly clientTime: string;
  readonly catalogues: Catalogue[];
}

/** The gateway's word on the session, from its `welcome`. */
export interface SessionTerms {
  readonly sessionId: string;
  readonly dataToken: string;
  readonly heartbeatIntervalMs: number;
  readonly silenceLimitMs: number;
}

/** A live session: the gateway has accepted this link on this control socket. */
export class ControlSession {
  readonly terms: SessionTerms;
  /** The gateway's address as it was at the dial. */
  readonly gatewayUrl: string;
  /** Settles once, after the socket is closed. */
  readonly ended: Promise<SessionEnd>;
  readonly #socket: WebSocket;
  readonly #endAs: (end: SessionEnd) => void;
  readonly #silence: SilenceWatch;
  readonly #heartbeat: NodeJS.Timeout;

  /** @param endAs names the reason before the socket closes; the first name given stays */
  constructor(options: {
    socket: WebSocket;
    gatewayUrl: string;
    terms: SessionTerms;
    facts: () => LinkFacts;
    ended: Promise<SessionEnd>;
    endAs: (end: SessionEnd) => void;
  }) {
    const { socket, terms, facts } = options;
    this.terms = terms;
    this.gatewayUrl = options.gatewayUrl;
    this.ended = options.ended;
    this.#socket = socket;
    this.#endAs = options.endAs;
    this.#silence = new SilenceWatch(terms.silenceLimitMs, () => this.#giveUp());
    this.#heartbeat = setInterval(
      () => this.send({ type: 'heartbeat', ...facts() }),
      terms.heartbeatIntervalMs,
    );
    socket.once('close', () => {
      clearInterval(this.#heartbeat);
      this.#silence[Symbol.dispose]();
    });
  }

  get isLive(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Any inbound byte is life. */
  heard(): void {
    this.#silence.heard();
  }

  /** Sends a frame, or drops it when the socket is closing. @returns whether it went out */
  send(frame: LinkFrame, body?: readonly Uint8Array[]): boolean {
    if (!this.isLive) return false;
    this.#socket.send(body ? encodeFrame(frame, body) : encodeFrame(frame));
    return true;
  }

  /** Ends the session on purpose; the socket is cut when the gateway does not answer the close in time. */
  async close(name: CloseCodeName, deadlineMs: number): Promise<void> {
    this.#endAs({ kind: 'stopped' });
    const { code, reason } = CLOSE_CODES[name];
    this.#socket.close(code, reason);
    const timer = setTimeout(() => this.#socket.terminate(), deadlineMs);
    await this.ended;
    clearTimeout(timer);
  }

  #giveUp(): void {
    this.#endAs({ kind: 'silent' });
    this.#socket.terminate();
  }
}
