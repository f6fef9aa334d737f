import type { Table } from '../catalogue.ts';
import type { Stored } from '../database.ts';
import type { SqlType } from '../types/sql-type.ts';
import type { OutputColumn } from './environment.ts';
import type { StatementContext } from './statement-context.ts';

export type Row = readonly (Exclude<Stored, bigint> | number)[];

export interface ViewDefinition {
  readonly columns: readonly OutputColumn[];
  readonly rows: (context: StatementContext, catalogue: string) => Row[];
}

export function viewColumns(...entries: readonly (readonly [string, SqlType])[]): OutputColumn[] {
  return entries.map(([name, type]) => ({ name, type }));
}

export function tablesOf(context: StatementContext, catalogue: string): Table[] {
  return [...context.catalogue.tables(catalogue).values()];
}
