import { documentsCatalogue, patientsCatalogue } from '../../src/practice/seed-rows.ts';
import type { Table } from '../../src/practice/table.ts';

type MappedColumn =
  | string
  | { readonly type: string; readonly text: Readonly<Record<string, string>> };

interface MappedTable {
  readonly columns: Readonly<Record<string, MappedColumn>>;
  readonly key: readonly string[];
  readonly indexes: readonly (readonly string[])[];
}

/** The demo's own way of storing a type goes by the name that SQL Server has for it. */
const storedAs: Readonly<Record<string, string>> = {
  identity: 'int',
  xml_text: 'xml',
  'text_decimal(38,10)': 'decimal(38,10)',
  'text_decimal(28,0)': 'decimal(28,0)',
};

/** On Firebird only columns of national characters fold case and accents; `char` and `varchar` hold codes and numbers. */
function mappedColumn(text: string): MappedColumn {
  const stored = text.split(' ', 1)[0] ?? '';
  const type = `${storedAs[stored] ?? stored}${/ null\b/.test(text) ? ' null' : ''}`;
  return /^(?:var)?char\b/.test(type) ? { type, text: { firebird: 'exact' } } : type;
}

function mappedTable(table: Table): MappedTable {
  const columns = Object.entries(table.columns);
  const identity = columns.filter(([, text]) => text === 'identity').map(([name]) => name);
  const references = columns
    .filter(([name, text]) => text.includes(' references ') && name.endsWith('ID'))
    .map(([name]) => [name]);
  const single = columns.filter(([, text]) => / unique\b/.test(text)).map(([name]) => [name]);
  return {
    columns: Object.fromEntries(columns.map(([name, text]) => [name, mappedColumn(text)])),
    key: table.primaryKey ?? identity,
    indexes: [...references, ...single, ...(table.unique ?? []), ...(table.indexes ?? [])],
  };
}

/** `tables.json` of the demo practice's FHIR mapping, made of the tables that the demo practice creates. */
export function demoTables(): Readonly<Record<string, MappedTable>> {
  const tables = [...patientsCatalogue.tables, ...documentsCatalogue.tables];
  return Object.fromEntries(tables.map((table) => [table.name, mappedTable(table)]));
}
