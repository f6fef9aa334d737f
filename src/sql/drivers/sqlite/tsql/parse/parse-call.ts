import { unsupported } from '../errors.ts';
import type { Expression, OrderItem, WindowSpecification } from './ast.ts';
import type { TokenCursor } from './cursor.ts';

/** The rules of values that calls contain: values contain calls too. */
export interface ValueGrammar {
  readonly expression: (cursor: TokenCursor) => Expression;
  readonly orderBy: (cursor: TokenCursor) => OrderItem[];
}

/** A function call whose name has been read. */
export function parseCall(cursor: TokenCursor, name: string, grammar: ValueGrammar): Expression {
  cursor.expect('(');
  const isDistinct = cursor.take('DISTINCT');
  if (!isDistinct) cursor.take('ALL');
  const isStar = cursor.take('*');
  const hasArguments = !isStar && !cursor.at(')');
  const args = hasArguments ? cursor.list(() => grammar.expression(cursor)) : [];
  cursor.expect(')');
  const withinGroup = cursor.takeAll('WITHIN', 'GROUP')
    ? cursor.parenthesised(() => {
        cursor.expect('ORDER');
        cursor.expect('BY');
        return grammar.orderBy(cursor);
      })
    : undefined;
  const over = cursor.take('OVER') ? parseWindow(cursor, grammar) : undefined;
  return { kind: 'call', name, args, isStar, isDistinct, over, withinGroup };
}

function parseWindow(cursor: TokenCursor, grammar: ValueGrammar): WindowSpecification {
  return cursor.parenthesised(() => {
    const partitionBy = cursor.takeAll('PARTITION', 'BY')
      ? cursor.list(() => grammar.expression(cursor))
      : [];
    const orderBy = cursor.takeAll('ORDER', 'BY') ? grammar.orderBy(cursor) : [];
    return { partitionBy, orderBy, frame: parseFrame(cursor) };
  });
}

function parseFrame(cursor: TokenCursor): string | undefined {
  if (!cursor.at('ROWS', 'RANGE')) return undefined;
  const unit = cursor.next().keyword;
  if (cursor.take('BETWEEN')) {
    const start = parseBound(cursor);
    cursor.expect('AND');
    return `${unit} BETWEEN ${start} AND ${parseBound(cursor)}`;
  }
  return `${unit} ${parseBound(cursor)}`;
}

function parseBound(cursor: TokenCursor): string {
  for (const [first, second] of [
    ['CURRENT', 'ROW'],
    ['UNBOUNDED', 'PRECEDING'],
    ['UNBOUNDED', 'FOLLOWING'],
  ] as const) {
    if (cursor.takeAll(first, second)) return `${first} ${second}`;
  }
  if (cursor.token.kind !== 'number' || !/^\d+$/.test(cursor.token.value)) {
    throw unsupported('this window frame');
  }
  const count = cursor.next().value;
  if (cursor.take('PRECEDING')) return `${count} PRECEDING`;
  cursor.expect('FOLLOWING');
  return `${count} FOLLOWING`;
}
