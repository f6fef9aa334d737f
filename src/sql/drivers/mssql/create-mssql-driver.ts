import type { Driver } from '../../driver.ts';
import { SqlError } from '../../sql-error.ts';
import type { MssqlOptions } from './options.ts';

const CANNOT_OPEN_DATABASE = 4060;

function databaseOf({ catalogues }: MssqlOptions, name: string | undefined): string {
  const found = catalogues.find((candidate) =>
    name === undefined ? candidate.isDefault : candidate.name.toLowerCase() === name.toLowerCase(),
  );
  if (found) return found.database ?? found.name;
  const message = `Cannot open database "${name ?? ''}" requested by the login. The login failed.`;
  throw new SqlError('connection', 'mssql', CANNOT_OPEN_DATABASE, message);
}

/** A driver for SQL Server over tedious, which is loaded with the first connection. */
export function createMssqlDriver(options: MssqlOptions): Driver {
  return {
    engine: 'mssql',
    async connect({ catalogue, signal }) {
      const database = databaseOf(options, catalogue);
      const { MssqlConnection } = await import('./connection.ts');
      return MssqlConnection.open(options, database, signal);
    },
  };
}
