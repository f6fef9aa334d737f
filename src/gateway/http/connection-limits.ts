import type { Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { NetworkList } from '../../lib/network-list.ts';

/** Closes at once what one address opens beyond its share of connections. */
export class ConnectionLimits {
  readonly #maxPerAddress: number;
  readonly #trustedProxies: NetworkList;
  readonly #counts = new Map<string, number>();
  /** Address of each connection that counts, by address and port: a TLS socket has those of the one below it. */
  readonly #counted = new Map<string, string>();

  constructor(maxPerAddress: number, trustedProxies: NetworkList) {
    this.#maxPerAddress = maxPerAddress;
    this.#trustedProxies = trustedProxies;
  }

  watch(server: Server): void {
    // Of a TLS server these are the connections below it: what fails to shake hands counts too.
    server.on('connection', (socket) => this.#take(socket));
  }

  /** The connection has become the socket of a link, for which other limits hold. */
  release(socket: Duplex): void {
    if (socket instanceof Socket) this.#giveBack(keyOf(socket));
  }

  #take(socket: Socket): void {
    const address = socket.remoteAddress;
    const key = keyOf(socket);
    // A connection whose first request was begun anew comes by twice.
    if (address === undefined || this.#counted.has(key)) return;
    if (this.#trustedProxies.contains(address)) return;
    const count = (this.#counts.get(address) ?? 0) + 1;
    if (count > this.#maxPerAddress) {
      socket.destroy();
      return;
    }
    this.#counts.set(address, count);
    this.#counted.set(key, address);
    socket.once('close', () => this.#giveBack(key));
  }

  #giveBack(key: string): void {
    const address = this.#counted.get(key);
    if (address === undefined) return;
    this.#counted.delete(key);
    const left = (this.#counts.get(address) ?? 1) - 1;
    if (left > 0) this.#counts.set(address, left);
    else this.#counts.delete(address);
  }
}

const keyOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;
