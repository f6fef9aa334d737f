import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, adminCommand, openAdmin, printAnswer } from './admin-command.ts';
import { SiteList } from './answers.ts';

export function addSitesList(sites: Command, io: CliIo): void {
  adminCommand(sites, 'list', 'List the sites.').action(async (options: AdminOptions) => {
    const admin = await openAdmin(io, options);
    const body = readAnswer(SiteList, await admin.request('GET', '/admin/sites'));
    printAnswer(io, options, body, () => ({
      head: ['Id', 'Practice', 'PMS', 'PMS id', 'Availability', 'Status', 'Link'],
      rows: body.sites.map((site) => [
        site.id,
        site.practiceMetadata?.practiceName ?? '',
        site.pmsType ?? '',
        site.practiceMetadata?.practiceManagementSiteId ?? site.practiceManagementSiteId ?? '',
        site.availability ?? '',
        site.status ?? '',
        site.haloLinkVersion ?? '',
      ]),
    }));
  });
}
