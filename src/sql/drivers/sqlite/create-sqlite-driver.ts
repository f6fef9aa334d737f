import type { Driver } from '../../driver.ts';
import { SqlError } from '../../sql-error.ts';
import { ChildConnection, type ChildProgram } from './child-connection.ts';
import type { Catalogue, OpenOptions } from './messages.ts';

/** A catalogue of the driver. */
export interface DriverCatalogue extends Catalogue {
  /** Whether connections use it when they name none. */
  readonly isDefault: boolean;
}

/** What a SQLite driver is made of. */
export interface SqliteDriverOptions extends ChildProgram {
  readonly catalogues: readonly DriverCatalogue[];
  readonly dialect: OpenOptions['dialect'];
  readonly timeZone?: string;
}

function findCatalogue(catalogues: readonly DriverCatalogue[], name?: string): DriverCatalogue {
  const found = catalogues.find((candidate) =>
    name === undefined ? candidate.isDefault : candidate.name.toLowerCase() === name.toLowerCase(),
  );
  if (found) return found;
  const message = `Cannot open database "${name ?? ''}" requested by the login. The login failed.`;
  throw new SqlError('connection', 'mssql', 4060, message);
}

/**
 * A driver for SQLite files (one per catalogue). Each connection is a child process, because only that lets a running
 * statement be stopped; it opens one catalogue and reaches the others by their names.
 */
export function createSqliteDriver(options: SqliteDriverOptions): Driver {
  const { catalogues, dialect, timeZone } = options;
  return {
    engine: 'sqlite',
    async connect({ catalogue: name, signal }) {
      const catalogue = findCatalogue(catalogues, name);
      const attached = catalogues.filter((other) => other !== catalogue);
      return ChildConnection.open(
        options,
        { catalogue, attached, dialect, ...(timeZone !== undefined && { timeZone }) },
        signal,
      );
    },
  };
}
