import type { Command } from 'commander';
import type { Static } from 'typebox';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import type { TableContent } from '../table.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';
import { Audit } from './answers.ts';

interface AuditOptions extends AdminOptions {
  readonly since?: string;
  readonly integrator?: string;
  readonly site?: string;
  readonly before?: string;
  readonly limit?: string;
}

export function addAudit(parent: Command, io: CliIo): void {
  adminCommand(parent, 'audit', 'Show who changed what, newest first.')
    .option('--since <time>', 'nothing older, such as 2026-11-22T00:00:00Z')
    .option('--integrator <id>', 'only this integrator', idArgument)
    .option('--site <id>', 'only this site', idArgument)
    .option('--limit <count>', 'how many, at most 1000; 100')
    .option('--before <id>', 'go on behind this entry', idArgument)
    .action(async (options: AuditOptions) => {
      const admin = await openAdmin(io, options);
      const { since, integrator: integratorId, site: siteId, before, limit } = options;
      const asked = Object.entries({ since, integratorId, siteId, before, limit });
      const query = new URLSearchParams(
        asked.filter((entry): entry is [string, string] => entry[1] !== undefined),
      );
      const path = `/admin/audit${query.size > 0 ? `?${query.toString()}` : ''}`;
      const body = readAnswer(Audit, await admin.request('GET', path));
      printAnswer(io, options, body, () => auditTable(body.entries));
      if (options.json || body.next === undefined) return;
      io.stdout(`\nThere is more: --before ${body.next}\n`);
    });
}

function auditTable(entries: Static<typeof Audit>['entries']): TableContent {
  return {
    head: ['When', 'Who', 'Operation', 'Outcome', 'Integrator', 'Site', 'Target', 'Fields'],
    rows: entries.map((entry) => [
      entry.occurredAt,
      entry.actor,
      entry.operation,
      entry.outcome,
      entry.integratorId ?? '',
      entry.siteId ?? '',
      entry.target ?? '',
      entry.fields.join(', '),
    ]),
  };
}
