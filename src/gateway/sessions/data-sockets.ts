import type { WebSocket } from 'ws';
import { CLOSE_CODES } from '../../protocol/close-codes.ts';
import { DataChannel } from '../../protocol/data-channel.ts';
import type { SiteSession } from './site-session.ts';

/** Joins a data socket, already authorised, to its session. */
export function joinDataSocket(socket: WebSocket, session: SiteSession): void {
  const send = (message: Buffer) =>
    new Promise<void>((resolve, reject) => {
      socket.send(message, (error) => (error ? reject(error) : resolve()));
    });
  const channel = new DataChannel(send, (streamId) => session.acceptStream(streamId));
  session.attachData(channel, () => socket.terminate());
  socket.on('message', (message: Buffer) => {
    session.heard();
    try {
      channel.receive(message);
    } catch {
      socket.close(CLOSE_CODES.protocolViolation.code, CLOSE_CODES.protocolViolation.reason);
    }
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    channel[Symbol.dispose]();
    session.detachData(channel);
  });
}
