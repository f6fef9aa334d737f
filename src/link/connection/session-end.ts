import { CLOSE_CODES, type CloseCodeName } from '../../protocol/close-codes.ts';

/** How a session, or the attempt to get one, came to its end. */
export type SessionEnd =
  /** The gateway closed with a code of the protocol. */
  | { readonly kind: 'closed'; readonly name: CloseCodeName }
  /** The socket is gone; `code` is WebSocket's own. */
  | { readonly kind: 'cut'; readonly code: number }
  /** No socket could be had; `detail` is the network's code or the HTTP status. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'handshakeTimedOut' }
  /** The gateway's first frames broke the protocol. */
  | { readonly kind: 'handshakeBroken' }
  | { readonly kind: 'silent' }
  /** The link's own configuration could not be read; `message` names file and field. */
  | { readonly kind: 'misconfigured'; readonly message: string }
  /** This side closed on purpose. */
  | { readonly kind: 'stopped' };

/** Whether dialling again without a change by a person cannot help. */
export function isFinal(end: SessionEnd): boolean {
  return end.kind === 'misconfigured' || (end.kind === 'closed' && CLOSE_CODES[end.name].isFinal);
}

/** A sentence for logs and the status command. */
export function describeEnd(end: SessionEnd): string {
  switch (end.kind) {
    case 'closed':
      return CLOSE_CODES[end.name].reason;
    case 'cut':
      return `The socket was cut (${end.code}).`;
    case 'unreachable':
      return `The gateway could not be reached (${end.detail}).`;
    case 'handshakeTimedOut':
      return 'The gateway did not finish the handshake in time.';
    case 'handshakeBroken':
      return "The gateway's handshake did not follow the protocol.";
    case 'silent':
      return 'Nothing was heard from the gateway for too long.';
    case 'misconfigured':
      return end.message;
    case 'stopped':
      return 'The link was stopped.';
    default:
      return end satisfies never;
  }
}

/** Thrown by a dial that yields no session. */
export class DialFailed extends Error {
  override readonly name = 'DialFailed';
  readonly end: SessionEnd;

  constructor(end: SessionEnd, options?: ErrorOptions) {
    super(describeEnd(end), options);
    this.end = end;
  }
}
