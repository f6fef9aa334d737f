import type { Command } from 'commander';
import type { LinkOptions, RunFunctions } from '../run-functions.ts';

export function addLinkPairCodeCommand(link: Command, run: RunFunctions): void {
  link
    .command('pair-code')
    .description('Make a code with which an integrator can pair with this site.')
    .option('--data-dir <path>', "folder of the link's identity and settings")
    .action((options: LinkOptions) => run.linkPairCode(options));
}
