import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../../context.ts';
import { createIntegrator } from './create-integrator.ts';
import { createSite } from './create-site.ts';
import { getIntegrator } from './get-integrator.ts';
import { getAdminSite } from './get-site.ts';
import { issueEnrolmentToken } from './issue-enrolment-token.ts';
import { listIntegrators } from './list-integrators.ts';
import { listSites } from './list-sites.ts';
import { pairings } from './pairings.ts';
import { requireOperator } from './require-operator.ts';
import { revokeIdentity } from './revoke-identity.ts';
import { subscriptionKeys } from './subscription-keys.ts';

/** The operator's routes. */
export function adminRoutes(context: GatewayContext) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', requireOperator(context.secrets.adminKey));
    await app.register(createIntegrator(context));
    await app.register(listIntegrators(context));
    await app.register(getIntegrator(context));
    await app.register(subscriptionKeys(context));
    await app.register(createSite(context));
    await app.register(listSites(context));
    await app.register(getAdminSite(context));
    await app.register(issueEnrolmentToken(context));
    await app.register(revokeIdentity(context));
    await app.register(pairings(context));
  };
}
