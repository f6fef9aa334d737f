import { unsupported } from '../errors.ts';
import type { ComparisonOperator, Expression } from '../parse/ast.ts';
import { isText } from '../types/sql-type.ts';
import type { Bound } from './bound.ts';

const BINARY = /^latin1_general(?:_100)?_bin2$/i;

/** A side without its collation by code points, and whether it has one. */
function uncollated(node: Expression): { node: Expression; isBinary: boolean } {
  const isBinary = node.kind === 'collate' && BINARY.test(node.collation);
  return isBinary ? { node: node.operand, isBinary } : { node, isBinary };
}

/**
 * `a COLLATE Latin1_General_BIN2 = b`: letter by letter, blanks at the end left out. Undefined for a comparison in the
 * usual order.
 *
 * @throws SqlError for an inequality, whose order by UTF-16 codes SQLite does not have
 */
export function bindBinaryComparison(
  {
    operator,
    left,
    right,
  }: {
    readonly operator: ComparisonOperator;
    readonly left: Expression;
    readonly right: Expression;
  },
  bind: (node: Expression) => Bound,
): string | undefined {
  const sides = [left, right].map(uncollated);
  if (!sides.some(({ isBinary }) => isBinary)) return undefined;
  const [one, other] = sides.map(({ node }) => bind(node));
  if (!one || !other || !isText(one.type) || !isText(other.type)) return undefined;
  if (operator !== '=' && operator !== '<>') {
    throw unsupported(`${operator} with COLLATE Latin1_General_BIN2`);
  }
  return `(rtrim(${one.sql}) COLLATE BINARY${operator}rtrim(${other.sql}))`;
}
