import type { Command } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';
import { WebhookList } from './answers.ts';

export function addWebhooksList(webhooks: Command, io: CliIo): void {
  adminCommand(webhooks, 'list', 'List the webhooks of an integrator with their statistics.')
    .argument('<integratorId>', 'id of the integrator', idArgument)
    .action(async (id: string, options: AdminOptions) => {
      const admin = await openAdmin(io, options);
      const body = readAnswer(
        WebhookList,
        await admin.request('GET', `/admin/integrators/${id}/webhooks`),
      );
      printAnswer(io, options, body, () => ({
        head: ['Source', 'URL', 'Secret', 'Pending', 'Delivered', 'Failed', 'Last delivered'],
        isNumeric: [false, false, false, true, true, true, false],
        rows: body.webhooks.map(({ source, url, nextSecretCreatedAt, statistics }) => [
          source,
          url,
          nextSecretCreatedAt === undefined ? 'one' : 'rotating',
          String(statistics.pending),
          String(statistics.delivered),
          String(statistics.failed),
          statistics.lastDeliveredAt ?? '',
        ]),
      }));
    });
}
