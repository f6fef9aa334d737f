import type { Command } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { printTable } from '../output.ts';
import { fieldTable, printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';
import { IntegratorDetails } from './answers.ts';

export function addIntegratorsShow(integrators: Command, io: CliIo): void {
  adminCommand(integrators, 'show', 'Show an integrator and the state of its keys.')
    .argument('<id>', 'id of the integrator', idArgument)
    .action(async (id: string, options: AdminOptions) => {
      const admin = await openAdmin(io, options);
      const body = readAnswer(
        IntegratorDetails,
        await admin.request('GET', `/admin/integrators/${id}`),
      );
      const { keys, ...fields } = body;
      printAnswer(io, options, body, () => fieldTable(fields));
      if (options.json) return;
      io.stdout('\n');
      printTable(io, {
        head: ['Key', 'Created', 'Last used', 'Revoked'],
        rows: keys.map((key) => [
          key.slot,
          key.createdAt,
          key.lastUsedAt ?? '',
          key.revokedAt ?? '',
        ]),
      });
    });
}
