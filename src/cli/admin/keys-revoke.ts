import type { Command } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { printDone } from '../print-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';
import { slotArgument } from './slot-argument.ts';

export function addKeysRevoke(keys: Command, io: CliIo): void {
  adminCommand(keys, 'revoke', 'Make one key of an integrator void.')
    .argument('<integratorId>', 'id of the integrator', idArgument)
    .addArgument(slotArgument())
    .action(async (id: string, slot: string, options: AdminOptions) => {
      const admin = await openAdmin(io, options);
      await admin.request('DELETE', `/admin/integrators/${id}/keys/${slot}`);
      printDone(io, options, `The ${slot} key of integrator ${id} is revoked.`);
    });
}
