import type { Bound } from '../bind/bound.ts';
import type { FunctionCall } from '../bind/environment.ts';
import { sqlServerError } from '../errors.ts';
import { convertImplicitly } from '../types/convert.ts';
import {
  FLOAT,
  INT,
  isNational,
  isText,
  MAX_LENGTH,
  nvarchar,
  type SqlType,
  varchar,
} from '../types/sql-type.ts';
import { textLength } from '../types/unify.ts';

export type FunctionBinder = (call: FunctionCall) => Bound;
export type FunctionTable = Readonly<Record<string, FunctionBinder>>;

/** Checks the number of arguments; `most` is `least` when left out. */
export function arity(call: FunctionCall, least: number, most = least): void {
  const count = call.nodes.length;
  if (count >= least && count <= most) return;
  throw least === most
    ? sqlServerError(174, call.name.toLowerCase(), least)
    : sqlServerError(189, call.name.toLowerCase(), least, most);
}

export function asText(call: FunctionCall, bound: Bound): Bound {
  if (isText(bound.type)) return bound;
  const length = textLength(bound.type);
  return convertImplicitly(call.context, bound, varchar(Math.min(length, 8000)));
}

/** The argument as text, numbers and dates converted as T-SQL does unasked. */
export function textArgument(call: FunctionCall, index: number): Bound {
  return asText(call, call.bind(index));
}

export function integerArgument(call: FunctionCall, index: number): Bound {
  const bound = call.bind(index);
  return bound.type.name === 'bigint' ? bound : convertImplicitly(call.context, bound, INT);
}

export function floatArgument(call: FunctionCall, index: number): Bound {
  return convertImplicitly(call.context, call.bind(index), FLOAT);
}

/** varchar or nvarchar of that length, as the source is; fixed-length types become varying. */
export function textType(like: SqlType, length: number): SqlType {
  const limit = isNational(like) ? 4000 : 8000;
  const fitted = like.length === MAX_LENGTH ? MAX_LENGTH : Math.max(1, Math.min(length, limit));
  return isNational(like) ? nvarchar(fitted) : varchar(fitted);
}
