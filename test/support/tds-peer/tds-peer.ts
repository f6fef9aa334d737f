import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { PeerRecord, TdsPeerOptions } from './peer-options.ts';
import { PeerSession } from './session.ts';

/** A server that speaks TDS 7.4 over a socket and answers from a script. It exists for tests only. */
export interface TdsPeer extends AsyncDisposable {
  readonly port: number;
  readonly seen: PeerRecord;
  /** Connections that are open now. */
  readonly connections: number;
  /** Connections that there have ever been. */
  readonly connectionsMade: number;
  /** Cuts all connections. */
  cut(): void;
}

/** Starts a peer on a free port of this machine. */
export async function startTdsPeer(options: TdsPeerOptions = {}): Promise<TdsPeer> {
  const seen: PeerRecord = {
    logins: [],
    ntlmAnswers: [],
    requests: [],
    descriptors: [],
    attentions: 0,
    resets: 0,
  };
  const sockets = new Set<Socket>();
  let connectionsMade = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    connectionsMade += 1;
    socket.once('close', () => sockets.delete(socket));
    if (options.silentAt === 'prelogin') socket.on('error', () => {}).resume();
    else PeerSession.serve(socket, options, seen);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    seen,
    get connections() {
      return sockets.size;
    },
    get connectionsMade() {
      return connectionsMade;
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
