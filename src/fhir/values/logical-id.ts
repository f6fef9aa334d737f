import type { Value } from '../../sql/driver.ts';
import type { ColumnInfo } from '../mapping/system-mapping.ts';
import { plainDecimal } from './decimal-text.ts';
import { readLocalTime } from './local-time.ts';

/** FHIR's ids have at most so many characters. */
const MAX_LENGTH = 64;

/** How the values of one kind of key column stand in ids. */
interface KeyPart {
  /** What a value looks like in an id, as the source of a regular expression. */
  readonly pattern: string;
  write(value: NonNullable<Value>): string | undefined;
  /** Undefined for a text that no value is written as. */
  read(text: string): Value | undefined;
}

const INTEGER_BITS: Readonly<Record<string, number>> = { smallint: 16, int: 32, bigint: 64 };

function integerPart(sqlType: string): KeyPart {
  const bits = INTEGER_BITS[sqlType] ?? 8;
  const [least, greatest] =
    sqlType === 'tinyint' ? [0n, 255n] : [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n];
  return {
    pattern: '0|-?[1-9]\\d{0,18}',
    write: (value) => {
      const text = plainDecimal(String(value));
      return text?.includes('.') ? undefined : text;
    },
    read: (text) => {
      const value = BigInt(text);
      if (value < least || value > greatest) return undefined;
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    },
  };
}

/** What an id cannot hold stands as `.` and two hexadecimal digits for each of its bytes. */
function escaped(text: string, plain: RegExp): string {
  return Array.from(text, (character) =>
    plain.test(character)
      ? character
      : [...Buffer.from(character)]
          .map((byte) => `.${byte.toString(16).toUpperCase().padStart(2, '0')}`)
          .join(''),
  ).join('');
}

function textPart(isAlone: boolean): KeyPart {
  const plain = isAlone ? /[A-Za-z0-9-]/ : /[A-Za-z0-9]/;
  const write = (text: string) => (text === '' ? undefined : escaped(text, plain));
  return {
    pattern: isAlone ? '[A-Za-z0-9.-]+' : '[A-Za-z0-9.]+',
    write: (value) => write(String(value).trimEnd()),
    read: (id) => {
      const bytes = id.replaceAll(/\.([0-9A-F]{2})/g, '%$1');
      try {
        const text = decodeURIComponent(bytes);
        return write(text) === id ? text : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

const GUID: KeyPart = {
  pattern: '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  write: (value) => String(value).trim().toLowerCase(),
  read: (text) => text,
};

const DATE: KeyPart = {
  pattern: '\\d{4}-\\d{2}-\\d{2}',
  write: (value) => String(value).slice(0, 10),
  read: (text) => (readLocalTime(text) ? text : undefined),
};

function partFor(column: ColumnInfo, isAlone: boolean): KeyPart | undefined {
  switch (column.type) {
    case 'integer':
      return integerPart(column.sqlType);
    case 'text':
      return textPart(isAlone);
    case 'guid':
      return GUID;
    case 'date':
      return DATE;
    default:
      return undefined;
  }
}

/** Whether a column can be part of a key: ids are made of integers, text, uniqueidentifiers and dates. */
export function isKeyColumn(column: ColumnInfo): boolean {
  return partFor(column, true) !== undefined;
}

const partsFor = (columns: readonly ColumnInfo[]) =>
  columns.flatMap((column) => partFor(column, columns.length === 1) ?? []);

/**
 * How the values of key columns become a logical id: joined by `-`, each in its one form. Undefined when a value is
 * NULL or empty, or when the id would be longer than FHIR admits (64).
 */
export function keyReader(
  columns: readonly ColumnInfo[],
): (values: readonly Value[]) => string | undefined {
  const parts = partsFor(columns);
  return (values) => {
    let id = '';
    for (let index = 0; index < parts.length; index += 1) {
      const value = values[index];
      if (value === null || value === undefined) return undefined;
      const text = (parts[index] as KeyPart).write(value);
      if (text === undefined) return undefined;
      id = index === 0 ? text : `${id}-${text}`;
    }
    return id.length <= MAX_LENGTH ? id : undefined;
  };
}

/**
 * How a logical id is read as the values of its key columns. Undefined for an id that no row can have: another number
 * of parts, a number that is not written plainly or is out of its column's range. No two ids mean the same key.
 */
export function idReader(
  columns: readonly ColumnInfo[],
): (id: string) => readonly Value[] | undefined {
  const parts = partsFor(columns);
  const pattern = new RegExp(`^${parts.map((part) => `(${part.pattern})`).join('-')}$`);
  return (id) => {
    const texts = id.length <= MAX_LENGTH ? pattern.exec(id)?.slice(1) : undefined;
    const values = texts?.map((text, index) => (parts[index] as KeyPart).read(text));
    return values?.includes(undefined) ? undefined : (values as Value[] | undefined);
  };
}
