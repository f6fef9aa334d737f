import type { Value } from '../../../sql/driver.ts';
import types from './firebird-types.json' with { type: 'json' };
import type { TableCatalogue } from './found-tables.ts';

const NUMERIC_SUBTYPES: Readonly<Record<number, string>> = { 1: 'numeric', 2: 'decimal' };
const UTF8 = 4;
const BLOB = 261;
const TEXT_BLOB = 1;

const plainTypes: Readonly<Record<string, string>> = types;

/** Firebird's system tables. Its types are told by those of SQL Server that hold the same. */
export const firebirdTables: TableCatalogue = {
  columnsQuery: `SELECT TRIM(r.RDB$RELATION_NAME), TRIM(c.RDB$FIELD_NAME), f.RDB$FIELD_TYPE, f.RDB$FIELD_SUB_TYPE,
      f.RDB$CHARACTER_LENGTH, f.RDB$FIELD_PRECISION, f.RDB$FIELD_SCALE, f.RDB$CHARACTER_SET_ID,
      COALESCE(c.RDB$NULL_FLAG, f.RDB$NULL_FLAG, 0), k.RDB$COLLATION_ATTRIBUTES
    FROM RDB$RELATIONS r JOIN RDB$RELATION_FIELDS c ON c.RDB$RELATION_NAME = r.RDB$RELATION_NAME
    JOIN RDB$FIELDS f ON f.RDB$FIELD_NAME = c.RDB$FIELD_SOURCE
    LEFT JOIN RDB$COLLATIONS k ON k.RDB$CHARACTER_SET_ID = f.RDB$CHARACTER_SET_ID
      AND k.RDB$COLLATION_ID = COALESCE(c.RDB$COLLATION_ID, f.RDB$COLLATION_ID, 0)
    WHERE COALESCE(r.RDB$SYSTEM_FLAG, 0) = 0
    ORDER BY r.RDB$RELATION_NAME, c.RDB$FIELD_POSITION`,
  indexesQuery: `SELECT TRIM(i.RDB$RELATION_NAME), TRIM(i.RDB$INDEX_NAME),
      CASE WHEN k.RDB$CONSTRAINT_TYPE IS NULL THEN 0 ELSE 1 END, TRIM(s.RDB$FIELD_NAME)
    FROM RDB$INDICES i JOIN RDB$INDEX_SEGMENTS s ON s.RDB$INDEX_NAME = i.RDB$INDEX_NAME
    LEFT JOIN RDB$RELATION_CONSTRAINTS k
      ON k.RDB$INDEX_NAME = i.RDB$INDEX_NAME AND k.RDB$CONSTRAINT_TYPE = 'PRIMARY KEY'
    WHERE COALESCE(i.RDB$SYSTEM_FLAG, 0) = 0 AND COALESCE(i.RDB$INDEX_INACTIVE, 0) = 0
    ORDER BY i.RDB$RELATION_NAME, i.RDB$INDEX_ID, s.RDB$FIELD_POSITION`,
  typeOf([type, subType, length, precision, scale, charset, isRequired, collation]) {
    const name = nameOf({ type, subType, length, precision, scale, charset });
    const order = name.includes('char') ? ` text ${textOrderOf(Number(collation ?? 0))}` : '';
    return `${name}${Number(isRequired) === 1 ? '' : ' null'}${order}`;
  },
};

/** Bits of a collation's attributes. */
const FOLDS_CASE = 2;
const FOLDS_ACCENTS = 4;

/** How a collation compares, in the words of mappings. */
function textOrderOf(attributes: number): string {
  if ((attributes & FOLDS_CASE) === 0) return 'exact';
  return (attributes & FOLDS_ACCENTS) === 0 ? 'linguistic' : 'insensitive';
}

interface Facts {
  readonly type?: Value | undefined;
  readonly subType?: Value | undefined;
  readonly length?: Value | undefined;
  readonly precision?: Value | undefined;
  readonly scale?: Value | undefined;
  readonly charset?: Value | undefined;
}

function nameOf({ type, subType, length, precision, scale, charset }: Facts): string {
  const national = Number(charset) === UTF8 ? 'n' : '';
  if (Number(type) === BLOB) {
    return Number(subType) === TEXT_BLOB ? `${national}varchar(max)` : 'varbinary(max)';
  }
  const name = plainTypes[String(type)] ?? 'sql_variant';
  if (name === 'char' || name === 'varchar') return `${national}${name}(${Number(length)})`;
  const isNumeric = NUMERIC_SUBTYPES[Number(subType)] !== undefined || Number(scale) < 0;
  if (isNumeric && ['smallint', 'int', 'bigint'].includes(name)) {
    return `decimal(${Number(precision) || 18},${Math.abs(Number(scale))})`;
  }
  return name;
}
