import { BlockList, isIP } from 'node:net';

/** Networks of addresses, given as single addresses and as CIDR blocks. */
export class NetworkList {
  readonly #networks = new BlockList();

  /** @throws RangeError that quotes the entry that is neither an address nor a CIDR block */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry);
  }

  /** Whether no address lies in it. */
  get isEmpty(): boolean {
    return this.#networks.rules.length === 0;
  }

  /** Whether an address, not a name, lies in one of the networks. An IPv4 address mapped to IPv6 counts as itself. */
  contains(address: string): boolean {
    const version = isIP(address);
    return version !== 0 && this.#networks.check(address, version === 4 ? 'ipv4' : 'ipv6');
  }

  #add(entry: string): void {
    const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
    const version = isIP(address);
    const widest = version === 4 ? 32 : 128;
    if (version === 0 || Number(prefix ?? 0) > widest) {
      throw new RangeError(`"${entry}" is neither an address nor a CIDR block`);
    }
    const family = version === 4 ? 'ipv4' : 'ipv6';
    this.#networks.addSubnet(address, Number(prefix ?? widest), family);
  }
}
