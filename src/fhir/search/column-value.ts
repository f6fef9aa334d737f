import type { Value } from '../../sql/driver.ts';
import type { ColumnInfo } from '../mapping/system-mapping.ts';

/** A declared type's name and the numbers in its brackets: `decimal(9,2)`. */
export interface DeclaredType {
  readonly name: string;
  /** Length of a text (undefined for `max`), or a decimal's precision. */
  readonly size: number | undefined;
  readonly scale: number | undefined;
}

/** Takes a column's declared type apart. */
export function declaredType({ sqlType }: ColumnInfo): DeclaredType {
  const [, name = '', size, scale] =
    /^([a-z][a-z0-9_]*)(?:\s*\(\s*(\d+|max)\s*(?:,\s*(\d+)\s*)?\))?/.exec(sqlType) ?? [];
  return {
    name,
    size: size === undefined || size === 'max' ? undefined : Number(size),
    scale: scale === undefined ? undefined : Number(scale),
  };
}

const INTEGER_RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  tinyint: [0n, 255n],
  smallint: [-(2n ** 15n), 2n ** 15n - 1n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
};

const WIDEST = [-(2n ** 63n), 2n ** 63n - 1n] as const;

/** An integer as the drivers hold it, undefined outside the column's range. */
export function integerValue(column: ColumnInfo, value: bigint): number | bigint | undefined {
  const [least, most] = INTEGER_RANGES[declaredType(column).name] ?? WIDEST;
  if (value < least || value > most) return undefined;
  const isSafe = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
  return isSafe ? Number(value) : value;
}

/** A text as a value of a text column, undefined when it is longer than the column can hold. */
function textValue(column: ColumnInfo, text: string): string | undefined {
  const { size } = declaredType(column);
  return size !== undefined && text.length > size ? undefined : text;
}

const PATTERNS = {
  integer: /^(?:0|-?[1-9]\d{0,18})$/,
  decimal: /^-?\d{1,38}(?:\.\d{1,38})?$/,
  guid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?$/,
  datetime: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,7})?$/,
  datetimeoffset: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)$/,
} as const;

/**
 * Reads a text as a value of a column's type, in the form of the drivers; undefined when no row can hold it there.
 * `valueText` of the result is the text again.
 */
export function readColumnValue(column: ColumnInfo, text: string): Value | undefined {
  const { type } = column;
  if (type === 'text') return textValue(column, text);
  if (type === 'bit') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (type === 'float') {
    return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
  }
  if (type === 'binary' || type === 'variant') return undefined;
  if (!PATTERNS[type].test(text)) return undefined;
  if (type === 'integer') return integerValue(column, BigInt(text));
  return type === 'guid' ? text.toLowerCase() : text;
}

/** A value as text, the one that {@link readColumnValue} reads; null for NULL. */
export function valueText(value: Value): string | null {
  if (value === null) return null;
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);
}
