import type { Command } from 'commander';
import { failure } from '../failure.ts';
import type { CliIo } from '../io.ts';
import { fieldTable, printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, openAdmin } from './admin-command.ts';
import { TestDelivery } from './answers.ts';
import { webhookCommand, webhookPath } from './webhook-command.ts';

export function addWebhooksTest(webhooks: Command, io: CliIo): void {
  webhookCommand(
    webhooks,
    'test',
    'Send one message with made-up ids and say what became of it.',
  ).action(async (id: string, source: string, options: AdminOptions) => {
    const admin = await openAdmin(io, options);
    const body = readAnswer(
      TestDelivery,
      await admin.request('POST', `${webhookPath(id, source)}/test`),
    );
    printAnswer(io, options, body, () => fieldTable(body));
    if (!body.delivered) throw failure('The test message was not delivered.');
  });
}
