import { type DeclaredColumn, readColumnType } from './column-type.ts';
import type { SqlDialectName } from './system-mapping.ts';
import types from './types-of-dialects.json' with { type: 'json' };

const TYPES: Readonly<Record<SqlDialectName, Readonly<Record<string, string>>>> = types;

/**
 * A column as its engine keeps it. A mapping for several engines declares one type for all; where an engine has none like
 * it, its databases keep the nearest: on Firebird the local time of a `datetimeoffset`, and a number that grows for a
 * `rowversion`.
 */
export function typeInDialect(declared: DeclaredColumn, dialect: SqlDialectName): DeclaredColumn {
  const name = /^[a-z]\w*/.exec(declared.sqlType)?.[0] ?? '';
  const kept = readColumnType(TYPES[dialect][name] ?? '');
  return kept ? { ...declared, sqlType: kept.sqlType, type: kept.type } : declared;
}
