import { resolve } from 'node:path';
import type { LinkEnrolOptions } from '../cli/run-functions.ts';
import { ParhelionError } from '../errors/parhelion-error.ts';
import { enrol } from '../link/config/enrol.ts';

const MAX_CONNECTIONS = 4;

/** `parhelion link enrol`: gives this site its identity and writes its configuration. */
export async function enrolLink(dataDir: string, options: LinkEnrolOptions): Promise<void> {
  const { gateway, token, force, database } = options;
  if (!database) {
    throw new ParhelionError(
      'configInvalid',
      'Name the database: --catalogue Name=path of its SQLite file.',
    );
  }
  const { siteId } = await enrol({
    dataDir: resolve(dataDir),
    gatewayUrl: gateway,
    token,
    force,
    config: {
      practice: {},
      database: {
        driver: database.driver,
        dialect: 'tsql',
        catalogues: database.catalogues.map(({ name, path }) => ({
          name,
          file: resolve(path),
          isDefault: name === database.defaultCatalogue,
        })),
        maxConnections: MAX_CONNECTIONS,
      },
    },
  });
  process.stdout.write(
    `This link is now the link of site ${siteId}. Start it with: parhelion link run --data-dir '${dataDir}'\n`,
  );
}
