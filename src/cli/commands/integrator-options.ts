import { type Command, InvalidArgumentError } from 'commander';
import { createGatewayClient, type GatewayClient } from '../gateway-client.ts';
import type { CliIo } from '../io.ts';
import { findQuerySettings } from '../settings.ts';

/** Options that say where an integrator's command goes, and as whom. */
export interface IntegratorOptions {
  readonly url?: string;
  readonly key?: string;
  readonly site?: string;
}

/** The queries of one site, as one integrator reaches them. */
export interface SiteQueries {
  readonly client: GatewayClient;
  /** Path that all of the site's queries stand below. */
  readonly path: string;
}

export function addIntegratorOptions(command: Command): Command {
  return command
    .option('--url <url>', 'address of the gateway (PARHELION_URL)')
    .option('--key <key>', 'subscription key (PARHELION_KEY)')
    .option('--site <id>', 'id of the site (PARHELION_SITE)');
}

export async function openSiteQueries(
  io: CliIo,
  options: IntegratorOptions,
  timeoutMs: number,
): Promise<SiteQueries> {
  const { baseUrl, key, siteId } = await findQuerySettings(io, options);
  const headers = { 'ocp-apim-subscription-key': key };
  return {
    client: createGatewayClient({ baseUrl, headers, timeoutMs, signal: io.signal }),
    path: `/integrator/sites/${encodeURIComponent(siteId)}/queries`,
  };
}

/** Reads an option that is a whole number of the unit within the range. */
export function wholeNumber(unit: string, min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`Give ${unit} from ${min} to ${max}.`);
    }
    return value;
  };
}
