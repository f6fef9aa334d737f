import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../../context.ts';
import { activateWebhookSecret } from './activate-webhook-secret.ts';
import { createIntegrator } from './create-integrator.ts';
import { createSite } from './create-site.ts';
import { deleteWebhook } from './delete-webhook.ts';
import { getIntegrator } from './get-integrator.ts';
import { getIntegratorUsage } from './get-integrator-usage.ts';
import { getAdminSite } from './get-site.ts';
import { getWebhook } from './get-webhook.ts';
import { integratorSettings } from './integrator-settings.ts';
import { issueEnrolmentToken } from './issue-enrolment-token.ts';
import { listIntegrators } from './list-integrators.ts';
import { listSites } from './list-sites.ts';
import { listTokenRevocations } from './list-token-revocations.ts';
import { listWebhookFailures } from './list-webhook-failures.ts';
import { listWebhooks } from './list-webhooks.ts';
import { pairings } from './pairings.ts';
import { putWebhook } from './put-webhook.ts';
import { redeliverWebhook } from './redeliver-webhook.ts';
import { requireOperator } from './require-operator.ts';
import { revokeIdentity } from './revoke-identity.ts';
import { revokeTokens } from './revoke-tokens.ts';
import { rotateWebhookSecret } from './rotate-webhook-secret.ts';
import { subscriptionKeys } from './subscription-keys.ts';
import { testWebhook } from './test-webhook.ts';

/** The operator's routes. */
export function adminRoutes(context: GatewayContext) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', requireOperator(context.secrets.adminKey));
    await app.register(createIntegrator(context));
    await app.register(listIntegrators(context));
    await app.register(getIntegrator(context));
    await app.register(integratorSettings(context));
    await app.register(getIntegratorUsage(context));
    await app.register(subscriptionKeys(context));
    await app.register(createSite(context));
    await app.register(listSites(context));
    await app.register(getAdminSite(context));
    await app.register(issueEnrolmentToken(context));
    await app.register(revokeIdentity(context));
    await app.register(pairings(context));
    await app.register(listWebhooks(context));
    await app.register(getWebhook(context));
    await app.register(putWebhook(context));
    await app.register(deleteWebhook(context));
    await app.register(rotateWebhookSecret(context));
    await app.register(activateWebhookSecret(context));
    await app.register(listWebhookFailures(context));
    await app.register(redeliverWebhook(context));
    await app.register(testWebhook(context));
    await app.register(revokeTokens(context));
    await app.register(listTokenRevocations(context));
  };
}
