import { NetworkList } from '../../lib/network-list.ts';
import type { IntegratorSettings } from './integrator.ts';

const lists = new WeakMap<readonly string[], NetworkList>();

/** Whether the integrator's servers may call from an address; without a list, from any. */
export function allowsAddress({ allowedAddresses }: IntegratorSettings, address: string): boolean {
  if (allowedAddresses === undefined) return true;
  let list = lists.get(allowedAddresses);
  if (!list) {
    list = new NetworkList(allowedAddresses);
    lists.set(allowedAddresses, list);
  }
  return list.contains(address);
}
