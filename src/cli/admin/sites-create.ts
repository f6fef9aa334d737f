import { type Command, Option } from 'commander';
import type { CliIo } from '../io.ts';
import { fieldTable, printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';
import { Site } from './answers.ts';

interface SitesCreateOptions extends AdminOptions {
  readonly pms: string;
  readonly pmsId: string;
  readonly name?: string;
}

export function addSitesCreate(sites: Command, io: CliIo): void {
  adminCommand(sites, 'create', 'Create a site, to which a link can then be enrolled.')
    .addOption(
      new Option('--pms <name>', 'practice management software')
        .choices(['Best Practice', 'Zedmed', 'D4w'])
        .makeOptionMandatory(),
    )
    .requiredOption('--pms-id <id>', "the software vendor's id of the practice")
    .option('--name <name>', 'name of the practice')
    .action(async (options: SitesCreateOptions) => {
      const admin = await openAdmin(io, options);
      const body = readAnswer(
        Site,
        await admin.request('POST', '/admin/sites', {
          practiceManagementName: options.pms,
          practiceManagementSiteId: options.pmsId,
          practiceName: options.name,
        }),
      );
      printAnswer(io, options, body, () => fieldTable(body));
    });
}
