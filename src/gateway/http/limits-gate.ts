import type { FastifyRequest } from 'fastify';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { isUuid } from '../../lib/ids.ts';
import type { NetworkList } from '../../lib/network-list.ts';
import { peerAddress } from '../../lib/peer-address.ts';
import type { GatewayContext } from '../context.ts';
import { allowsAddress } from '../integrators/index.ts';
import { callerOf } from './caller.ts';
import { siteOf } from './site-gate.ts';

/** Holds an authenticated caller to its rate, before anything else is looked at and before the body is read. */
export function limitRate({ limits }: GatewayContext) {
  return async (request: FastifyRequest): Promise<void> => {
    await limits.takeRequest(callerOf(request).integratorId);
  };
}

/** Refuses calls of an integrator's servers from addresses that are not on its list. */
export function requireAllowedAddress(
  { integrators, sites: { directory } }: GatewayContext,
  trustedProxies: NetworkList,
) {
  return async (request: FastifyRequest): Promise<void> => {
    const integrator = await integrators.get(callerOf(request).integratorId);
    if (allowsAddress(integrator?.settings ?? {}, peerAddress(request.raw, trustedProxies))) return;
    // Contract §2: a site that does not exist is 404 before anything is 403.
    const { siteId } = request.params as { siteId?: string };
    if (siteId !== undefined) {
      const site = isUuid(siteId) ? await directory.find(siteId.toLowerCase()) : undefined;
      if (!site) throw new ParhelionError('notFound');
    }
    throw new ParhelionError('callerIpNotAllowed');
  };
}

/** Refuses an immediate query of a caller that has too many under way. Comes before the gate of the site. */
export function limitImmediateQueries({ limits }: GatewayContext) {
  return async (request: FastifyRequest): Promise<void> => {
    await limits.requirePlace(callerOf(request).integratorId);
  };
}

/** Refuses a query once a quota of the day is used up. Comes after the gate of the site. */
export function requireQuota({ limits }: GatewayContext) {
  return async (request: FastifyRequest): Promise<void> => {
    await limits.requireQuota(callerOf(request).integratorId, siteOf(request).id);
  };
}
