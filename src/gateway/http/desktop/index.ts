import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../../context.ts';
import { createAsyncQuery } from '../integrator/create-async-query.ts';
import { createImmediateQuery } from '../integrator/create-immediate-query.ts';
import { getQuery } from '../integrator/get-query.ts';
import { getResultPage } from '../integrator/get-result-page.ts';
import { authenticateDesktop } from './authenticate-desktop.ts';
import { describeForDesktops } from './describe-for-desktops.ts';

/** The operations of integrators that desktops may call too, in the contract's order (§1). */
export function desktopRoutes(context: GatewayContext) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRoute', describeForDesktops);
    app.addHook('onRequest', authenticateDesktop(context));
    await app.register(createImmediateQuery(context));
    await app.register(createAsyncQuery(context));
    await app.register(getQuery(context));
    await app.register(getResultPage(context));
  };
}
