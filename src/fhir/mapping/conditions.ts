import type { ColumnType } from '../../sql/columns.ts';
import type { Value } from '../../sql/driver.ts';
import { ConditionEntry } from './mapping-schema.ts';
import type { Place } from './problems.ts';
import type { ResourceScope } from './resource-scope.ts';
import { readBySchema } from './schema-problems.ts';
import type { Condition } from './system-mapping.ts';

type Literal = string | number | boolean;

const INTEGER = /^-?\d+$/;
const DECIMAL = /^-?\d+(?:\.\d+)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?$/;
const DATETIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?$/;
const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?[+-]\d{2}:\d{2}$/;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const matching = (pattern: RegExp) => (literal: Literal) =>
  typeof literal === 'string' && pattern.test(literal) ? literal : undefined;

function integer(literal: Literal): Value | undefined {
  if (Number.isSafeInteger(literal)) return literal;
  if (typeof literal !== 'string' || !INTEGER.test(literal)) return undefined;
  const number = Number(literal);
  return Number.isSafeInteger(number) ? number : BigInt(literal);
}

function bit(literal: Literal): Value | undefined {
  if (typeof literal === 'boolean') return literal;
  return literal === 0 || literal === 1 ? literal === 1 : undefined;
}

/** How a literal of a mapping becomes a value as drivers take it, and how it has to be written. */
const LITERALS: Readonly<
  Partial<Record<ColumnType, readonly [string, (literal: Literal) => Value | undefined]>>
> = {
  integer: ['a whole number', integer],
  bit: ['true or false', bit],
  decimal: ['a number', (literal) => (DECIMAL.test(String(literal)) ? String(literal) : undefined)],
  float: ['a number', (literal) => (typeof literal === 'number' ? literal : undefined)],
  text: ['text in quotes', (literal) => (typeof literal === 'string' ? literal : undefined)],
  guid: ['a uniqueidentifier', (literal) => matching(GUID)(String(literal).toLowerCase())],
  date: ['a date like "2024-01-31"', matching(DATE)],
  time: ['a time like "09:30:00"', matching(TIME)],
  datetime: ['a time like "2024-01-31T09:30:00"', matching(DATETIME)],
  datetimeoffset: ['a time like "2024-01-31T09:30:00+10:00"', matching(WITH_OFFSET)],
};

const TESTS = ['equals', 'notEquals', 'in', 'is'] as const;

/** Reads one fixed condition; nothing comes back, and errors are noted, when it is none. */
export function readCondition(
  json: unknown,
  scope: ResourceScope,
  place: Place,
  child?: string,
): Condition | undefined {
  const entry = readBySchema(ConditionEntry, json, place);
  if (!entry) return undefined;
  const column = scope.column(entry.column, place.at('column'), child);
  const given = TESTS.filter((test) => entry[test] !== undefined);
  const [test] = given;
  if (test === undefined || given.length > 1) {
    place.error(`a condition has exactly one of ${TESTS.join(', ')}`);
    return undefined;
  }
  if (!column) return undefined;
  if (test === 'is') {
    return { column, test: entry.is === 'null' ? 'isNull' : 'notNull', values: [] };
  }
  const literals = test === 'in' ? (entry.in ?? []) : [entry[test] as Literal];
  const [form, read] = LITERALS[column.column.type] ?? [];
  const values = literals.map((literal) => read?.(literal));
  if (values.includes(undefined)) {
    const type = column.column.sqlType;
    place
      .at(test)
      .error(
        form
          ? `${entry.column} is ${type}: it is compared with ${form}`
          : `${entry.column} is ${type}: it can only be compared with "is"`,
      );
    return undefined;
  }
  return { column, test, values: values as Value[] };
}

/** Reads a list of conditions that must all hold; what is wrong is noted and left out. */
export function readConditions(
  list: readonly unknown[] | undefined,
  scope: ResourceScope,
  place: Place,
  child?: string,
): readonly Condition[] {
  return (list ?? []).flatMap((json, index) => {
    const condition = readCondition(json, scope, place.at(index), child);
    return condition ? [condition] : [];
  });
}
