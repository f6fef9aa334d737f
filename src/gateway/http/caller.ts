import type { FastifyReply, FastifyRequest } from 'fastify';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Integrators } from '../integrators/index.ts';

/** Who calls, once authenticated: an integrator, or one of its desktops. */
export interface Caller {
  readonly integratorId: string;
  /** The one site that a desktop may reach. */
  readonly siteId?: string;
  /** Keyed hash of the desktop's id: it sees its own queries only. */
  readonly deviceHash?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined;
  }
}

/** Authenticates a call of `/integrator` by its subscription key (contract §2). */
export function authenticateCaller(integrators: Integrators) {
  return async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const key = request.headers['ocp-apim-subscription-key'];
    if (typeof key !== 'string' || key === '') throw new ParhelionError('missingKey');
    const caller = await integrators.authenticate(key);
    if (!caller) throw new ParhelionError('invalidKey');
    request.caller = caller;
  };
}

/** The caller of an authenticated route. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new ParhelionError('missingKey');
  return request.caller;
}
