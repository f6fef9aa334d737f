import type { Command } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { printTable } from '../output.ts';
import { fieldTable, printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';
import { Usage } from './answers.ts';

interface UsageOptions extends AdminOptions {
  readonly from?: string;
  readonly to?: string;
  readonly site?: string;
}

export function addUsage(parent: Command, io: CliIo): void {
  adminCommand(parent, 'usage', 'Show what an integrator used, by day (UTC) and site.')
    .argument('<integratorId>', 'id of the integrator', idArgument)
    .option('--from <day>', 'first day, such as 2026-11-22; a week before the last')
    .option('--to <day>', 'last day; today')
    .option('--site <id>', 'only this site', idArgument)
    .action(async (id: string, options: UsageOptions) => {
      const admin = await openAdmin(io, options);
      const asked = Object.entries({ from: options.from, to: options.to, siteId: options.site });
      const query = new URLSearchParams(
        asked.filter((entry): entry is [string, string] => entry[1] !== undefined),
      );
      const path = `/admin/integrators/${id}/usage${query.size > 0 ? `?${query.toString()}` : ''}`;
      const body = readAnswer(Usage, await admin.request('GET', path));
      printAnswer(io, options, body, () => fieldTable(body.limits));
      if (options.json) return;
      io.stdout('\n');
      printTable(io, {
        isNumeric: [false, false, true, true],
        head: ['Day', 'Site', 'Queries', 'Bytes'],
        rows: body.usage.map(({ day, siteId, queries, bytes }) => [
          day,
          siteId,
          String(queries),
          String(bytes),
        ]),
      });
    });
}
