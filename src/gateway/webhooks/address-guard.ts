import { isIP } from 'node:net';
import { NetworkList } from '../../lib/network-list.ts';

/** What is not the public internet: IANA's special-purpose registry, multicast, and what is reserved. */
const SPECIAL_IPV4 = new NetworkList([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]);

/** All global unicast. Mapped IPv4, NAT64, unique-local, link-local and multicast addresses lie outside it. */
const PUBLIC_IPV6 = new NetworkList(['2000::/3']);

/** Inside it: Teredo and other protocols, documentation, and 6to4, which carries any IPv4 address. */
const SPECIAL_IPV6 = new NetworkList(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !SPECIAL_IPV4.contains(address);
  return PUBLIC_IPV6.contains(address) && !SPECIAL_IPV6.contains(address);
}

const LOOPBACK_NAME = /^(.+\.)?localhost\.?$/i;

/** The host of an address as `node:net` writes it: IPv6 without brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/**
 * Says which addresses deliveries may connect to: public ones over https, and, over https or http, those that the
 * operator allows.
 */
export class AddressGuard {
  readonly #allowed: NetworkList;

  /** @param allowedNetworks addresses and CIDR blocks */
  constructor(allowedNetworks: readonly string[]) {
    this.#allowed = new NetworkList(allowedNetworks);
  }

  /** Whether an attempt may connect to an address (not a name), over TLS or in the clear. */
  admits(address: string, isEncrypted: boolean): boolean {
    return this.#allowed.contains(address) || (isEncrypted && isPublic(address));
  }

  /**
   * Why no attempt could ever go to this address, as far as it can be told without asking DNS. Other spellings of an
   * address (`0x7f.1`, `2130706433`) are the URL parser's affair.
   */
  refusalOf(url: URL): string | undefined {
    const host = hostOf(url);
    const isEncrypted = url.protocol === 'https:';
    const isRefused = LOOPBACK_NAME.test(host)
      ? !this.admits('127.0.0.1', isEncrypted) && !this.admits('::1', isEncrypted)
      : isIP(host) !== 0 && !this.admits(host, isEncrypted);
    if (isRefused || (!isEncrypted && this.#allowed.isEmpty)) {
      return isEncrypted
        ? 'must not lead to a private, loopback or link-local address; the operator may allow some with PARHELION_WEBHOOK_ALLOWED_NETWORKS'
        : 'must be an https:// address; http:// is for the networks in PARHELION_WEBHOOK_ALLOWED_NETWORKS';
    }
    return undefined;
  }
}
