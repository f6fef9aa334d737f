import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { printDone } from '../print-answer.ts';
import { type AdminOptions, openAdmin } from './admin-command.ts';
import { webhookCommand, webhookPath } from './webhook-command.ts';

export function addWebhooksActivateSecret(webhooks: Command, io: CliIo): void {
  webhookCommand(
    webhooks,
    'activate-secret',
    'Let the next secret of a webhook take the place of the current one.',
  ).action(async (id: string, source: string, options: AdminOptions) => {
    const admin = await openAdmin(io, options);
    await admin.request('POST', `${webhookPath(id, source)}/next-secret/activate`);
    printDone(io, options, `The new secret of the ${source} webhook alone signs from now on.`);
  });
}
