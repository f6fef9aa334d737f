import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';
import { IntegratorList } from './answers.ts';

export function addIntegratorsList(integrators: Command, io: CliIo): void {
  adminCommand(integrators, 'list', 'List the integrators.').action(
    async (options: AdminOptions) => {
      const admin = await openAdmin(io, options);
      const body = readAnswer(IntegratorList, await admin.request('GET', '/admin/integrators'));
      printAnswer(io, options, body, () => ({
        head: ['Id', 'Name', 'Created'],
        rows: body.integrators.map(({ id, name, createdAt }) => [id, name, createdAt]),
      }));
    },
  );
}
