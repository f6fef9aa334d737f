import type { Command } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { fieldTable, printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';
import { Site } from './answers.ts';

export function addSitesShow(sites: Command, io: CliIo): void {
  adminCommand(sites, 'show', 'Show a site.')
    .argument('<siteId>', 'id of the site', idArgument)
    .action(async (id: string, options: AdminOptions) => {
      const admin = await openAdmin(io, options);
      const body = readAnswer(Site, await admin.request('GET', `/admin/sites/${id}`));
      printAnswer(io, options, body, () => fieldTable(body));
    });
}
