import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { NetworkList } from './network-list.ts';

/** What tells where a request comes from: `node:http` requests have it. */
export interface PeerFacts {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** An address as it is, without the port that some proxies add and the form of IPv4 within IPv6. */
function bare(text: string): string {
  const [, inBrackets, ipv4] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(text) ?? [];
  const address = inBrackets ?? ipv4 ?? text;
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  return mapped !== undefined && isIP(mapped) === 4 ? mapped : address;
}

/**
 * The address a request comes from. `X-Forwarded-For` is read from its end, and only as long as the one who says it is
 * a trusted proxy: what an untrusted peer writes there has no effect. May be no address at all when a proxy wrote
 * nonsense.
 */
export function peerAddress({ headers, socket }: PeerFacts, trustedProxies: NetworkList): string {
  let address = bare(socket.remoteAddress ?? '');
  const said = headers['x-forwarded-for'];
  const hops = (Array.isArray(said) ? said.join(',') : (said ?? '')).split(',');
  while (trustedProxies.contains(address)) {
    const hop = hops.pop()?.trim();
    if (hop === undefined || hop === '') return address;
    address = bare(hop);
  }
  return address;
}
