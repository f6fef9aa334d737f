import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { CLOSE_CODES } from '../../protocol/close-codes.ts';
import { DataChannel } from '../../protocol/data-channel.ts';
import { FrameIntake } from './frame-intake.ts';
import type { SiteSession } from './site-session.ts';

/** Joins a data socket, already authorised, to its session. @param stream what the WebSocket runs on */
export function joinDataSocket(socket: WebSocket, stream: Duplex, session: SiteSession): void {
  const send = (message: Buffer) =>
    new Promise<void>((resolve, reject) => {
      socket.send(message, (error) => (error ? reject(error) : resolve()));
    });
  const channel = new DataChannel(send, (streamId) => session.acceptStream(streamId));
  session.attachData(channel, () => socket.terminate());
  const intake = new FrameIntake(socket, stream);
  socket.on('ping', () => intake.look());
  socket.on('message', (message: Buffer) => {
    session.heard();
    try {
      channel.receive(message);
      // Credit bounds what is in hand; what is refused is answered, and the answers may pile up.
      intake.look();
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
