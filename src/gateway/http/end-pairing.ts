import type { GatewayContext } from '../context.ts';
import type { Alongside } from '../store/index.ts';

/**
 * Ends a pairing, and with it what the integrator has waiting, on the way to the site and there,
 * and what it has registered.
 *
 * @returns false when there was no such pairing
 */
export async function endPairing(
  { sites, asyncQueries, registered, queries }: GatewayContext,
  integratorId: string,
  siteId: string,
  alongside: Alongside,
): Promise<boolean> {
  const wasPaired = await sites.pairing.unpair(integratorId, siteId, alongside);
  if (!wasPaired) return false;
  await asyncQueries.endUnpaired(integratorId, siteId);
  await registered.cancelUnpaired();
  await registered.wakePending();
  await queries.siteCalls.unpaired(siteId, integratorId);
  return true;
}
