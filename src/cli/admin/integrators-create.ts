import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { printNote } from '../output.ts';
import { fieldTable, printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';
import { CreatedIntegrator } from './answers.ts';

export function addIntegratorsCreate(integrators: Command, io: CliIo): void {
  adminCommand(integrators, 'create', 'Create an integrator and show its two keys.')
    .argument('<name>', 'name of the company')
    .action(async (name: string, options: AdminOptions) => {
      const admin = await openAdmin(io, options);
      const body = readAnswer(
        CreatedIntegrator,
        await admin.request('POST', '/admin/integrators', { name }),
      );
      printAnswer(io, options, body, () => fieldTable(body));
      printNote(io, 'Keep the keys now: they are not shown again.');
    });
}
