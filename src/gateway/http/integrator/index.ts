import type { FastifyInstance } from 'fastify';
import { NetworkList } from '../../../lib/network-list.ts';
import type { GatewayContext } from '../../context.ts';
import { authenticateCaller } from '../caller.ts';
import { fhirRoutes } from '../fhir/index.ts';
import { limitRate, requireAllowedAddress } from '../limits-gate.ts';
import { cancelRegisteredQuery } from './cancel-registered-query.ts';
import { createAsyncQuery } from './create-async-query.ts';
import { createImmediateQuery } from './create-immediate-query.ts';
import { createRegisteredQuery } from './create-registered-query.ts';
import { getQuery } from './get-query.ts';
import { getQueryStatusBatch } from './get-query-status-batch.ts';
import { getRegisteredQueries } from './get-registered-queries.ts';
import { getRegisteredQuery } from './get-registered-query.ts';
import { getRegisteredQueryResult } from './get-registered-query-result.ts';
import { getResultPage } from './get-result-page.ts';
import { getSite } from './get-site.ts';
import { getSites } from './get-sites.ts';
import { getUsage } from './get-usage.ts';
import { obtainToken } from './obtain-token.ts';
import { pairSite } from './pair-site.ts';
import { streamResultPage } from './stream-result-page.ts';

/** The operations of integrators, in the contract's order (§1). */
export function integratorRoutes(context: GatewayContext) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', authenticateCaller(context.integrators));
    app.addHook('onRequest', limitRate(context));
    const trustedProxies = new NetworkList(context.config.trustedProxies);
    app.addHook('onRequest', requireAllowedAddress(context, trustedProxies));
    await app.register(obtainToken(context));
    await app.register(pairSite(context));
    await app.register(getSites(context));
    await app.register(getSite(context));
    await app.register(createImmediateQuery(context));
    await app.register(createAsyncQuery(context));
    await app.register(getQuery(context));
    await app.register(getQueryStatusBatch(context));
    await app.register(getResultPage(context));
    await app.register(streamResultPage(context));
    await app.register(createRegisteredQuery(context));
    await app.register(getRegisteredQueries(context));
    await app.register(getRegisteredQuery(context));
    await app.register(cancelRegisteredQuery(context));
    await app.register(getRegisteredQueryResult(context));
    await app.register(getUsage(context));
    await app.register(fhirRoutes(context));
  };
}
