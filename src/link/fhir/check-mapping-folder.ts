import type { Problem } from '../../fhir/mapping/problems.ts';
import type { SqlDialectName } from '../../fhir/mapping/system-mapping.ts';
import type { EngineHost } from '../../sql/engine.ts';
import type { LinkConfig } from '../config/link-config.ts';
import { openDatabase } from '../database/open-database.ts';
import { readMappingFiles } from './read-mapping-files.ts';
import { compareTables, type MappedTable } from './tables/compare-tables.ts';
import { type ReadTables, readTables } from './tables/read-tables.ts';

const DIALECTS: readonly SqlDialectName[] = ['tsql', 'firebird', 'sqlite'];

/** How a link's database is reached. */
export interface DatabasePlace {
  readonly config: Pick<LinkConfig, 'database' | 'databases'>;
  readonly host: EngineHost;
  readonly resolvePath: (path: string) => string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What is wrong with a mapping by itself, in each of the dialects. */
export interface CheckedMapping {
  readonly files: Readonly<Record<string, unknown>>;
  readonly byDialect: ReadonlyMap<SqlDialectName, readonly Problem[]>;
}

/**
 * Checks a mapping's files.
 *
 * @param dialect left out, all that the mapping says it is for
 * @throws ParhelionError `configInvalid` when they cannot be read
 */
export async function checkMappingFolder(
  folder: string,
  dialect?: SqlDialectName,
): Promise<CheckedMapping> {
  const files = await readMappingFiles(folder);
  const { checkMapping } = await import('../../fhir/mapping/check-mapping.ts');
  const dialects = dialect ? [dialect] : dialectsOf(files);
  return {
    files,
    byDialect: new Map(dialects.map((each) => [each, checkMapping(files, each)])),
  };
}

function dialectsOf(files: Readonly<Record<string, unknown>>): readonly SqlDialectName[] {
  const { dialects } = Object(files['system.json']) as { dialects?: unknown };
  const named = DIALECTS.filter((each) => Array.isArray(dialects) && dialects.includes(each));
  return named.length > 0 ? named : ['tsql'];
}

/** The tables of a link's database. @throws ParhelionError that says in plain words what is wrong */
export async function readLinkTables({ config, ...place }: DatabasePlace): Promise<ReadTables> {
  const { database } = config;
  // SQLite tells of its tables in its own dialect only.
  const isSqlite = database.driver === 'sqlite';
  const own = isSqlite ? { ...database, dialect: 'sqlite' } : database;
  const opened = await openDatabase({ ...place, config: { ...config, database: own } });
  return readTables(
    opened,
    database.catalogues.map(({ name }) => name),
  );
}

/** What a checked mapping's `tables.json` says and the database does not have, a sentence for each. */
export async function compareWithDatabase(
  files: Readonly<Record<string, unknown>>,
  place: DatabasePlace,
): Promise<string[]> {
  const { tables } = await readLinkTables(place);
  const described = files['tables.json'] as Readonly<Record<string, MappedTable>>;
  return compareTables(described, tables, {
    comparesTypes: place.config.database.driver === 'mssql',
  });
}
