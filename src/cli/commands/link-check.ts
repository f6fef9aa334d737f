import type { Command } from 'commander';
import type { LinkOptions, RunFunctions } from '../run-functions.ts';

export function addLinkCheckCommand(link: Command, run: RunFunctions): void {
  link
    .command('check')
    .description("Test this site's settings, its database and the way to its gateway.")
    .option('--data-dir <path>', "folder of the link's identity and settings")
    .action((options: LinkOptions) => run.linkCheck(options));
}
