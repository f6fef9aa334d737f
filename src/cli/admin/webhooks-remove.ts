import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { printDone } from '../print-answer.ts';
import { type AdminOptions, openAdmin } from './admin-command.ts';
import { webhookCommand, webhookPath } from './webhook-command.ts';

export function addWebhooksRemove(webhooks: Command, io: CliIo): void {
  webhookCommand(webhooks, 'remove', 'Remove a webhook and all its deliveries.').action(
    async (id: string, source: string, options: AdminOptions) => {
      const admin = await openAdmin(io, options);
      await admin.request('DELETE', webhookPath(id, source));
      printDone(io, options, `The ${source} webhook of integrator ${id} is removed.`);
    },
  );
}
