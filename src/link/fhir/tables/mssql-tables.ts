import type { Value } from '../../../sql/driver.ts';
import type { TableCatalogue } from './found-tables.ts';

const SIZED = new Set(['char', 'varchar', 'nchar', 'nvarchar', 'binary', 'varbinary']);
const SCALED = new Set(['decimal', 'numeric']);
const FRACTIONAL = new Set(['datetime2', 'datetimeoffset', 'time']);

/** SQL Server's own description of its tables and views. */
export const mssqlTables: TableCatalogue = {
  columnsQuery: `SELECT c.TABLE_NAME, c.COLUMN_NAME, c.DATA_TYPE, c.CHARACTER_MAXIMUM_LENGTH, c.NUMERIC_PRECISION,
      c.NUMERIC_SCALE, c.DATETIME_PRECISION, c.IS_NULLABLE
    FROM INFORMATION_SCHEMA.COLUMNS AS c WHERE c.TABLE_SCHEMA = 'dbo'
    ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION`,
  indexesQuery: `SELECT t.name, i.name, CAST(i.is_primary_key AS int), c.name
    FROM sys.tables AS t JOIN sys.indexes AS i ON i.object_id = t.object_id
    JOIN sys.index_columns AS ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id
    JOIN sys.columns AS c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
    WHERE ic.is_included_column = 0 AND i.is_hypothetical = 0 AND i.is_disabled = 0 AND i.has_filter = 0
    ORDER BY t.name, i.index_id, ic.key_ordinal`,
  typeOf([dataType, length, precision, scale, fraction, isNullable]: readonly Value[]) {
    const name = dataType === 'timestamp' ? 'rowversion' : String(dataType);
    return (
      sized(name, { length, precision, scale, fraction }) + (isNullable === 'YES' ? ' null' : '')
    );
  },
};

function sized(
  name: string,
  facts: { readonly [Fact in 'length' | 'precision' | 'scale' | 'fraction']?: Value | undefined },
): string {
  const { length, precision, scale, fraction } = facts;
  if (SIZED.has(name)) return `${name}(${Number(length) === -1 ? 'max' : Number(length)})`;
  if (SCALED.has(name)) return `${name}(${Number(precision)},${Number(scale)})`;
  if (FRACTIONAL.has(name)) return `${name}(${Number(fraction)})`;
  return name;
}
