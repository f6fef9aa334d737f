import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { pauseMs } from './until.ts';

/** A line between two programs that can be cut, held up and closed for new calls. */
export class TcpProxy implements AsyncDisposable {
  /** While true, nothing gets through in either direction, and nobody is told. */
  #isStalled = false;
  #isRefusing = false;
  #bytesPerSecond: number | undefined;
  /** When the line has room again; all connections share it. */
  #freeAt = 0;
  readonly #targetPort: number;
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();

  private constructor(targetPort: number) {
    this.#targetPort = targetPort;
    this.#server = createServer((near) => this.#join(near));
  }

  static async listen(targetPort: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(targetPort);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Cuts every connection without a word of the protocols above, and refuses new ones. */
  cut(): void {
    this.#isRefusing = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  /** Both sides keep their sockets, and nothing arrives any more. */
  stall(): void {
    this.#isStalled = true;
    for (const [near, far] of this.#pairs) {
      near.pause();
      far.pause();
    }
  }

  /** Lets so many bytes a second through, all connections and directions together; undefined: all there are. */
  setSpeed(bytesPerSecond: number | undefined): void {
    this.#bytesPerSecond = bytesPerSecond;
    this.#freeAt = 0;
  }

  /** Whether a slow line has more to carry than it can at this moment. */
  get isBusy(): boolean {
    return this.#freeAt > Date.now() + 10;
  }

  /** Everything gets through again, late or as new connections. */
  mend(): void {
    this.#isStalled = false;
    this.#isRefusing = false;
    for (const [near, far] of this.#pairs) {
      near.resume();
      far.resume();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(near: Socket): void {
    if (this.#isRefusing) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.#targetPort, '127.0.0.1');
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.setNoDelay(true);
      from.on('error', () => {});
      from.on('close', () => {
        this.#pairs.delete(pair);
        to.destroy();
      });
      from.on('data', (chunk: Buffer) => void this.#carry(chunk, from, to));
      if (this.#isStalled) from.pause();
    }
  }

  /** The bytes take their time on the line, in the order in which they came. */
  async #carry(chunk: Buffer, from: Socket, to: Socket): Promise<void> {
    from.pause();
    if (this.#bytesPerSecond !== undefined) {
      const now = Date.now();
      this.#freeAt = Math.max(now, this.#freeAt) + (chunk.length / this.#bytesPerSecond) * 1000;
      await pauseMs(this.#freeAt - now);
    }
    if (!to.write(chunk))
      await Promise.race([once(to, 'drain'), once(to, 'close')]).catch(() => {});
    if (!this.#isStalled) from.resume();
  }
}
