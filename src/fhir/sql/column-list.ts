import { type RawBuilder, sql } from 'kysely';
import type { Value } from '../../sql/driver.ts';
import type { ColumnRef } from '../mapping/system-mapping.ts';
import type { RelationScope } from './relation-scope.ts';

const keyOf = ({ relation, column }: ColumnRef): string => `${relation}\0${column.name}`;

/** Text of a moment as all engines give it; SQLite keeps what was written, blanks and all. */
function moment(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T');
}

/** A value in the form of its column's type: SQLite and Firebird know fewer types than the mapping. */
function ofType({ column: { type } }: ColumnRef, value: Value): Value {
  if (value === null) return null;
  switch (type) {
    case 'bit':
      return typeof value === 'boolean' ? value : Number(value) !== 0;
    case 'integer':
      return typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : value;
    case 'decimal':
    case 'text':
      return value instanceof Uint8Array ? value : String(value);
    case 'float':
      return Number(value);
    case 'guid':
      return typeof value === 'string' ? value.toLowerCase() : value;
    case 'date':
      return typeof value === 'string' ? value.slice(0, 10) : value;
    case 'datetime':
    case 'datetimeoffset':
      return typeof value === 'string' ? moment(value) : value;
    default:
      return value;
  }
}

/** Columns of one SELECT, each once, and where they stand in its rows. */
export class ColumnList {
  readonly #columns: ColumnRef[] = [];
  readonly #indexes = new Map<string, number>();

  constructor(columns: readonly ColumnRef[]) {
    for (const column of columns) {
      const key = keyOf(column);
      if (this.#indexes.has(key)) continue;
      this.#indexes.set(key, this.#columns.push(column) - 1);
    }
  }

  /** What stands between SELECT and FROM. */
  select(scope: RelationScope): RawBuilder<unknown> {
    return sql.join(this.#columns.map((column) => scope.column(column)));
  }

  /** Whether the column is among them. */
  has(column: ColumnRef): boolean {
    return this.#indexes.has(keyOf(column));
  }

  /** A column's value in a row. */
  valueOf(row: readonly Value[], column: ColumnRef): Value {
    const index = this.#indexes.get(keyOf(column));
    if (index === undefined) {
      throw new Error(`The column ${column.relation}.${column.column.name} was not read.`);
    }
    return ofType(column, row[index] ?? null);
  }
}
