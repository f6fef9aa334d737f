import type { SqlParameter } from '../../../driver.ts';
import { SqlError } from '../../../sql-error.ts';
import type { Statement } from './split-statements.ts';

/** What libsql takes: a boolean would abort the process, and a `number` always binds as REAL. */
export type BoundValue = null | number | bigint | string | Uint8Array;

const INTEGER_TYPES = new Set(['BigInt', 'Int', 'SmallInt', 'TinyInt']);
const DECIMAL_TYPES = new Set(['Decimal', 'Money', 'SmallMoney']);

/** SQLite's text ends at a NUL for most readers, and a lone surrogate has no UTF-8 form. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

function boundDecimal(digits: string): BoundValue {
  const isWhole = /^-?\d{1,18}$/.test(digits);
  if (isWhole) return BigInt(digits);
  const trimmed = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
  return String(Number(digits)) === trimmed ? Number(digits) : digits;
}

function boundValue({ name, typeName, value }: SqlParameter): BoundValue {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') return INTEGER_TYPES.has(typeName) ? BigInt(value) : value;
  if (typeof value !== 'string') return value;
  if (UNSTORABLE.test(value)) {
    const message = `The parameter '${name}' holds a character that SQLite cannot store.`;
    throw new SqlError('statement', 'mssql', 50_000, message);
  }
  return DECIMAL_TYPES.has(typeName) ? boundDecimal(value) : value;
}

/** The command's parameters as libsql binds them, by their names without `@`. @throws SqlError */
export function bindParameters(parameters: readonly SqlParameter[]): Record<string, BoundValue> {
  const bound: Record<string, BoundValue> = {};
  for (const parameter of parameters) {
    if (parameter.direction !== 'input') {
      const message = `The parameter '${parameter.name}' is not an input, and SQLite has no others.`;
      throw new SqlError('statement', 'mssql', 50_000, message);
    }
    bound[parameter.name.replace(/^@/, '')] = boundValue(parameter);
  }
  return bound;
}

/** Refuses a statement with a parameter that has no value: libsql would take NULL for it. @throws SqlError */
export function requireParameters(
  { tokens }: Statement,
  bound: Readonly<Record<string, BoundValue>>,
): void {
  for (const { kind, text } of tokens) {
    const isParameter = kind === 'parameter' || (kind === 'word' && text.startsWith('$'));
    if (!isParameter || Object.hasOwn(bound, text.slice(1))) continue;
    throw new SqlError('statement', 'mssql', 137, `Must declare the scalar variable "${text}".`);
  }
}
