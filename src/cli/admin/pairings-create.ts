import type { Command } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { printDone } from '../print-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';

export function addPairingsCreate(pairings: Command, io: CliIo): void {
  adminCommand(pairings, 'create', 'Let an integrator reach a site.')
    .argument('<integratorId>', 'id of the integrator', idArgument)
    .argument('<siteId>', 'id of the site', idArgument)
    .action(async (integratorId: string, siteId: string, options: AdminOptions) => {
      const admin = await openAdmin(io, options);
      await admin.request('PUT', `/admin/sites/${siteId}/pairings/${integratorId}`);
      printDone(io, options, `Integrator ${integratorId} is paired with site ${siteId}.`);
    });
}
