/** Kinds of TDS messages. */
export const MESSAGE = {
  sqlBatch: 1,
  rpc: 3,
  answer: 4,
  attention: 6,
  transactionManager: 14,
  login: 16,
  sspi: 17,
  prelogin: 18,
} as const;

const HEADER_BYTES = 8;
const LAST = 0x01;
const IGNORE = 0x02;
const RESET = 0x08;

/** A whole message of the client. */
export interface ClientMessage {
  readonly kind: number;
  readonly body: Buffer;
  /** The client has taken the message back while it was sending it. */
  readonly isIgnored: boolean;
  /** The session is to be reset before the message is carried out. */
  readonly isReset: boolean;
}

/** Cuts bytes into packets and puts the packets of a message together. */
export class MessageReader {
  #bytes: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];
  #status = 0;

  /** Bytes that belong to no packet yet. */
  get rest(): Buffer {
    return this.#bytes;
  }

  *read(chunk: Buffer): Generator<ClientMessage, void, void> {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    while (this.#bytes.length >= HEADER_BYTES) {
      const length = this.#bytes.readUInt16BE(2);
      if (this.#bytes.length < length) return;
      const packet = this.#bytes.subarray(0, length);
      this.#bytes = this.#bytes.subarray(length);
      const message = this.#take(packet);
      if (message) yield message;
    }
  }

  #take(packet: Buffer): ClientMessage | undefined {
    const status = packet[1] as number;
    this.#status |= status;
    this.#parts.push(packet.subarray(HEADER_BYTES));
    if ((status & LAST) === 0) return undefined;
    const message = {
      kind: packet[0] as number,
      body: Buffer.concat(this.#parts),
      isIgnored: (this.#status & IGNORE) !== 0,
      isReset: (this.#status & RESET) !== 0,
    };
    this.#parts = [];
    this.#status = 0;
    return message;
  }
}

/** Writes the tokens of one message as packets of a given size. */
export class PacketWriter {
  readonly #kind: number;
  readonly #bodyBytes: number;
  readonly #write: (packet: Buffer) => Promise<void>;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #number = 0;

  constructor(packetBytes: number, write: (packet: Buffer) => Promise<void>, kind?: number) {
    this.#kind = kind ?? MESSAGE.answer;
    this.#bodyBytes = packetBytes - HEADER_BYTES;
    this.#write = write;
  }

  async add(bytes: Buffer): Promise<void> {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    // The last packet must have a body, so one is kept back.
    while (this.#pendingBytes > this.#bodyBytes) await this.#send(this.#bodyBytes, false);
  }

  /** Sends what is there as a packet of its own. */
  async flush(): Promise<void> {
    if (this.#pendingBytes > 0) await this.#send(this.#pendingBytes, false);
  }

  async end(): Promise<void> {
    await this.#send(this.#pendingBytes, true);
  }

  async #send(bytes: number, isLast: boolean): Promise<void> {
    const all = Buffer.concat(this.#pending);
    const packet = Buffer.alloc(HEADER_BYTES + bytes);
    packet[0] = this.#kind;
    packet[1] = isLast ? LAST : 0;
    packet.writeUInt16BE(packet.length, 2);
    packet[6] = ++this.#number & 0xff;
    all.copy(packet, HEADER_BYTES, 0, bytes);
    this.#pending = [all.subarray(bytes)];
    this.#pendingBytes -= bytes;
    await this.#write(packet);
  }
}
