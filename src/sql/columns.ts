/**
 * What a column holds, as far as its wire form needs to know (contract §6). Engines map their own types onto these:
 * `integer` any width, `decimal` also numeric and money, `float` also real, `text` all character data and xml,
 * `binary` also image and timestamp, `datetime` every date with a time and no zone.
 */
export type ColumnType =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'bit'
  | 'text'
  | 'binary'
  | 'guid'
  | 'date'
  | 'time'
  | 'datetime'
  | 'datetimeoffset'
  /** The type differs from row to row (`sql_variant`, an untyped NULL): encoded by the value's own JS type. */
  | 'variant';

/** One column of a result set. `name` is empty when the statement gives none. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}
