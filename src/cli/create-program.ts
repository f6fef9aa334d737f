import { Command } from 'commander';
import { addAdminCommands } from './admin/index.ts';
import { addDevCommand } from './commands/dev.ts';
import { addGatewayCommand } from './commands/gateway.ts';
import { addLinkAuditCommands } from './commands/link-audit.ts';
import { addLinkCheckCommand } from './commands/link-check.ts';
import { addLinkEnrolCommand } from './commands/link-enrol.ts';
import { addLinkPairCodeCommand } from './commands/link-pair-code.ts';
import { addLinkPairingCommands } from './commands/link-pairings.ts';
import { addLinkPolicyCommands } from './commands/link-policy.ts';
import { addLinkRunCommand } from './commands/link-run.ts';
import { addQueryCommand } from './commands/query.ts';
import { addFhirCommands } from './fhir/index.ts';
import type { CliIo } from './io.ts';
import { addRegisteredCommands } from './registered/index.ts';
import type { RunFunctions } from './run-functions.ts';

export interface ProgramOptions {
  readonly io: CliIo;
  readonly version: string;
  readonly run: RunFunctions;
  /** Kinds of database that a link can have. */
  readonly drivers: readonly string[];
}

/** The `parhelion` command line. It never ends the process: it throws commander's errors, see `runProgram`. */
export function createProgram({ io, version, run, drivers }: ProgramOptions): Command {
  const width = io.isTty ? (io.columns ?? 80) : 80;
  const program = new Command('parhelion')
    .description('A gateway that lets software talk to the databases of medical practices.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(add --help for the usage)')
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });

  addDevCommand(program, run);
  addGatewayCommand(program, run);

  const link = program.command('link').description('The agent at a site.');
  addLinkEnrolCommand(link, run, { io, drivers });
  addLinkCheckCommand(link, run);
  addLinkRunCommand(link, run);
  addLinkPairCodeCommand(link, run);
  addLinkPairingCommands(link, run);
  addLinkPolicyCommands(link, run);
  addLinkAuditCommands(link, run);

  addQueryCommand(program, io);
  addRegisteredCommands(program, io);
  addFhirCommands(program, run, io);
  addAdminCommands(program, io);
  return program;
}
