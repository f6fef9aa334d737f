import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminClient, type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';
import { type Site, SiteList } from './answers.ts';

/** The gateway answers page by page; the list ends with a page that brings nothing new. */
async function allSites(admin: AdminClient): Promise<Site[]> {
  const sites = new Map<string, Site>();
  for (let path = '/admin/sites'; ; ) {
    const page = readAnswer(SiteList, await admin.request('GET', path)).sites;
    const last = page.findLast(({ id }) => !sites.has(id));
    if (!last) return [...sites.values()];
    for (const site of page) sites.set(site.id, site);
    path = `/admin/sites?after=${encodeURIComponent(last.id)}`;
  }
}

export function addSitesList(sites: Command, io: CliIo): void {
  adminCommand(sites, 'list', 'List the sites.').action(async (options: AdminOptions) => {
    const admin = await openAdmin(io, options);
    const body = { sites: await allSites(admin) };
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
