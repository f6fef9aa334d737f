import { Argument, type Command } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { LinkOptions, RunFunctions } from '../run-functions.ts';

/** Who may reach this practice, as the gateway knows it. */
export function addLinkPairingCommands(link: Command, run: RunFunctions): void {
  link
    .command('pairings')
    .description('List the integrators that are paired with this site.')
    .option('--data-dir <path>', "folder of the link's identity and settings")
    .action((options: LinkOptions) => run.linkPairings(options));
  link
    .command('unpair')
    .description('End the pairing of an integrator; what it has waiting is refused.')
    .argument('<integratorId>', 'id of the integrator', idArgument)
    .option('--data-dir <path>', "folder of the link's identity and settings")
    .action((integratorId: string, options: LinkOptions) =>
      run.linkUnpair({ ...options, integratorId }),
    );
  link
    .command('require-code')
    .description('Say whether an integrator needs a code to pair (Zedmed, D4w).')
    .addArgument(new Argument('<rule>', 'on or off').choices(['on', 'off']))
    .option('--data-dir <path>', "folder of the link's identity and settings")
    .action((rule: string, options: LinkOptions) =>
      run.linkRequireCode({ ...options, isRequired: rule === 'on' }),
    );
}
