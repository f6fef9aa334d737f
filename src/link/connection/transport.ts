import type { Agent } from 'node:http';
import { rootCertificates } from 'node:tls';
import type { ClientOptions } from 'ws';

/** How bytes reach the gateway, for its sockets and its HTTP requests alike. */
export interface Transport {
  /** Makes the connections, for instance through a proxy; left out, they are direct. */
  readonly agent?: Agent;
  /** A certificate authority (PEM) trusted beside the well-known ones. */
  readonly extraCa?: string;
  /** Leaves out the WebSocket mask, which TLS makes pointless; without TLS the mask stays. */
  readonly zeroMask?: boolean;
}

/** The part of a transport that `node:http`, `node:https` and `ws` share. */
export function requestOptions(transport: Transport): { agent?: Agent; ca?: string[] } {
  return {
    ...(transport.agent && { agent: transport.agent }),
    ...(transport.extraCa !== undefined && { ca: [...rootCertificates, transport.extraCa] }),
  };
}

export function socketOptions(url: URL, transport: Transport, handshakeMs: number): ClientOptions {
  const mayDropMask = transport.zeroMask === true && url.protocol === 'wss:';
  return {
    ...requestOptions(transport),
    handshakeTimeout: handshakeMs,
    perMessageDeflate: false,
    ...(mayDropMask && { generateMask: (mask: Buffer) => mask.fill(0) }),
  };
}
