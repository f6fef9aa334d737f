import { WebSocket } from 'ws';
import { deferred } from '../../lib/deferred.ts';
import { CLOSE_CODES } from '../../protocol/close-codes.ts';
import { MAX_FRAME_BYTES } from '../../protocol/codec.ts';
import { DataChannel, StreamReset } from '../../protocol/data-channel.ts';
import { SilenceWatch } from './silence-watch.ts';
import { socketOptions, type Transport } from './transport.ts';

/** Below this the socket takes messages without a wait, so that it always has something to send. */
const SEND_AHEAD_BYTES = 128 * 1024;

/** Streams that the gateway may begin before the control frame that explains them has arrived. */
const MAX_EARLY_STREAMS = 16;

export interface DataSocketOptions {
  readonly url: URL;
  /** The session's token: opens data sockets of this session only. */
  readonly token: string;
  readonly transport: Transport;
  readonly handshakeMs: number;
  readonly idleMs: number;
}

/** The session's data socket: dialled when first needed, kept while in use, dialled again after a loss. */
export class DataSocket implements AsyncDisposable {
  readonly #options: DataSocketOptions;
  readonly #earlyStreams = new Map<number, NodeJS.Timeout>();
  #dialled: Promise<DataChannel> | undefined;
  #socket: WebSocket | undefined;
  #isDisposed = false;

  constructor(options: DataSocketOptions) {
    this.#options = options;
  }

  /** The open channel. @throws StreamReset when the socket cannot be had */
  channel(): Promise<DataChannel> {
    if (this.#isDisposed) return Promise.reject(new StreamReset('The session has ended.'));
    this.#dialled ??= this.#dial();
    return this.#dialled;
  }

  /** Reads a stream of the gateway to its end, dialling if need be. */
  async *read(streamId: number, signal: AbortSignal): AsyncGenerator<Buffer, void, void> {
    const channel = await this.channel();
    this.#forgetEarly(streamId);
    yield* channel.read(streamId, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    const socket = this.#socket;
    if (!socket || socket.readyState === WebSocket.CLOSED) return;
    const closed = deferred<void>();
    socket.once('close', () => closed.resolve());
    if (socket.readyState === WebSocket.CONNECTING) socket.terminate();
    else socket.close(CLOSE_CODES.goingOffline.code, CLOSE_CODES.goingOffline.reason);
    const timer = setTimeout(() => socket.terminate(), 250);
    await closed.promise;
    clearTimeout(timer);
  }

  #dial(): Promise<DataChannel> {
    const { url, token, transport, handshakeMs } = this.#options;
    const opened = deferred<DataChannel>();
    const socket = new WebSocket(url, {
      ...socketOptions(url, transport, handshakeMs),
      maxPayload: MAX_FRAME_BYTES,
      headers: { authorization: `Bearer ${token}` },
    });
    const channel: DataChannel = new DataChannel(
      (message) => this.#send(socket, idle, message),
      (streamId) => this.#acceptEarly(streamId, channel),
    );
    const idle = this.#watchIdle(socket, channel);
    this.#socket = socket;
    socket.on('open', () => opened.resolve(channel));
    socket.on('message', (data) => {
      idle.heard();
      try {
        channel.receive(data as Buffer);
      } catch {
        socket.close(CLOSE_CODES.protocolViolation.code, CLOSE_CODES.protocolViolation.reason);
      }
    });
    // The close that follows says all there is to say.
    socket.on('error', () => {});
    socket.on('close', () => {
      idle[Symbol.dispose]();
      channel[Symbol.dispose]();
      for (const streamId of this.#earlyStreams.keys()) this.#forgetEarly(streamId);
      opened.reject(new StreamReset('The data socket could not be opened.'));
      if (this.#socket === socket) this.#dialled = undefined;
    });
    return opened.promise;
  }

  /** A socket without traffic is closed; one that is stuck in the middle of a stream is cut. */
  #watchIdle(socket: WebSocket, channel: DataChannel): SilenceWatch {
    return new SilenceWatch(this.#options.idleMs, () => {
      if (this.#socket === socket) this.#dialled = undefined;
      if (channel.isBusy || socket.readyState !== WebSocket.OPEN) socket.terminate();
      else socket.close(1000);
      // Also a close that nobody answers ends here.
      setTimeout(() => socket.terminate(), 1_000).unref();
    });
  }

  #send(socket: WebSocket, idle: SilenceWatch, message: Buffer): Promise<void> {
    idle.heard();
    const sent = deferred<void>();
    socket.send(message, (error) => {
      if (error) sent.reject(new StreamReset('The data socket is closed.', { cause: error }));
      else sent.resolve();
    });
    if (socket.bufferedAmount < SEND_AHEAD_BYTES) sent.resolve();
    return sent.promise;
  }

  #acceptEarly(streamId: number, channel: DataChannel): boolean {
    if (this.#earlyStreams.size >= MAX_EARLY_STREAMS) return false;
    const timer = setTimeout(() => {
      this.#earlyStreams.delete(streamId);
      channel.refuse(streamId);
    }, this.#options.handshakeMs);
    this.#earlyStreams.set(streamId, timer);
    return true;
  }

  #forgetEarly(streamId: number): void {
    clearTimeout(this.#earlyStreams.get(streamId));
    this.#earlyStreams.delete(streamId);
  }
}
