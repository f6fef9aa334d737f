import { type Deferred, deferred } from '../lib/deferred.ts';
import { orAborted } from '../lib/waiting.ts';

/*
 * The data socket: binary messages of kind (1 byte), stream id (uint32, big endian) and payload. A sender may have at
 * most its credit under way; the reader grants more as it takes bytes away, so a slow reader never grows memory.
 */

const KIND = { data: 1, end: 2, credit: 3, reset: 4 } as const;
const HEADER_BYTES = 5;
/** Streams that may be left before their end at one time; a side that keeps to the protocol comes nowhere near. */
const MAX_LEFT_STREAMS = 10_000;
const MAX_PAYLOAD_BYTES = 64 * 1024 - HEADER_BYTES;

/** Bytes a sender may send before the first grant, per stream. */
export const INITIAL_CREDIT_BYTES = 1024 * 1024;

/** A stream ended before its end: the other side reset it, or the socket is gone. */
export class StreamReset extends Error {
  override readonly name = 'StreamReset';
}

/** Sends one binary message on the socket; resolves when the socket wants more. */
export type SendMessage = (message: Buffer) => Promise<void>;

interface Outgoing {
  creditBytes: number;
  waiting: Deferred<void> | undefined;
  failure: StreamReset | undefined;
}

interface Incoming {
  readonly chunks: Buffer[];
  unreadBytes: number;
  isEnded: boolean;
  failure: StreamReset | undefined;
  waiting: Deferred<void> | undefined;
}

function message(kind: number, streamId: number, payload?: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + (payload?.length ?? 0));
  bytes[0] = kind;
  bytes.writeUInt32BE(streamId, 1);
  if (payload) bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** Many streams over one data socket, the same on both sides. A stream id names one stream each way. */
export class DataChannel implements Disposable {
  readonly #send: SendMessage;
  readonly #accept: (streamId: number) => boolean;
  readonly #outgoing = new Map<number, Outgoing>();
  readonly #incoming = new Map<number, Incoming>();
  /** Streams that were left before their end: what is still under way of them is dropped. */
  readonly #left = new Set<number>();
  #closed: StreamReset | undefined;

  /**
   * @param send writes to the socket; its rejection closes the channel
   * @param accept asked once for each stream that the other side opens: whether somebody is going to `read` it
   */
  constructor(send: SendMessage, accept: (streamId: number) => boolean) {
    this.#send = send;
    this.#accept = accept;
  }

  /** Whether any stream is open in either direction. */
  get isBusy(): boolean {
    return this.#outgoing.size > 0 || this.#incoming.size > 0;
  }

  /** Sends all chunks on a stream and ends it. @throws StreamReset, or the signal's reason */
  async write(
    streamId: number,
    chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<void> {
    const stream: Outgoing = {
      creditBytes: INITIAL_CREDIT_BYTES,
      waiting: undefined,
      failure: this.#closed,
    };
    this.#outgoing.set(streamId, stream);
    try {
      for await (const chunk of chunks) {
        for (let sent = 0; sent < chunk.length; ) {
          const room = await this.#credit(stream, signal);
          const part = chunk.subarray(sent, sent + Math.min(room, MAX_PAYLOAD_BYTES));
          stream.creditBytes -= part.length;
          sent += part.length;
          await this.#send(message(KIND.data, streamId, part));
        }
      }
      if (stream.failure) throw stream.failure;
      await this.#send(message(KIND.end, streamId));
    } catch (error) {
      // Also the answer to a reset of the reader: nothing of the stream is under way any more.
      this.#post(message(KIND.reset, streamId));
      throw error;
    } finally {
      this.#outgoing.delete(streamId);
    }
  }

  /**
   * Reads a stream to its end, also one whose bytes have begun to arrive. Leaving the loop early resets the stream.
   * @throws StreamReset, or the signal's reason
   */
  async *read(streamId: number, signal: AbortSignal): AsyncGenerator<Buffer, void, void> {
    const stream = this.#incoming.get(streamId) ?? this.#expect(streamId);
    let isWhole = false;
    try {
      for (;;) {
        const chunk = stream.chunks.shift();
        if (chunk) {
          yield chunk;
          stream.unreadBytes -= chunk.length;
          const grant = Buffer.allocUnsafe(4);
          grant.writeUInt32BE(chunk.length);
          this.#post(message(KIND.credit, streamId, grant));
        } else if (stream.failure) {
          throw stream.failure;
        } else if (stream.isEnded) {
          isWhole = true;
          return;
        } else {
          stream.waiting = deferred();
          await orAborted(stream.waiting.promise, signal);
        }
      }
    } finally {
      if (isWhole || stream.failure) this.#incoming.delete(streamId);
      else this.refuse(streamId);
    }
  }

  /** Resets a stream of the other side that was accepted and that nobody is going to read. */
  refuse(streamId: number): void {
    const stream = this.#incoming.get(streamId);
    if (!stream) return;
    this.#incoming.delete(streamId);
    if (stream.isEnded) return;
    this.#left.add(streamId);
    this.#post(message(KIND.reset, streamId));
  }

  /** Takes one binary message of the socket. @throws Error when it is none of this protocol */
  receive(bytes: Buffer): void {
    if (bytes.length < HEADER_BYTES) throw new Error('A data message is cut short.');
    const streamId = bytes.readUInt32BE(1);
    const payload = bytes.subarray(HEADER_BYTES);
    switch (bytes.readUInt8(0)) {
      case KIND.data:
        this.#arrived(streamId, (stream) => this.#keep(stream, payload));
        break;
      case KIND.end:
        if (this.#left.delete(streamId)) return;
        this.#arrived(streamId, (stream) => {
          stream.isEnded = true;
        });
        break;
      case KIND.credit:
        this.#granted(streamId, payload.length === 4 ? payload.readUInt32BE(0) : 0);
        break;
      case KIND.reset:
        this.#left.delete(streamId);
        this.#reset(streamId, new StreamReset('The other side reset the stream.'));
        break;
      default:
        throw new Error('A data message has an unknown kind.');
    }
  }

  /** The socket is gone: every open stream fails. */
  [Symbol.dispose](): void {
    this.#closed = new StreamReset('The data socket is closed.');
    for (const streamId of [...this.#outgoing.keys(), ...this.#incoming.keys()]) {
      this.#reset(streamId, this.#closed);
    }
  }

  #expect(streamId: number): Incoming {
    const stream: Incoming = {
      chunks: [],
      unreadBytes: 0,
      isEnded: false,
      failure: this.#closed,
      waiting: undefined,
    };
    this.#incoming.set(streamId, stream);
    return stream;
  }

  /** A stream that nobody reads (any more) is reset, and what comes of it until then is dropped. */
  #arrived(streamId: number, change: (stream: Incoming) => void): void {
    let stream = this.#incoming.get(streamId);
    if (!stream) {
      if (this.#left.has(streamId) || !this.#accept(streamId)) {
        this.#left.add(streamId);
        if (this.#left.size > MAX_LEFT_STREAMS) throw new Error('Too many streams are open.');
        return this.#post(message(KIND.reset, streamId));
      }
      stream = this.#expect(streamId);
    }
    change(stream);
    stream.waiting?.resolve();
  }

  #keep(stream: Incoming, payload: Buffer): void {
    if (payload.length === 0) throw new Error('A data message is empty.');
    stream.unreadBytes += payload.length;
    if (stream.unreadBytes > INITIAL_CREDIT_BYTES) {
      throw new Error('More bytes were sent than granted.');
    }
    stream.chunks.push(payload);
  }

  #granted(streamId: number, bytes: number): void {
    const stream = this.#outgoing.get(streamId);
    if (!stream) return;
    stream.creditBytes += bytes;
    stream.waiting?.resolve();
  }

  #reset(streamId: number, failure: StreamReset): void {
    const incoming = this.#incoming.get(streamId);
    // A stream whose end has arrived is whole: what is left of it can be read without the socket.
    const open = [this.#outgoing.get(streamId), incoming?.isEnded ? undefined : incoming];
    for (const stream of open) {
      if (!stream) continue;
      stream.failure ??= failure;
      stream.waiting?.resolve();
    }
  }

  async #credit(stream: Outgoing, signal: AbortSignal): Promise<number> {
    while (stream.creditBytes <= 0 && !stream.failure) {
      stream.waiting = deferred();
      await orAborted(stream.waiting.promise, signal);
    }
    if (stream.failure) throw stream.failure;
    signal.throwIfAborted();
    return stream.creditBytes;
  }

  #post(bytes: Buffer): void {
    if (this.#closed) return;
    this.#send(bytes).catch(() => this[Symbol.dispose]());
  }
}
