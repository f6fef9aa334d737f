import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import { Deadline } from '../../lib/deadline.ts';
import { deferred } from '../../lib/deferred.ts';
import { orAborted } from '../../lib/waiting.ts';
import { signingText, verifyChallenge } from '../../protocol/challenge.ts';
import type { CloseCodeName } from '../../protocol/close-codes.ts';
import { decodeLinkFrame, encodeFrame } from '../../protocol/codec.ts';
import type { LinkFrame } from '../../protocol/frames.ts';
import { negotiateVersion, PROTOCOL_VERSIONS } from '../../protocol/version.ts';

export type AuthenticateFrame = Extract<LinkFrame, { type: 'authenticate' }>;

const HANDSHAKE_LIMIT_MS = 10_000;

/** The key a site must sign with; undefined when it has none, or it was revoked. */
export type IdentityLookup = (
  siteId: string,
) => Promise<{ readonly id: string; readonly publicKey: string } | undefined>;

/** The site proved who it is, or why its socket is closed. */
export type HandshakeOutcome =
  | { readonly ok: true; readonly hello: AuthenticateFrame; readonly identityId: string }
  | { readonly ok: false; readonly why: CloseCodeName };

/** Challenges a new control socket and checks the answer. The socket is paused once its answer has come. */
export async function shakeHands(
  socket: WebSocket,
  findIdentity: IdentityLookup,
): Promise<HandshakeOutcome> {
  const nonce = randomBytes(32).toString('base64url');
  const first = deferred<Buffer>();
  const onMessage = (message: Buffer) => {
    // Nothing else is read of somebody who has not proved who it is.
    socket.pause();
    first.resolve(message);
  };
  socket.once('message', onMessage);
  socket.once('close', () => first.reject(new Error('closed')));
  socket.send(encodeFrame({ type: 'challenge', nonce, protocolVersions: [...PROTOCOL_VERSIONS] }));
  let hello: LinkFrame;
  try {
    using deadline = new Deadline(HANDSHAKE_LIMIT_MS);
    const message = await orAborted(first.promise, deadline.signal);
    hello = decodeLinkFrame(message, false).frame;
  } catch {
    return { ok: false, why: 'protocolViolation' };
  } finally {
    socket.off('message', onMessage);
  }
  if (hello.type !== 'authenticate') return { ok: false, why: 'protocolViolation' };
  if (negotiateVersion([hello.protocolVersion]) === undefined) {
    return { ok: false, why: 'versionRefused' };
  }
  const identity = await findIdentity(hello.siteId);
  const text = signingText('connect', hello.siteId, [nonce]);
  if (!identity || !verifyChallenge(text, hello.signature, identity.publicKey)) {
    return { ok: false, why: 'notAuthenticated' };
  }
  return { ok: true, hello, identityId: identity.id };
}
