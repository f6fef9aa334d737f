import { quoteName } from '../bind/bound.ts';
import type { Catalogue, Table } from '../catalogue.ts';
import type { SqliteDatabase } from '../database.ts';
import { sqlServerError } from '../errors.ts';
import { tableName } from './change.ts';

/** TRUNCATE TABLE: no rows, and identity values that begin again. */
export function truncate(database: SqliteDatabase, catalogue: Catalogue, table: Table): void {
  const siblings = table.schema === 'temp' ? [] : catalogue.tables(table.catalogue).values();
  for (const { foreignKeys } of siblings) {
    if (foreignKeys.some((key) => key.parent.toLowerCase() === table.name.toLowerCase())) {
      throw sqlServerError(4712, table.name);
    }
  }
  database.prepare(`DELETE FROM ${tableName(table)}`).run([]);
  if (!table.columns.some((column) => column.isIdentity)) return;
  const sequence = `${quoteName(table.schema)}.sqlite_sequence`;
  database.prepare(`DELETE FROM ${sequence} WHERE name=?`).run([table.name]);
}
