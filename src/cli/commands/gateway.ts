import type { Command } from 'commander';
import type { RunFunctions } from '../run-functions.ts';

export function addGatewayCommand(program: Command, run: RunFunctions): void {
  program
    .command('gateway')
    .description('Run a gateway, configured by PARHELION_… environment variables.')
    .action(() => run.gateway({}));
}
