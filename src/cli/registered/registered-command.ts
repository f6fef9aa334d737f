import type { Command } from 'commander';
import {
  addIntegratorOptions,
  type IntegratorOptions,
  openSiteQueries,
} from '../commands/integrator-options.ts';
import { isSuccess, refusal } from '../gateway-client.ts';
import type { CliIo } from '../io.ts';
import type { PrintOptions } from '../print-answer.ts';

/** Options that every command of registered queries has. */
export interface RegisteredOptions extends IntegratorOptions, PrintOptions {}

/** The registered queries of one site. */
export interface RegisteredQueries {
  /** @param below what follows the path of the registered queries; the answer's body */
  request(method: string, below: string, body?: unknown): Promise<unknown>;
}

const TIMEOUT_MS = 60_000;

/** Adds a command with the options that all commands of registered queries share. */
export function registeredCommand(
  parent: Command,
  name: string,
  description: string,
  json = 'print the answer as JSON',
): Command {
  const command = parent.command(name).description(description).option('--json', json);
  return addIntegratorOptions(command);
}

export async function openRegistered(
  io: CliIo,
  options: IntegratorOptions,
): Promise<RegisteredQueries> {
  const { client, path } = await openSiteQueries(io, options, TIMEOUT_MS);
  return {
    async request(method, below, body) {
      const answer = await client.send(method, `${path}/registered${below}`, body);
      if (!isSuccess(answer)) throw refusal(answer);
      return answer.body;
    },
  };
}
