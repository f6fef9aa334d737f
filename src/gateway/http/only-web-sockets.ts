import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

const OF_THE_UPGRADE = new Set(['connection', 'upgrade', 'http2-settings']);

/**
 * Makes a listener for upgrades that hands on those to WebSockets, and answers a request that offers another protocol
 * as if it had not: some HTTP clients offer `h2c` with every request.
 */
export function onlyWebSockets(server: Server, onWebSocket: UpgradeListener): UpgradeListener {
  const lastAnswers = new WeakMap<Duplex, ServerResponse>();
  server.on('request', ({ socket }, response) => lastAnswers.set(socket, response));
  return (request, socket, head) => {
    if (request.headers.upgrade?.toLowerCase() === 'websocket') {
      onWebSocket(request, socket, head);
      return;
    }
    const beginAnew = () => {
      if (!socket.destroyed) replay(server, request, socket, head);
    };
    // Node has taken its own listener away, and an error that nobody hears ends the process.
    socket.on('error', () => socket.destroy());
    const earlier = lastAnswers.get(socket);
    if (earlier && !earlier.writableFinished) earlier.once('close', beginAnew);
    else beginAnew();
  };
}

/**
 * Node takes any offer for an upgrade once somebody listens for upgrades, and stops reading the request behind its
 * head: the connection begins anew with the same request without the offer.
 */
function replay(
  server: Server,
  { method, url, httpVersion, rawHeaders, headers }: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (!OF_THE_UPGRADE.has(name.toLowerCase())) lines.push(`${name}: ${rawHeaders[at + 1]}`);
  }
  if (/\bclose\b/i.test(headers.connection ?? '')) lines.push('Connection: close');
  // What the first reading of the connection has left behind would add up.
  for (const event of ['timeout', 'error', 'close', 'end', 'drain']) {
    socket.removeAllListeners(event);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  // What a TLS server calls a connection is not decrypted yet.
  server.emit(socket instanceof TLSSocket ? 'secureConnection' : 'connection', socket);
}
