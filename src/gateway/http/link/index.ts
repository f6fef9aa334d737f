import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../../context.ts';
import { enrolLink } from './enrol-link.ts';
import { listPairings } from './list-pairings.ts';
import { putRegisteredResult } from './put-registered-result.ts';
import { registerPairingCode } from './register-pairing-code.ts';
import { requireCode } from './require-code.ts';
import { unpair } from './unpair.ts';
import { uploadPage } from './upload-page.ts';

/** What links call over HTTP; their sockets are taken by `sessions`. */
export function linkRoutes(context: GatewayContext) {
  return async (app: FastifyInstance): Promise<void> => {
    await app.register(enrolLink(context));
    await app.register(registerPairingCode(context));
    await app.register(putRegisteredResult(context));
    await app.register(requireCode(context));
    await app.register(listPairings(context));
    await app.register(unpair(context));
    await app.register(uploadPage(context));
  };
}
