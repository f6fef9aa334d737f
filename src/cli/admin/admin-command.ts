import { type Command, InvalidArgumentError } from 'commander';
import { isUuid } from '../../lib/ids.ts';
import { createGatewayClient, isSuccess, refusal } from '../gateway-client.ts';
import type { CliIo } from '../io.ts';
import { printJson, printTable } from '../output.ts';
import { findAdminSettings } from '../settings.ts';
import type { TableContent } from '../table.ts';

/** Options that every operator's command has. */
export interface AdminOptions {
  readonly url?: string;
  readonly json?: true;
}

/** A gateway as its operator talks to it. */
export interface AdminClient {
  readonly baseUrl: string;
  /** The answer's body; rejects with the gateway's sentence when it refuses. */
  request(method: string, path: string, body?: unknown): Promise<unknown>;
}

const TIMEOUT_MS = 30_000;

/** Adds a command with the options that all operator's commands share. */
export function adminCommand(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .option('--url <url>', 'address of the gateway (PARHELION_URL)')
    .option('--json', 'print the answer as JSON');
}

export async function openAdmin(io: CliIo, options: AdminOptions): Promise<AdminClient> {
  const { baseUrl, adminKey } = await findAdminSettings(io, options);
  const client = createGatewayClient({
    baseUrl,
    headers: { authorization: `Bearer ${adminKey}` },
    timeoutMs: TIMEOUT_MS,
    signal: io.signal,
  });
  return {
    baseUrl,
    async request(method, path, body) {
      const answer = await client.send(method, path, body);
      if (!isSuccess(answer)) throw refusal(answer);
      return answer.body;
    },
  };
}

/** Reads an argument that must be an id, so that a name given by mistake is told at once. */
export function idArgument(text: string): string {
  if (!isUuid(text)) throw new InvalidArgumentError('It is not an id (a UUID).');
  return text.toLowerCase();
}

/** Prints the whole answer with `--json`, else the table made of it. */
export function printAnswer(
  io: CliIo,
  options: AdminOptions,
  body: unknown,
  tableOf: () => TableContent,
): void {
  if (options.json) printJson(io, body);
  else printTable(io, tableOf());
}

/** Says that something without an answer of its own is done; `--json` has nothing to print then. */
export function printDone(io: CliIo, options: AdminOptions, sentence: string): void {
  if (!options.json) io.stdout(`${sentence}\n`);
}

function* flatten(value: object, prefix: string): Generator<[string, string]> {
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    if (typeof member === 'object' && member !== null && !Array.isArray(member)) {
      yield* flatten(member, `${prefix}${name}.`);
    } else {
      yield [prefix + name, typeof member === 'string' ? member : JSON.stringify(member)];
    }
  }
}

/** One line for each field of an object, those of its parts included. */
export function fieldTable(object: object): TableContent {
  return { head: ['Field', 'Value'], rows: [...flatten(object, '')] };
}
