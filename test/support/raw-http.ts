import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { until } from './until.ts';

/** A connection on which a test writes bytes that no HTTP library would. */
export class RawConnection implements Disposable {
  received = '';
  isClosed = false;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1').on('data', (text: string) => {
      this.received += text;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.isClosed = true;
    });
  }

  static async open(baseUrl: string): Promise<RawConnection> {
    const { hostname, port } = new URL(baseUrl);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  write(text: string): void {
    this.#socket.write(text, 'latin1');
  }

  /** Resolves when the system has taken the bytes, or the connection is gone. */
  writeAll(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.write(text, 'latin1', () => resolve());
    });
  }

  /** Status codes of the answers that have come so far. */
  get statuses(): number[] {
    return [...this.received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
  }

  untilClosed(): Promise<true> {
    return until('the server closes the connection', () => this.isClosed);
  }

  /** Resolves to the first status, or to 0 when the server closes without one. */
  firstStatus(): Promise<number> {
    return until('an answer or the end of the connection', () =>
      this.statuses.length > 0 || this.isClosed ? (this.statuses[0] ?? 0) : undefined,
    );
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}

/** Writes one message and tells what came of it. */
export async function sendRaw(
  baseUrl: string,
  text: string,
): Promise<{ status: number; received: string }> {
  using connection = await RawConnection.open(baseUrl);
  connection.write(text);
  const status = await connection.firstStatus();
  return { status, received: connection.received };
}
