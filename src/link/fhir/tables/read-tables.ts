import type { EngineName } from '../../../sql/driver.ts';
import type { ConfiguredDatabase } from '../../database/open-database.ts';
import { readRows } from '../../setup/read-rows.ts';
import { firebirdTables } from './firebird-tables.ts';
import { type TableCatalogue, type TablesFile, toTables } from './found-tables.ts';
import { mssqlTables } from './mssql-tables.ts';
import { sqliteTables } from './sqlite-tables.ts';

const CATALOGUES: Readonly<Record<EngineName, TableCatalogue>> = {
  mssql: mssqlTables,
  firebird: firebirdTables,
  sqlite: sqliteTables,
};

const MAX_ROWS = 500_000;

export interface ReadTables {
  readonly tables: TablesFile;
  /** Tables of the same name in several catalogues: the first catalogue's is taken. */
  readonly ambiguous: readonly string[];
}

/**
 * Reads which tables the catalogues have.
 *
 * @param database a SQLite file is to be opened in its own dialect
 * @throws ParhelionError that says in plain words what is wrong
 */
export async function readTables(
  database: ConfiguredDatabase,
  catalogues: readonly string[],
): Promise<ReadTables> {
  const source = CATALOGUES[database.driver.engine];
  const tables: Record<string, TablesFile[string]> = {};
  const ambiguous: string[] = [];
  for (const catalogue of catalogues) {
    const read = (text: string) =>
      readRows(database, catalogue, text, 'description of its tables', MAX_ROWS);
    const columns = await read(source.columnsQuery);
    const indexes = await read(source.indexesQuery);
    for (const [name, table] of Object.entries(toTables(source, columns, indexes))) {
      if (tables[name]) ambiguous.push(name);
      else tables[name] = table;
    }
  }
  return { tables, ambiguous };
}
