import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** How much of one socket may be in hand before it is read no further. */
export interface IntakeLimits {
  /** Frames whose handling has not ended. */
  readonly maxFrames: number;
  readonly maxBytes: number;
  /** Bytes of answers that the other side has not taken. */
  readonly maxUnreadBytes: number;
}

/** A registered query's small result travels in its frame, so a site may well send hundreds at a time. */
export const INTAKE_LIMITS: IntakeLimits = {
  maxFrames: 1_000,
  maxBytes: 8 * 1024 * 1024,
  maxUnreadBytes: 4 * 1024 * 1024,
};

/**
 * Reads a link's socket no faster than its frames are dealt with, and than the link reads the answers: what a broken or
 * hostile link sends beyond that waits in its own memory.
 */
export class FrameIntake {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #limits: IntakeLimits;
  #frames = 0;
  #bytes = 0;

  /** @param stream what the WebSocket runs on */
  constructor(socket: WebSocket, stream: Duplex, limits: IntakeLimits = INTAKE_LIMITS) {
    this.#socket = socket;
    this.#stream = stream;
    this.#limits = limits;
    stream.on('drain', () => this.look());
  }

  /** Whether the socket waits for the gateway: then its silence says nothing of the site. */
  get waitsForGateway(): boolean {
    return this.#socket.isPaused && !this.#hasUnread;
  }

  /** Counts a frame until it is dealt with. @param handled undefined when it is already; it must not reject */
  take(bytes: number, handled: Promise<unknown> | undefined): void {
    if (handled) {
      this.#frames += 1;
      this.#bytes += bytes;
      void handled.finally(() => {
        this.#frames -= 1;
        this.#bytes -= bytes;
        this.look();
      });
    }
    this.look();
  }

  /** Stops or goes on reading, as it is due. */
  look(): void {
    const { maxFrames, maxBytes } = this.#limits;
    if (this.#socket.isPaused) {
      const isHalfEmpty = this.#frames <= maxFrames / 2 && this.#bytes <= maxBytes / 2;
      if (isHalfEmpty && !this.#hasUnread) this.#socket.resume();
    } else if (this.#frames > maxFrames || this.#bytes > maxBytes || this.#hasUnread) {
      this.#socket.pause();
    }
  }

  get #hasUnread(): boolean {
    return this.#stream.writableLength > this.#limits.maxUnreadBytes;
  }
}
