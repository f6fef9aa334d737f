import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../../context.ts';
import { enrolLink } from './enrol-link.ts';
import { putRegisteredResult } from './put-registered-result.ts';
import { registerPairingCode } from './register-pairing-code.ts';
import { uploadPage } from './upload-page.ts';

/** What links call over HTTP; their sockets are taken by `sessions`. */
export function linkRoutes(context: GatewayContext) {
  return async (app: FastifyInstance): Promise<void> => {
    await app.register(enrolLink(context));
    await app.register(registerPairingCode(context));
    await app.register(putRegisteredResult(context));
    await app.register(uploadPage(context));
  };
}
