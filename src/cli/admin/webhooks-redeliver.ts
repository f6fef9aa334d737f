import type { Command } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { printDone } from '../print-answer.ts';
import { type AdminOptions, openAdmin } from './admin-command.ts';
import { webhookCommand, webhookPath } from './webhook-command.ts';

export function addWebhooksRedeliver(webhooks: Command, io: CliIo): void {
  webhookCommand(webhooks, 'redeliver', 'Begin a delivery anew that was given up.')
    .argument('<deliveryId>', 'id of the delivery, as failures shows it', idArgument)
    .action(async (id: string, source: string, deliveryId: string, options: AdminOptions) => {
      const admin = await openAdmin(io, options);
      const path = `${webhookPath(id, source)}/failures/${deliveryId}/redeliver`;
      await admin.request('POST', path);
      printDone(io, options, `Delivery ${deliveryId} is due now.`);
    });
}
