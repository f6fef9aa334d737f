import type { Command } from 'commander';
import type { LinkOptions, RunFunctions } from '../run-functions.ts';

export function addLinkRunCommand(link: Command, run: RunFunctions): void {
  link
    .command('run')
    .description('Connect this site to its gateway and serve it.')
    .option('--data-dir <path>', "folder of the link's identity and settings")
    .action((options: LinkOptions) => run.linkRun(options));
}
