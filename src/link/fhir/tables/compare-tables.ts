import type { TableDescription, TablesFile } from './found-tables.ts';

/** What a mapping says of a table; of a column at least its type. */
export interface MappedTable {
  readonly columns: Readonly<Record<string, string | { readonly type: string }>>;
  readonly key?: readonly string[];
  readonly indexes?: readonly (readonly string[])[];
}

/** Names that databases fold are compared as they fold them. */
const folded = (name: string) => name.toLowerCase();

/** `varchar(20) null text insensitive` → `varchar`. */
const wordOf = (type: string) => /^\w+/.exec(type.trim().toLowerCase())?.[0] ?? '';

const mayBeNull = (type: string) => / null\b/.test(type.toLowerCase());

const SAME_WORD: Readonly<Record<string, string>> = { numeric: 'decimal', timestamp: 'rowversion' };

export interface CompareOptions {
  /** Types of SQL Server are compared; other engines call theirs otherwise. */
  readonly comparesTypes: boolean;
}

/** What a mapping says of its tables and the database does not have, a sentence for each. */
export function compareTables(
  described: Readonly<Record<string, MappedTable>>,
  found: TablesFile,
  { comparesTypes }: CompareOptions,
): string[] {
  const byName = new Map(Object.entries(found).map(([name, table]) => [folded(name), table]));
  return Object.entries(described).flatMap(([name, table]) => {
    const there = byName.get(folded(name));
    if (!there) return [`There is no table ${name}.`];
    return [
      ...columnProblems(name, table, there, comparesTypes),
      ...indexProblems(name, table, there),
    ];
  });
}

function columnProblems(
  name: string,
  { columns }: MappedTable,
  found: TableDescription,
  comparesTypes: boolean,
): string[] {
  const types = new Map(
    Object.entries(found.columns).map(([column, type]) => [folded(column), type]),
  );
  return Object.entries(columns).flatMap(([column, entry]) => {
    const type = typeof entry === 'string' ? entry : entry.type;
    const there = types.get(folded(column));
    if (there === undefined) return [`${name} has no column ${column}.`];
    const nullProblems =
      mayBeNull(there) && !mayBeNull(type)
        ? [`${name}.${column} may be NULL: its type ends with " null".`]
        : [];
    const [described, actual] = [type, there].map((each) => {
      const word = wordOf(each);
      return SAME_WORD[word] ?? word;
    });
    if (!comparesTypes || described === actual) return nullProblems;
    return [`${name}.${column} is ${there} and not ${type}.`, ...nullProblems];
  });
}

function indexProblems(
  name: string,
  { key = [], indexes = [] }: MappedTable,
  found: TableDescription,
): string[] {
  const there = [found.key, ...found.indexes].map((columns) => columns.map(folded));
  const isServed = (columns: readonly string[]) =>
    there.some((index) => columns.every((column, place) => index[place] === folded(column)));
  return [key, ...indexes]
    .filter((columns) => columns.length > 0 && !isServed(columns))
    .map((columns) => `${name} has no index on ${columns.join(', ')}.`);
}
