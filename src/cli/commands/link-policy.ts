import { type Command, InvalidArgumentError } from 'commander';
import type { LinkOptions, LinkPauseOptions, RunFunctions } from '../run-functions.ts';

/** The practice's own switch, on the machine of the link. */
export function addLinkPolicyCommands(link: Command, run: RunFunctions): void {
  link
    .command('pause')
    .description('Refuse all queries from now on; a running link takes it within two seconds.')
    .option('--data-dir <path>', "folder of the link's identity and settings")
    .option('--reason <text>', 'why; the integrators read it')
    .option('--until <moment>', 'when it ends by itself, such as 2026-11-23T07:00:00+10:00', moment)
    .option('--now', 'also stop what is running')
    .action((options: LinkPauseOptions) => run.linkPause(options));
  link
    .command('resume')
    .description('End the pause.')
    .option('--data-dir <path>', "folder of the link's identity and settings")
    .action((options: LinkOptions) => run.linkResume(options));
  link
    .command('policy')
    .description('Show what this practice allows (policy.json).')
    .option('--data-dir <path>', "folder of the link's identity and settings")
    .action((options: LinkOptions) => run.linkPolicy(options));
}

function moment(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('It is not a date and time.');
  // Without an offset it is the time of this machine.
  return /(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : new Date(time).toISOString();
}
