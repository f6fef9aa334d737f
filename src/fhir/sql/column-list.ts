import { type RawBuilder, sql } from 'kysely';
import type { Value } from '../../sql/driver.ts';
import type { ColumnRef } from '../mapping/system-mapping.ts';
import type { RelationScope } from './relation-scope.ts';

const keyOf = ({ relation, column }: ColumnRef): string => `${relation}\0${column.name}`;

/** Columns of one SELECT, each once, and where they stand in its rows. */
export class ColumnList {
  readonly #columns: ColumnRef[] = [];
  readonly #indexes = new Map<string, number>();
  /** By the object that stands for the column: every value of every row is asked for. */
  readonly #known = new Map<ColumnRef, number>();

  constructor(columns: readonly ColumnRef[]) {
    for (const column of columns) {
      const key = keyOf(column);
      if (this.#indexes.has(key)) continue;
      this.#indexes.set(key, this.#columns.push(column) - 1);
    }
  }

  get length(): number {
    return this.#columns.length;
  }

  /** What stands between SELECT and FROM. */
  select(scope: RelationScope): RawBuilder<unknown> {
    return sql.raw(this.#columns.map((column) => scope.columnText(column)).join(', '));
  }

  /** Whether the column is among them. */
  has(column: ColumnRef): boolean {
    return this.#indexes.has(keyOf(column));
  }

  /** A column's value in a row, as the driver gave it. */
  valueOf(row: readonly Value[], column: ColumnRef): Value {
    const index = this.#known.get(column) ?? this.#find(column);
    return row[index] ?? null;
  }

  #find(column: ColumnRef): number {
    const index = this.#indexes.get(keyOf(column));
    if (index === undefined) {
      throw new Error(`The column ${column.relation}.${column.column.name} was not read.`);
    }
    this.#known.set(column, index);
    return index;
  }
}
