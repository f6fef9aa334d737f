import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../../context.ts';
import { fhirRoutes } from '../fhir/index.ts';
import { cancelRegisteredQuery } from '../integrator/cancel-registered-query.ts';
import { createAsyncQuery } from '../integrator/create-async-query.ts';
import { createImmediateQuery } from '../integrator/create-immediate-query.ts';
import { createRegisteredQuery } from '../integrator/create-registered-query.ts';
import { getQuery } from '../integrator/get-query.ts';
import { getRegisteredQueries } from '../integrator/get-registered-queries.ts';
import { getRegisteredQuery } from '../integrator/get-registered-query.ts';
import { getRegisteredQueryResult } from '../integrator/get-registered-query-result.ts';
import { getResultPage } from '../integrator/get-result-page.ts';
import { limitRate } from '../limits-gate.ts';
import { authenticateDesktop } from './authenticate-desktop.ts';
import { describeForDesktops } from './describe-for-desktops.ts';

/** The operations of integrators that desktops may call too, in the contract's order (§1). */
export function desktopRoutes(context: GatewayContext) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRoute', describeForDesktops);
    app.addHook('onRequest', authenticateDesktop(context));
    app.addHook('onRequest', limitRate(context));
    await app.register(createImmediateQuery(context));
    await app.register(createAsyncQuery(context));
    await app.register(getQuery(context));
    await app.register(getResultPage(context));
    await app.register(createRegisteredQuery(context, 201));
    await app.register(getRegisteredQueries(context));
    await app.register(getRegisteredQuery(context));
    await app.register(cancelRegisteredQuery(context));
    await app.register(getRegisteredQueryResult(context));
    await app.register(fhirRoutes(context));
  };
}
