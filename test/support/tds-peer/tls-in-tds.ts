import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { MESSAGE, MessageReader, PacketWriter } from './packets.ts';

const HANDSHAKE_PACKET_BYTES = 4096;

/** A key pair that proves nothing: made for tests, and known to everybody. */
export const TEST_CERTIFICATE_FILE = new URL('test-only-certificate.pem', import.meta.url);
const TEST_KEY_FILE = new URL('test-only-key.pem', import.meta.url);

/** The encrypted side of a TLS socket: during the handshake its records travel inside PRELOGIN messages. */
class WrappedTransport extends Duplex {
  readonly #socket: Socket;
  readonly #reader = new MessageReader();
  #flight: Buffer[] = [];
  #isHandshake = true;

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.on('close', () => this.destroy());
  }

  /** The handshake is over: from now on records travel as they are. */
  unwrap(): void {
    setImmediate(() => {
      this.#sendFlight();
      this.#isHandshake = false;
    });
  }

  receive(chunk: Buffer): void {
    // A TLS record begins with its type, 20 to 23; a packet of the handshake with 18.
    const isWrapped = this.#reader.rest.length > 0 || chunk[0] === MESSAGE.prelogin;
    if (!this.#isHandshake || !isWrapped) {
      this.push(chunk);
      return;
    }
    for (const { body } of this.#reader.read(chunk)) this.push(body);
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (!this.#isHandshake) {
      this.#socket.write(chunk, done);
      return;
    }
    // All records of one turn make one message.
    if (this.#flight.length === 0) setImmediate(() => this.#sendFlight());
    this.#flight.push(chunk);
    done();
  }

  #sendFlight(): void {
    const flight = this.#flight.splice(0);
    if (flight.length === 0) return;
    const write = async (packet: Buffer): Promise<void> => void this.#socket.write(packet);
    const writer = new PacketWriter(HANDSHAKE_PACKET_BYTES, write, MESSAGE.prelogin);
    void writer.add(Buffer.concat(flight)).then(() => writer.end());
  }
}

/** Shakes hands as a TLS server inside TDS; gives the clear side, and what to do with bytes of the socket. */
export function beginTls(socket: Socket): {
  readonly clear: TLSSocket;
  readonly receive: (chunk: Buffer) => void;
} {
  const transport = new WrappedTransport(socket);
  const clear = new TLSSocket(transport, {
    isServer: true,
    key: readFileSync(TEST_KEY_FILE),
    cert: readFileSync(TEST_CERTIFICATE_FILE),
    maxVersion: 'TLSv1.2',
  });
  clear.once('secure', () => transport.unwrap());
  return { clear, receive: (chunk) => transport.receive(chunk) };
}
