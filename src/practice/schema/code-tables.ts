import codeLists from '../data/code-tables.json' with { type: 'json' };
import { defineTable, type Row, type Table } from '../table.ts';

interface CodeTable {
  readonly table: Table;
  readonly rows: readonly Row<Table>[];
}

/** Short lists that other tables point to: code, words, and the code the wider world uses where there is one. */
export const codeTables: readonly CodeTable[] = codeLists.map((list) => ({
  table: defineTable(
    list.table,
    {
      [list.column]: list.type,
      Description: 'nvarchar(60)',
      ConceptCode: 'varchar(30) null',
      SortOrder: 'smallint',
    },
    { primaryKey: [list.column] },
  ),
  rows: list.rows.map(([code, description, concept], index) => ({
    [list.column]: code ?? null,
    Description: description ?? null,
    ConceptCode: concept ?? null,
    SortOrder: index + 1,
  })),
}));
