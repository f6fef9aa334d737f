import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { LinkConfig } from '../link/config/link-config.ts';
import type { Transport } from '../link/connection/transport.ts';

/** How the link reaches its gateway, as its configuration has it. */
export async function readTransport(config: LinkConfig, dataDir: string): Promise<Transport> {
  const { extraCaFile, zeroMask } = config;
  return {
    ...(extraCaFile !== undefined && {
      extraCa: await readFile(resolve(dataDir, extraCaFile), 'utf8'),
    }),
    ...(zeroMask !== undefined && { zeroMask }),
  };
}
