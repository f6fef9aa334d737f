import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Answer } from './answers.ts';
import type { Login, NtlmAnswer } from './login.ts';
import type { PeerRequest } from './requests.ts';
import { PeerSession } from './session.ts';

export interface TdsPeerOptions {
  /** Answers what the client asks; undefined is an error that says so. */
  readonly handler?: (request: PeerRequest) => Answer | undefined;
  /** Default `link`. */
  readonly user?: string;
  /** Default `secret`. */
  readonly password?: string;
  /** Databases that a login may name; default `Practice`. */
  readonly databases?: readonly string[];
  /** Default `off`: the server cannot encrypt. */
  readonly encryption?: 'off' | 'on' | 'required';
  /** Says nothing any more from there on. */
  readonly silentAt?: 'prelogin' | 'login';
  /** Size of the packets of answers; default what the client asks for. */
  readonly packetBytes?: number;
  /** Sends answers in pieces of this many bytes. */
  readonly splitBytes?: number;
}

/** What the peer has seen. */
export interface PeerRecord {
  readonly logins: Login[];
  readonly ntlmAnswers: NtlmAnswer[];
  readonly requests: PeerRequest[];
  attentions: number;
  resets: number;
}

/** A server that speaks TDS 7.4 over a socket and answers from a script. It exists for tests only. */
export interface TdsPeer extends AsyncDisposable {
  readonly port: number;
  readonly seen: PeerRecord;
  /** Connections that are open now. */
  readonly connections: number;
  /** Connections that there have ever been. */
  readonly connectionsMade: number;
}

/** Starts a peer on a free port of this machine. */
export async function startTdsPeer(options: TdsPeerOptions = {}): Promise<TdsPeer> {
  const seen: PeerRecord = { logins: [], ntlmAnswers: [], requests: [], attentions: 0, resets: 0 };
  const sockets = new Set<Socket>();
  let connectionsMade = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    connectionsMade += 1;
    socket.once('close', () => sockets.delete(socket));
    if (options.silentAt === 'prelogin') socket.on('error', () => {}).resume();
    else new PeerSession(socket, options, seen);
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
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
