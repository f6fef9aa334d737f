import type { Command } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { printNote } from '../output.ts';
import { fieldTable, printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';
import { RotatedKey } from './answers.ts';
import { slotArgument } from './slot-argument.ts';

export function addKeysRotate(keys: Command, io: CliIo): void {
  adminCommand(keys, 'rotate', 'Replace one key of an integrator and show the new one.')
    .argument('<integratorId>', 'id of the integrator', idArgument)
    .addArgument(slotArgument())
    .action(async (id: string, slot: string, options: AdminOptions) => {
      const admin = await openAdmin(io, options);
      const body = readAnswer(
        RotatedKey,
        await admin.request('POST', `/admin/integrators/${id}/keys/${slot}`),
      );
      printAnswer(io, options, body, () => fieldTable(body));
      printNote(io, 'Keep the key now: it is not shown again.');
    });
}
