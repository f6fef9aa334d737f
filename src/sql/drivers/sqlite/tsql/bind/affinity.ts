import { groupOf, type SqlType } from '../types/sql-type.ts';
import type { Bound } from './bound.ts';

/** The affinity that SQLite gives a column declared with the type. */
function affinityOf(type: SqlType): 'INTEGER' | 'NUMERIC' | 'REAL' | 'TEXT' {
  switch (groupOf(type)) {
    case 'integer':
      return type.name === 'bit' ? 'NUMERIC' : 'INTEGER';
    case 'approximate':
      return 'REAL';
    case 'text':
      return 'TEXT';
    default:
      return 'NUMERIC';
  }
}

/** Whether a value of the type stays what it is when it is cast to the type's affinity: dates do not. */
function isKept(type: SqlType): boolean {
  return ['integer', 'approximate', 'text'].includes(groupOf(type)) || isScaledInteger(type);
}

const isScaledInteger = (type: SqlType): boolean =>
  groupOf(type) === 'exact' && type.isTextual !== true;

/**
 * The value with the affinity that a column of its type has. SQLite reads the parts of a union in the order and within
 * the limits of what stands around it only when each column has one affinity in all parts.
 */
export function withAffinity({ sql, type, known, columnName }: Bound): string {
  if (columnName !== undefined || type.name === 'null') return sql;
  return known?.isNull === true || isKept(type) ? `CAST(${sql} AS ${affinityOf(type)})` : sql;
}
