import type { Value } from '../../../sql/driver.ts';

/** A table as a mapping's `tables.json` describes it (docs/fhir-mapping.md). */
export interface TableDescription {
  /** Type by name, with ` null` behind it where it may be NULL. */
  readonly columns: Readonly<Record<string, string>>;
  readonly key: readonly string[];
  /** Columns of each index in their order; the key's own is not among them. */
  readonly indexes: readonly (readonly string[])[];
}

export type TablesFile = Readonly<Record<string, TableDescription>>;

/** How one engine tells of its tables. */
export interface TableCatalogue {
  /** Rows of table, column and what {@link typeOf} reads, in the order of the columns. */
  readonly columnsQuery: string;
  /** Rows of table, index, whether it is the primary key (0 or 1), column; columns in the order of the index. */
  readonly indexesQuery: string;
  /** The type and, behind it, ` null`. */
  typeOf(facts: readonly Value[]): string;
}

interface Draft {
  readonly columns: Record<string, string>;
  readonly key: string[];
  readonly indexes: Map<string, string[]>;
}

/** Puts the rows of both queries together. */
export function toTables(
  source: Pick<TableCatalogue, 'typeOf'>,
  columns: readonly (readonly Value[])[],
  indexes: readonly (readonly Value[])[],
): TablesFile {
  const drafts = new Map<string, Draft>();
  for (const [table, column, ...facts] of columns) {
    const name = String(table);
    const draft: Draft = drafts.get(name) ?? { columns: {}, key: [], indexes: new Map() };
    draft.columns[String(column)] = source.typeOf(facts);
    drafts.set(name, draft);
  }
  for (const [table, index, isPrimary, column] of indexes) {
    const draft = drafts.get(String(table));
    if (!draft || column === null) continue;
    if (Number(isPrimary) === 1) draft.key.push(String(column));
    else
      draft.indexes.set(String(index), [
        ...(draft.indexes.get(String(index)) ?? []),
        String(column),
      ]);
  }
  return Object.fromEntries(
    [...drafts].map(([name, { columns: types, key, indexes: byName }]) => [
      name,
      { columns: types, key, indexes: [...byName.values()] },
    ]),
  );
}
