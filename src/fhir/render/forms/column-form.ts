import type { Value } from '../../../sql/driver.ts';
import { isPrimitive } from '../../definitions/elements.ts';
import type { Place } from '../../mapping/problems.ts';
import type { CodeTable, Coding, ColumnRef } from '../../mapping/system-mapping.ts';
import { bitOf, columnText } from '../../values/column-values.ts';
import { conversionFor, fittingTypes } from '../../values/element-values.ts';
import { withOffset } from '../../values/local-time.ts';
import { checkCodes } from '../constants.ts';
import {
  type Compiler,
  checkMembers,
  type Expected,
  type JsonObject,
  type Node,
  valueReader,
} from '../node.ts';

/** The codings of a local value: as it is written, else in any case where the database does not tell case. */
function codingsOf(
  table: CodeTable,
  column: ColumnRef,
): (value: Value) => readonly Coding[] | undefined {
  const text = columnText(column.column);
  const { type, textOrder } = column.column;
  const folded =
    type === 'text' && textOrder !== 'exact'
      ? new Map([...table.codings].map(([local, each]) => [local.toLowerCase(), each]))
      : undefined;
  if (type === 'bit') {
    const flags = new Map([...table.codings].map(([local, each]) => [bitOf(local), each]));
    return (value) =>
      value === null ? table.whenNull : (flags.get(bitOf(value)) ?? table.otherwise);
  }
  return (value) => {
    const local = text(value);
    if (local === undefined) return table.whenNull;
    return table.codings.get(local) ?? folded?.get(local.toLowerCase()) ?? table.otherwise;
  };
}

/** The codes of a table that can stand for a single code, each once. */
function firstCodes({ codings, otherwise, whenNull }: CodeTable): string[] {
  const lists = [...codings.values(), otherwise ?? [], whenNull ?? []];
  return [...new Set(lists.flatMap(([first]) => first?.code ?? []))];
}

interface CodedColumn {
  readonly table: CodeTable;
  readonly codings: (value: Value) => readonly Coding[] | undefined;
  readonly isAlways: boolean;
}

function readCoded(
  name: unknown,
  column: ColumnRef,
  compiler: Compiler,
  place: Place,
): CodedColumn | undefined {
  if (typeof name !== 'string') {
    place.error('must be the name of a table in codes.json');
    return undefined;
  }
  const table = compiler.scope.codeTable(name, place);
  if (!table) return undefined;
  const isFlag = [...table.codings.keys()].every((key) => bitOf(key) !== undefined);
  if (column.column.type === 'bit' && !isFlag) {
    place.error(`${column.column.name} is bit: the codes of "${name}" must be true and false`);
  }
  const isAlways =
    table.otherwise !== undefined && (!column.isNullable || table.whenNull !== undefined);
  return { table, codings: codingsOf(table, column), isAlways };
}

/** The code as a value of the type; the codes for a boolean are `true` and `false`. */
function codeOf(
  codings: readonly Coding[] | undefined,
  type: string,
): string | boolean | undefined {
  const code = codings?.[0]?.code;
  return type === 'boolean' && code !== undefined ? bitOf(code) : code;
}

/** Types whose values can be the code of a code table. */
const CODED = ['code', 'string', 'uri', 'canonical', 'id', 'boolean'];

/** `{"$": "c.Notes"}` and `{"$": "c.SexCode", "codes": "sex"}`: a column's value. */
export function columnForm(
  json: JsonObject,
  expected: Expected,
  compiler: Compiler,
  place: Place,
): Node | undefined {
  checkMembers(json, ['$', 'codes', 'time'], place);
  const name = json['$'];
  if (typeof name !== 'string') {
    place.at('$').error('must be a column: "alias.Column"');
    return undefined;
  }
  const column = compiler.column(name, place.at('$'));
  const { type } = expected;
  if (!isPrimitive(type)) {
    place.error(`${type} has parts: a column cannot fill it whole`);
    return undefined;
  }
  if (!column) return undefined;
  const read = valueReader(column);
  if (json['codes'] !== undefined) {
    if (!CODED.includes(type)) place.error(`${type} cannot be the code of a code table`);
    const coded = readCoded(json['codes'], column, compiler, place.at('codes'));
    if (coded) checkCodes(firstCodes(coded.table), expected, place.at('codes'));
    return (
      coded && filling(coded.isAlways, (rendering) => codeOf(coded.codings(read(rendering)), type))
    );
  }
  if (json['time'] !== undefined) return timedForm(json, column, expected, compiler, place);
  const convert = conversionFor(column.column, type);
  if (!convert) {
    const fitting = fittingTypes(type);
    const advice = fitting.length > 0 ? `; it takes ${fitting.join(', ')}` : '';
    place.error(`${name} is ${column.column.sqlType}, which does not fit ${type}${advice}`);
    return undefined;
  }
  return filling(!column.isNullable, (rendering) => convert(read(rendering), rendering.zone));
}

/** `{"$": "v.Day", "time": "v.Time"}`: a date and a time of two columns; the date alone where there is no time. */
function timedForm(
  json: JsonObject,
  date: ColumnRef,
  expected: Expected,
  compiler: Compiler,
  place: Place,
): Node | undefined {
  const at = place.at('time');
  const { type } = expected;
  const { time: name } = json;
  if (type !== 'dateTime' && type !== 'instant') at.error(`a ${type} has no time`);
  if (date.column.type !== 'date' && date.column.type !== 'datetime') {
    place.error(`${date.column.name} is ${date.column.sqlType}, which is no date`);
  }
  if (typeof name !== 'string') at.error('must be a column: "alias.Column"');
  const time = typeof name === 'string' ? compiler.column(name, at) : undefined;
  if (!time) return undefined;
  if (time.column.type !== 'time' && time.column.type !== 'datetime') {
    at.error(`${time.column.name} is ${time.column.sqlType}, which is no time of day`);
  }
  const [dayOf, timeOf] = [columnText(date.column), columnText(time.column)];
  const [readDay, readTime] = [valueReader(date), valueReader(time)];
  const isNullable = date.isNullable || (type === 'instant' && time.isNullable);
  return filling(!isNullable, (rendering) => {
    const day = dayOf(readDay(rendering))?.slice(0, 10);
    const clock = timeOf(readTime(rendering))?.split('T').at(-1);
    if (day === undefined) return undefined;
    if (clock !== undefined) return withOffset(`${day}T${clock}`, rendering.zone);
    return type === 'instant' ? undefined : day;
  });
}

/** `{"$coding": "c.SexCode", "codes": "sex"}`: all codings of a local code, or the first where one is wanted. */
export function codingForm(
  json: JsonObject,
  expected: Expected,
  compiler: Compiler,
  place: Place,
): Node | undefined {
  checkMembers(json, ['$coding', 'codes'], place);
  if (expected.type !== 'Coding') {
    const { type } = expected;
    const advice = type === 'CodeableConcept' ? ': write {"coding": [{"$coding": …}]}' : '';
    place.error(`"$coding" gives a Coding, here stands a ${type}${advice}`);
    return undefined;
  }
  const name = json['$coding'];
  const column = typeof name === 'string' ? compiler.column(name, place.at('$coding')) : undefined;
  if (typeof name !== 'string') place.at('$coding').error('must be a column: "alias.Column"');
  if (!column) return undefined;
  const coded = readCoded(json['codes'], column, compiler, place.at('codes'));
  if (!coded) return undefined;
  const read = valueReader(column);
  if (!expected.isListItem) {
    return filling(coded.isAlways, (rendering) => coded.codings(read(rendering))?.[0]);
  }
  const node = filling(coded.isAlways, (rendering) => coded.codings(read(rendering)));
  return { ...node, isMany: true };
}

/** A part that comes out of columns: what it gives counts as filled. */
export function filling(isAlways: boolean, render: Node['render']): Node {
  return {
    level: 2,
    isAlways,
    render(rendering) {
      const value = render(rendering);
      if (value !== undefined) rendering.filled += 1;
      return value;
    },
  };
}
