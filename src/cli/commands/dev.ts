import type { Command } from 'commander';
import type { RunFunctions } from '../run-functions.ts';

export function addDevCommand(program: Command, run: RunFunctions): void {
  program
    .command('dev')
    .description('Run a gateway, a link and a demo practice on this machine.')
    .action(() => run.dev({}));
}
