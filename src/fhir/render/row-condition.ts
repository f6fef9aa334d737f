import type { Value } from '../../sql/driver.ts';
import { readCondition } from '../mapping/conditions.ts';
import type { Place } from '../mapping/problems.ts';
import type { Condition } from '../mapping/system-mapping.ts';
import { columnText } from '../values/column-values.ts';
import { type Compiler, type Rendering, valueReader } from './node.ts';

type Test = (rendering: Rendering) => boolean;

/** Whether a row fulfils a condition, by the order in which the database compares the column. */
function testOf(condition: Condition): Test {
  const { column, test, values } = condition;
  const read = valueReader(column);
  const text = columnText(column.column);
  const { textOrder, type } = column.column;
  const fold = (each: string | undefined) =>
    type === 'text' && textOrder !== 'exact' ? each?.toLowerCase() : each;
  const wanted = new Set(values.map((value: Value) => fold(text(value) ?? '')));
  // Text that is empty or blank is no value; it equals the empty text of a condition.
  const folded = (value: Value) => fold(text(value) ?? (type === 'text' ? '' : undefined));
  switch (test) {
    case 'isNull':
      return (rendering) => text(read(rendering)) === undefined;
    case 'notNull':
      return (rendering) => text(read(rendering)) !== undefined;
    case 'notEquals':
      // As in the SQL of conditions: what is NULL differs from every value.
      return (rendering) => {
        const value = read(rendering);
        return value === null || !wanted.has(folded(value));
      };
    case 'equals':
    case 'in':
      return (rendering) => {
        const value = read(rendering);
        return value !== null && wanted.has(folded(value));
      };
  }
}

/**
 * Reads `$if` and `$when`: a column that must have a value, a condition, or a list of these that must all hold.
 */
export function readTest(json: unknown, compiler: Compiler, place: Place): Test | undefined {
  if (Array.isArray(json)) {
    const tests = json.map((each, index) => readTest(each, compiler, place.at(index)));
    if (tests.length === 0) place.error('the list is empty');
    if (tests.includes(undefined)) return undefined;
    return (rendering) => (tests as Test[]).every((test) => test(rendering));
  }
  if (typeof json === 'string') {
    const column = compiler.column(json, place);
    return column && testOf({ column, test: 'notNull', values: [] });
  }
  const condition = readCondition(json, compiler.scope, place, compiler.child);
  if (!condition) return undefined;
  const { relation, column } = condition.column;
  compiler.column(`${relation}.${column.name}`, place);
  return testOf(condition);
}
