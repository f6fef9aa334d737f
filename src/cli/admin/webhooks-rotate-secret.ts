import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { printNote } from '../output.ts';
import { fieldTable, printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, openAdmin } from './admin-command.ts';
import { WebhookSecret } from './answers.ts';
import { webhookCommand, webhookPath } from './webhook-command.ts';

export function addWebhooksRotateSecret(webhooks: Command, io: CliIo): void {
  webhookCommand(
    webhooks,
    'rotate-secret',
    'Make the next secret of a webhook and show it; it signs beside the current one.',
  ).action(async (id: string, source: string, options: AdminOptions) => {
    const admin = await openAdmin(io, options);
    const body = readAnswer(
      WebhookSecret,
      await admin.request('POST', `${webhookPath(id, source)}/next-secret`),
    );
    printAnswer(io, options, body, () => fieldTable(body));
    printNote(io, 'Keep the secret now: it is not shown again.');
    printNote(io, 'Once the receiver knows it, run: parhelion admin webhooks activate-secret');
  });
}
