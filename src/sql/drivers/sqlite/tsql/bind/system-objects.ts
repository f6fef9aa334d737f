import type { ForeignKey, Table, TableKeyConstraint } from '../catalogue.ts';
import type { StatementContext } from './statement-context.ts';

/** Something that `sys.objects` lists. */
export interface SystemObject {
  readonly id: number;
  readonly name: string;
  readonly kind: 'table' | 'procedure' | 'key' | 'foreignKey';
  /** The table of a key. */
  readonly parentId: number;
  readonly table?: Table | undefined;
  readonly key?: TableKeyConstraint | undefined;
  readonly foreignKey?: ForeignKey | undefined;
  /** A procedure's CREATE PROCEDURE. */
  readonly definition?: string | undefined;
}

const FIRST_TABLE_ID = 1_000_001;
const FIRST_PROCEDURE_ID = 2_000_001;
const FIRST_KEY_ID = 3_000_001;

/** The catalogue's objects. Identifiers stay the same while the schema does. */
export function systemObjects(context: StatementContext, catalogue: string): SystemObject[] {
  const tables = [...context.catalogue.tables(catalogue).values()].map(
    (table, index): SystemObject => ({
      id: FIRST_TABLE_ID + index,
      name: table.name,
      kind: 'table',
      parentId: 0,
      table,
    }),
  );
  const procedures = context.catalogue.procedures(catalogue).map(
    ({ name, definition }, index): SystemObject => ({
      id: FIRST_PROCEDURE_ID + index,
      name,
      kind: 'procedure',
      parentId: 0,
      definition,
    }),
  );
  const keys = tables
    .flatMap(({ id, table }): Omit<SystemObject, 'id'>[] => [
      ...(table?.keys ?? []).map((key) => ({
        name: key.name,
        kind: 'key' as const,
        parentId: id,
        table,
        key,
      })),
      ...(table?.foreignKeys ?? []).map((foreignKey) => ({
        name: foreignKey.name,
        kind: 'foreignKey' as const,
        parentId: id,
        table,
        foreignKey,
      })),
    ])
    .map((object, index): SystemObject => ({ ...object, id: FIRST_KEY_ID + index }));
  return [...tables, ...procedures, ...keys];
}
