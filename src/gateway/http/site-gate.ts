import type { FastifyRequest } from 'fastify';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { isUuid } from '../../lib/ids.ts';
import type { GatewayContext } from '../context.ts';
import { mayAnswer, type Site } from '../sites/index.ts';
import { callerOf } from './caller.ts';

const sites = new WeakMap<FastifyRequest, Site>();

/** The site of a request that passed the gate. */
export function siteOf(request: FastifyRequest): Site {
  const site = sites.get(request);
  if (!site) throw new ParhelionError('notFound');
  return site;
}

/** Lets a call through to a site that exists and is paired with the caller (contract §2). */
export function requirePairedSite({ sites: { directory } }: GatewayContext) {
  return async (request: FastifyRequest): Promise<void> => {
    const { siteId } = request.params as { siteId: string };
    const site = isUuid(siteId) ? await directory.find(siteId.toLowerCase()) : undefined;
    if (!site) throw new ParhelionError('notFound');
    const caller = callerOf(request);
    if ((caller.siteId ?? site.id) !== site.id) throw new ParhelionError('otherSite');
    if (!(await directory.isPaired(caller.integratorId, site.id))) {
      throw new ParhelionError('notPaired');
    }
    sites.set(request, site);
  };
}

/** Also refuses a site that may not answer: not authoritative, removed or uninstalled. */
export function requireUsableSite(context: GatewayContext) {
  const requirePaired = requirePairedSite(context);
  return async (request: FastifyRequest): Promise<void> => {
    await requirePaired(request);
    if (!mayAnswer(siteOf(request))) throw new ParhelionError('siteNotAuthoritative');
  };
}
