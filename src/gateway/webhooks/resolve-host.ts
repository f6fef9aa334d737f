import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

/** Finds the addresses of a name. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

const RESOLVER = { timeout: 1500, tries: 2 };

const addressesOf = (answers: readonly PromiseSettledResult<string[]>[]): string[] =>
  answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));

const hasTimedOut = (answer: PromiseSettledResult<unknown>): boolean =>
  answer.status === 'rejected' && Reflect.get(Object(answer.reason), 'code') === 'ETIMEOUT';

/**
 * Asks DNS servers itself: the system's own look-up blocks one of a few threads, so that names whose servers are silent
 * would delay all other deliveries. The system is asked for what DNS does not know, and for names without a dot.
 */
export const resolveHost: ResolveHost = async (host) => {
  if (isIP(host) !== 0) return [host];
  if (host.includes('.')) {
    const resolver = new Resolver(RESOLVER);
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = addressesOf(answers);
    if (addresses.length > 0) return addresses;
    if (answers.every(hasTimedOut)) throw new Error('The DNS servers are silent.');
  }
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
};
