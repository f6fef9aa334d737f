import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { printNote } from '../output.ts';
import { fieldTable, printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, openAdmin } from './admin-command.ts';
import { Webhook } from './answers.ts';
import { webhookCommand, webhookPath } from './webhook-command.ts';

export function addWebhooksSet(webhooks: Command, io: CliIo): void {
  webhookCommand(webhooks, 'set', 'Set where an integrator is told; a new webhook gets a secret.')
    .argument('<address>', 'https address; {siteId}, {queryId} and {source} are replaced in it')
    .action(async (id: string, source: string, url: string, options: AdminOptions) => {
      const admin = await openAdmin(io, options);
      const body = readAnswer(
        Webhook,
        await admin.request('PUT', webhookPath(id, source), { url }),
      );
      printAnswer(io, options, body, () => fieldTable(body));
      if (body.secret !== undefined) {
        printNote(io, 'Keep the secret now: it is not shown again.');
      }
    });
}
