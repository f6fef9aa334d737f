import type { FastifyRequest } from 'fastify';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** Authenticates a call of `/desktop` by its token and device (contract §2). Why one is refused is never told. */
export function authenticateDesktop({ desktopTokens, metrics }: GatewayContext) {
  return async (request: FastifyRequest): Promise<void> => {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const deviceId = request.headers['deviceid'];
    if (token === undefined || typeof deviceId !== 'string' || deviceId === '') {
      metrics.desktopTokenRefused('missing');
      throw new ParhelionError('invalidToken');
    }
    const caller = await desktopTokens.authenticate(token, deviceId);
    if (!caller) throw new ParhelionError('invalidToken');
    request.caller = caller;
  };
}
