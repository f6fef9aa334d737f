import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { addAudit } from './audit.ts';
import { addIntegratorsCreate } from './integrators-create.ts';
import { addIntegratorsList } from './integrators-list.ts';
import { addIntegratorsSetLimits } from './integrators-set-limits.ts';
import { addIntegratorsShow } from './integrators-show.ts';
import { addKeysRevoke } from './keys-revoke.ts';
import { addKeysRotate } from './keys-rotate.ts';
import { addPairingsCreate } from './pairings-create.ts';
import { addPairingsDelete } from './pairings-delete.ts';
import { addSitesCreate } from './sites-create.ts';
import { addSitesEnrolmentToken } from './sites-enrolment-token.ts';
import { addSitesList } from './sites-list.ts';
import { addSitesRevokeLink } from './sites-revoke-link.ts';
import { addSitesShow } from './sites-show.ts';
import { addTokensListRevocations } from './tokens-list-revocations.ts';
import { addTokensRevoke } from './tokens-revoke.ts';
import { addUsage } from './usage.ts';
import { addWebhooksActivateSecret } from './webhooks-activate-secret.ts';
import { addWebhooksFailures } from './webhooks-failures.ts';
import { addWebhooksList } from './webhooks-list.ts';
import { addWebhooksRedeliver } from './webhooks-redeliver.ts';
import { addWebhooksRemove } from './webhooks-remove.ts';
import { addWebhooksRotateSecret } from './webhooks-rotate-secret.ts';
import { addWebhooksSet } from './webhooks-set.ts';
import { addWebhooksTest } from './webhooks-test.ts';

/** The operator's commands; they need PARHELION_ADMIN_KEY. */
export function addAdminCommands(program: Command, io: CliIo): void {
  const admin = program
    .command('admin')
    .description("Operate a gateway, with the operator's key in PARHELION_ADMIN_KEY.");

  const integrators = admin.command('integrators').description('Companies with keys.');
  addIntegratorsCreate(integrators, io);
  addIntegratorsList(integrators, io);
  addIntegratorsShow(integrators, io);
  addIntegratorsSetLimits(integrators, io);
  addUsage(admin, io);
  addAudit(admin, io);

  const keys = admin.command('keys').description('Subscription keys of integrators.');
  addKeysRotate(keys, io);
  addKeysRevoke(keys, io);

  const sites = admin.command('sites').description('Practices and their links.');
  addSitesCreate(sites, io);
  addSitesList(sites, io);
  addSitesShow(sites, io);
  addSitesRevokeLink(sites, io);
  addSitesEnrolmentToken(sites, io);

  const pairings = admin.command('pairings').description('Which integrator reaches which site.');
  addPairingsCreate(pairings, io);
  addPairingsDelete(pairings, io);

  const webhooks = admin.command('webhooks').description('Where integrators are told of results.');
  addWebhooksList(webhooks, io);
  addWebhooksSet(webhooks, io);
  addWebhooksRemove(webhooks, io);
  addWebhooksRotateSecret(webhooks, io);
  addWebhooksActivateSecret(webhooks, io);
  addWebhooksFailures(webhooks, io);
  addWebhooksRedeliver(webhooks, io);
  addWebhooksTest(webhooks, io);
  const tokens = admin.command('tokens').description('Tokens of desktop applications.');
  addTokensRevoke(tokens, io);
  addTokensListRevocations(tokens, io);
}
