import type { Driver } from '../../driver.ts';
import { SqlError } from '../../sql-error.ts';
import { Attachment } from './attachment.ts';
import { FirebirdConnection } from './connection.ts';
import type { FirebirdOptions } from './options.ts';

const DEFAULT_PORT = 3050;
const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;

/** What a Firebird database that is not there is called by the server: an error of reading its file. */
const IO_ERROR = 335_544_344;

type Catalogue = FirebirdOptions['catalogues'][number];

function findCatalogue(catalogues: readonly Catalogue[], name?: string): Catalogue {
  const found = catalogues.find((candidate) =>
    name === undefined ? candidate.isDefault : candidate.name.toLowerCase() === name.toLowerCase(),
  );
  if (found) return found;
  const message = `There is no catalogue ${name ?? '(default)'}.`;
  throw new SqlError('connection', 'fbsql', IO_ERROR, message);
}

/** A driver for the databases of a Firebird server (2.5 and later), one session per connection. */
export function createFirebirdDriver(options: FirebirdOptions): Driver {
  return {
    engine: 'firebird',
    async connect({ catalogue: name, signal }) {
      const { file } = findCatalogue(options.catalogues, name);
      const attachment = await Attachment.open(
        {
          host: options.host,
          port: options.port ?? DEFAULT_PORT,
          file,
          user: options.user,
          password: options.password,
          charset: options.charset,
          wireCrypt: options.wireCrypt ?? 'enabled',
          connectTimeoutMs: options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
        },
        signal,
      );
      return new FirebirdConnection(attachment);
    },
  };
}
