import type { PracticeDatabase } from './practice-database.ts';
import {
  createIndexes,
  createRowVersionTriggers,
  createTable,
  RowWriter,
  type Table,
} from './table.ts';

/** Everything a catalogue needs besides its rows. */
export interface Catalogue {
  readonly tables: readonly Table[];
  /** SQL after the rows are in. */
  readonly afterRows: string;
  readonly procedures: Readonly<Record<string, string>>;
}

/** The seed's identity: both files must carry the same one, or they do not belong together. */
export interface SeedMark {
  readonly schemaVersion: number;
  readonly seededOn: string;
}

/**
 * Fills a new file in one transaction. Nothing is synced row by row: the file has its final name only after it is
 * complete and on disk.
 */
export function createCatalogue(
  database: PracticeDatabase,
  catalogue: Catalogue,
  mark: SeedMark,
  insertRows: (writer: RowWriter) => void,
): void {
  database.exec('PRAGMA journal_mode = MEMORY');
  database.exec('PRAGMA synchronous = OFF');
  // Rows come table by table and may point forward; the finished file satisfies every key.
  database.exec('PRAGMA foreign_keys = OFF');
  database.exec('BEGIN');
  for (const table of catalogue.tables) database.exec(createTable(table));
  database.exec(`
    CREATE TABLE __procedures (name TEXT PRIMARY KEY COLLATE NOCASE, definition TEXT NOT NULL);
    CREATE TABLE __rowversion (value INTEGER NOT NULL);
    CREATE TABLE __seed (schemaVersion INTEGER NOT NULL, seededOn TEXT NOT NULL);
  `);
  const writer = new RowWriter(database);
  insertRows(writer);
  const insertProcedure = database.prepare('INSERT INTO __procedures VALUES (?, ?)');
  for (const [name, definition] of Object.entries(catalogue.procedures)) {
    insertProcedure.run(name, definition.trim());
  }
  database.prepare('INSERT INTO __rowversion VALUES (?)').run(writer.lastVersion);
  for (const table of catalogue.tables) database.exec(createIndexes(table));
  for (const table of catalogue.tables) database.exec(createRowVersionTriggers(table));
  database.exec(catalogue.afterRows);
  database.prepare('INSERT INTO __seed VALUES (?, ?)').run(mark.schemaVersion, mark.seededOn);
  database.exec('COMMIT');
  database.exec('ANALYZE');
}

/** The mark of a finished seed; undefined for a file that is empty, foreign or damaged. */
export function readSeedMark(database: PracticeDatabase): SeedMark | undefined {
  try {
    const [row] = database.prepare('SELECT schemaVersion, seededOn FROM __seed').all();
    return row as SeedMark | undefined;
  } catch {
    return undefined;
  }
}
