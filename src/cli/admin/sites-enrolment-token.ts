import { type Command, InvalidArgumentError } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { printJson, printNote } from '../output.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';
import { EnrolmentToken } from './answers.ts';

interface EnrolmentTokenOptions extends AdminOptions {
  readonly validFor?: number;
}

const SECONDS_IN: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

function durationSeconds(text: string): number {
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (SECONDS_IN[unit] ?? 0);
  if (!(seconds > 0)) throw new InvalidArgumentError('Write a time such as 90s, 30m, 24h or 7d.');
  return seconds;
}

/** A word of a command line as shells take it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export function addSitesEnrolmentToken(sites: Command, io: CliIo): void {
  adminCommand(sites, 'enrolment-token', 'Make a one-time token that enrols the link of a site.')
    .argument('<siteId>', 'id of the site', idArgument)
    .option('--valid-for <time>', 'how long it can be used, such as 24h', durationSeconds)
    .action(async (id: string, options: EnrolmentTokenOptions) => {
      const admin = await openAdmin(io, options);
      const body = readAnswer(
        EnrolmentToken,
        await admin.request('POST', `/admin/sites/${id}/enrolment-tokens`, {
          validForSeconds: options.validFor,
        }),
      );
      if (options.json) return printJson(io, body);
      const { token, expiresAt } = body;
      const words = ['parhelion', 'link', 'enrol', '--gateway', admin.baseUrl, '--token', token];
      io.stdout(`${words.map(shellWord).join(' ')}\n`);
      printNote(io, `Run it at the site, once, before ${expiresAt}.`);
    });
}
