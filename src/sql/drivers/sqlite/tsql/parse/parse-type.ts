import { sqlServerError } from '../errors.ts';
import { MAX_LENGTH, type SqlType } from '../types/sql-type.ts';
import { makeType } from '../types/type-names.ts';
import type { TokenCursor } from './cursor.ts';

function typeArgument(cursor: TokenCursor): number {
  if (cursor.take('MAX')) return MAX_LENGTH;
  if (cursor.token.kind !== 'number') throw cursor.unexpected();
  return Number(cursor.next().value);
}

function typeName(cursor: TokenCursor): string {
  if (cursor.takeAll('DOUBLE', 'PRECISION')) return 'float';
  cursor.take('NATIONAL');
  const parts = cursor.multiPartName();
  const name = parts.at(-1) ?? '';
  return cursor.take('VARYING') ? `var${name}` : name;
}

/** A data type. CAST without a length means 30 characters, a declaration means 1. */
export function parseType(cursor: TokenCursor, defaultLength = 1): SqlType {
  const name = typeName(cursor);
  const args = cursor.at('(')
    ? cursor.parenthesised(() => cursor.list(() => typeArgument(cursor)))
    : [];
  const type = makeType(name, args);
  if (type === undefined) throw sqlServerError(2715, 1, name);
  const isSized = type.length !== undefined && type.length !== MAX_LENGTH;
  return isSized && args.length === 0 && !/^(sysname|rowversion|timestamp)$/i.test(name)
    ? { ...type, length: defaultLength }
    : type;
}
