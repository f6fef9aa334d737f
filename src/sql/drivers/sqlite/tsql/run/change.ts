import { bindExpression } from '../bind/bind-expression.ts';
import { type BoundItem } from '../bind/bind-select.ts';
import { quoteName } from '../bind/bound.ts';
import { displaySql } from '../bind/display.ts';
import type { Environment, OutputColumn } from '../bind/environment.ts';
import { FromScope, type Source } from '../bind/scope.ts';
import type { Table } from '../catalogue.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import type { SelectItem } from '../parse/ast.ts';

/** A data change in SQLite's words, with what its failure's message needs. */
export interface BoundChange {
  readonly verb: 'INSERT' | 'UPDATE' | 'DELETE';
  readonly table: Table;
  readonly sql: string;
  readonly output: readonly OutputColumn[];
  /** The new values: a query, and which of its columns feeds which column of the table (lower case). */
  readonly source?:
    | { readonly sql: string; readonly columns: ReadonlyMap<string, string> }
    | undefined;
  /** Row ids of the rows to change. */
  readonly rowIds?: string | undefined;
}

export function tableName(table: Table): string {
  return `${quoteName(table.schema)}.${quoteName(table.name)}`;
}

/** OUTPUT as RETURNING. `row` is the pseudo table that RETURNING's values are of. */
export function bindOutput(
  environment: Environment,
  table: Table,
  items: readonly SelectItem[],
  row: 'inserted' | 'deleted',
): { sql: string; columns: OutputColumn[] } {
  if (items.length === 0) return { sql: '', columns: [] };
  const source: Source = {
    exposedName: row,
    displayName: row,
    qualifiers: [],
    alias: '',
    columns: table.columns.map((column) => ({ ...column, sql: quoteName(column.name) })),
  };
  const scope = new FromScope([source], undefined);
  const bound = items.flatMap((item): BoundItem[] => {
    if (item.kind === 'assign') throw sqlServerError(102, '=');
    if (item.kind === 'star') return scope.star(item.qualifier);
    rejectOther(item.expression, row);
    const name =
      item.alias ?? (item.expression.kind === 'column' ? (item.expression.parts.at(-1) ?? '') : '');
    return [{ name, bound: bindExpression({ ...environment, scope }, item.expression) }];
  });
  const list = bound.map((item, index) => `${displaySql(item.bound)} AS c${index}`);
  return {
    sql: ` RETURNING ${list.join(',')}`,
    columns: bound.map((item) => ({ name: item.name, type: item.bound.type })),
  };
}

function rejectOther(expression: { kind: string; parts?: readonly string[] }, row: string): void {
  const qualifier =
    expression.kind === 'column' && expression.parts?.length === 2
      ? expression.parts[0]
      : undefined;
  if (qualifier?.toLowerCase() === 'deleted' && row === 'inserted') {
    throw unsupported('OUTPUT deleted in INSERT and UPDATE');
  }
}
