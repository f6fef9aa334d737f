import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, openAdmin } from './admin-command.ts';
import { WebhookFailures } from './answers.ts';
import { webhookCommand, webhookPath } from './webhook-command.ts';

export function addWebhooksFailures(webhooks: Command, io: CliIo): void {
  webhookCommand(
    webhooks,
    'failures',
    'List the deliveries of a webhook that failed or are being tried again.',
  ).action(async (id: string, source: string, options: AdminOptions) => {
    const admin = await openAdmin(io, options);
    const body = readAnswer(
      WebhookFailures,
      await admin.request('GET', `${webhookPath(id, source)}/failures`),
    );
    printAnswer(io, options, body, () => ({
      head: ['Delivery', 'Site', 'Query', 'Error', 'Status', 'Attempts', 'Last', 'Next'],
      isNumeric: [false, false, false, false, true, true, false, false],
      rows: body.failures.map((failure) => [
        failure.deliveryId,
        failure.siteId,
        failure.queryId,
        failure.error,
        String(failure.statusCode ?? ''),
        String(failure.attempts),
        failure.lastAttemptAt,
        failure.nextAttemptAt ?? 'given up',
      ]),
    }));
  });
}
