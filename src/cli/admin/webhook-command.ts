import { Argument, type Command } from 'commander';
import { idArgument } from '../id-argument.ts';
import { adminCommand } from './admin-command.ts';

/** Adds a command about the one webhook that an integrator has for a source. */
export function webhookCommand(parent: Command, name: string, description: string): Command {
  return adminCommand(parent, name, description)
    .argument('<integratorId>', 'id of the integrator', idArgument)
    .addArgument(new Argument('<source>', 'what it tells of').choices(['async', 'registered']));
}

/** The path of a webhook's routes. */
export function webhookPath(integratorId: string, source: string): string {
  return `/admin/integrators/${integratorId}/webhooks/${source}`;
}
