import type { Command } from 'commander';
import { createGatewayClient, isSuccess, refusal } from '../gateway-client.ts';
import type { CliIo } from '../io.ts';
import { findAdminSettings } from '../settings.ts';

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
