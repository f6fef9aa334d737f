import type { Command } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { printDone } from '../print-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';

export function addSitesRevokeLink(sites: Command, io: CliIo): void {
  adminCommand(sites, 'revoke-link', "Make the identity of a site's link void.")
    .argument('<siteId>', 'id of the site', idArgument)
    .action(async (id: string, options: AdminOptions) => {
      const admin = await openAdmin(io, options);
      await admin.request('DELETE', `/admin/sites/${id}/identity`);
      printDone(io, options, `The link of site ${id} is revoked: it must be enrolled anew.`);
    });
}
