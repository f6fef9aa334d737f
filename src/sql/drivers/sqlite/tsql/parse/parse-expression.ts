import { sqlServerError, unsupported } from '../errors.ts';
import type {
  BinaryOperator,
  ComparisonOperator,
  Condition,
  Expression,
  Node,
  OrderItem,
} from './ast.ts';
import type { TokenCursor } from './cursor.ts';
import { parseCall } from './parse-call.ts';
import { parseType } from './parse-type.ts';

const CONDITION_KINDS: ReadonlySet<string> = new Set([
  'compare',
  'quantified',
  'and',
  'or',
  'not',
  'like',
  'in',
  'between',
  'isNull',
  'exists',
]);

const COMPARISONS: Readonly<Record<string, ComparisonOperator>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '!>': '<=',
  '>': '>',
  '>=': '>=',
  '!<': '>=',
};

const ADDITIVE = ['+', '-', '&', '|', '^'];
const MULTIPLICATIVE = ['*', '/', '%'];

function isCondition(node: Node): node is Condition {
  return CONDITION_KINDS.has(node.kind);
}

/** A value: conditions are not values in T-SQL, so a comparison ends it. */
export function parseExpression(cursor: TokenCursor): Expression {
  return cursor.nested(() => asValue(cursor, parseAdditive(cursor, false)));
}

export function parseCondition(cursor: TokenCursor): Condition {
  const node = cursor.nested(() => parseOr(cursor));
  if (!isCondition(node)) throw sqlServerError(4145, cursor.nearText);
  return node;
}

function asValue(cursor: TokenCursor, node: Node): Expression {
  if (isCondition(node)) throw cursor.unexpected();
  return node;
}

function asCondition(cursor: TokenCursor, node: Node): Condition {
  if (!isCondition(node)) throw sqlServerError(4145, cursor.nearText);
  return node;
}

function parseOr(cursor: TokenCursor): Node {
  let left = parseAnd(cursor);
  while (cursor.at('OR')) {
    const first = asCondition(cursor, left);
    cursor.next();
    left = { kind: 'or', left: first, right: asCondition(cursor, parseAnd(cursor)) };
  }
  return left;
}

function parseAnd(cursor: TokenCursor): Node {
  let left = parseNot(cursor);
  while (cursor.at('AND')) {
    const first = asCondition(cursor, left);
    cursor.next();
    left = { kind: 'and', left: first, right: asCondition(cursor, parseNot(cursor)) };
  }
  return left;
}

function parseNot(cursor: TokenCursor): Node {
  if (!cursor.take('NOT')) return parsePredicate(cursor);
  return { kind: 'not', operand: cursor.nested(() => asCondition(cursor, parseNot(cursor))) };
}

function parsePredicate(cursor: TokenCursor): Node {
  if (cursor.take('EXISTS')) {
    return { kind: 'exists', query: cursor.parenthesised(() => cursor.query()) };
  }
  if (cursor.at('CONTAINS', 'FREETEXT')) throw unsupported(cursor.token.keyword);
  const left = parseAdditive(cursor, true);
  if (isCondition(left)) return left;
  const comparison = COMPARISONS[cursor.token.keyword];
  if (comparison !== undefined) {
    cursor.next();
    return parseComparison(cursor, left, comparison);
  }
  if (cursor.take('IS')) {
    const negated = cursor.take('NOT');
    cursor.expect('NULL');
    return { kind: 'isNull', operand: left, negated };
  }
  const negated = cursor.at('NOT') && ['LIKE', 'IN', 'BETWEEN'].includes(cursor.peek().keyword);
  if (negated) cursor.next();
  return parseTest(cursor, left, negated);
}

function parseComparison(
  cursor: TokenCursor,
  left: Expression,
  operator: ComparisonOperator,
): Condition {
  if (cursor.at('ANY', 'SOME', 'ALL') && cursor.peek().keyword === '(') {
    const quantifier = cursor.next().keyword === 'ALL' ? 'ALL' : 'ANY';
    const query = cursor.parenthesised(() => cursor.query());
    return { kind: 'quantified', operator, quantifier, left, query };
  }
  return { kind: 'compare', operator, left, right: parseExpression(cursor) };
}

function parseTest(cursor: TokenCursor, operand: Expression, negated: boolean): Node {
  if (cursor.take('LIKE')) {
    const pattern = parseExpression(cursor);
    const escape = cursor.take('ESCAPE') ? parseExpression(cursor) : undefined;
    return { kind: 'like', operand, pattern, escape, negated };
  }
  if (cursor.take('BETWEEN')) {
    const low = parseExpression(cursor);
    cursor.expect('AND');
    return { kind: 'between', operand, low, high: parseExpression(cursor), negated };
  }
  if (!cursor.take('IN')) return operand;
  return cursor.parenthesised((): Condition => {
    if (cursor.at('SELECT', 'WITH')) return { kind: 'in', operand, query: cursor.query(), negated };
    return { kind: 'in', operand, list: cursor.list(() => parseExpression(cursor)), negated };
  });
}

function parseAdditive(cursor: TokenCursor, allowCondition: boolean): Node {
  let left = parseMultiplicative(cursor, allowCondition);
  while (ADDITIVE.includes(cursor.token.keyword) && !isCondition(left)) {
    const operator = cursor.next().keyword as BinaryOperator;
    const right = asValue(cursor, parseMultiplicative(cursor, false));
    left = { kind: 'binary', operator, left, right };
  }
  return left;
}

function parseMultiplicative(cursor: TokenCursor, allowCondition: boolean): Node {
  let left = parseUnary(cursor, allowCondition);
  while (MULTIPLICATIVE.includes(cursor.token.keyword) && !isCondition(left)) {
    const operator = cursor.next().keyword as BinaryOperator;
    const right = asValue(cursor, parseUnary(cursor, false));
    left = { kind: 'binary', operator, left, right };
  }
  return left;
}

function parseUnary(cursor: TokenCursor, allowCondition: boolean): Node {
  const { keyword } = cursor.token;
  if (keyword !== '-' && keyword !== '+' && keyword !== '~') {
    return parsePostfix(cursor, allowCondition);
  }
  cursor.next();
  const operand = cursor.nested(() => asValue(cursor, parseUnary(cursor, false)));
  return { kind: 'unary', operator: keyword, operand };
}

function parsePostfix(cursor: TokenCursor, allowCondition: boolean): Node {
  const node = parsePrimary(cursor, allowCondition);
  if (isCondition(node)) return node;
  if (cursor.take('COLLATE')) {
    return { kind: 'collate', operand: node, collation: cursor.identifier() };
  }
  if (cursor.at('AT') && cursor.peek().keyword === 'TIME') throw unsupported('AT TIME ZONE');
  return node;
}

function parsePrimary(cursor: TokenCursor, allowCondition: boolean): Node {
  const { token } = cursor;
  switch (token.kind) {
    case 'number':
      cursor.next();
      return { kind: 'literal', type: numberKind(token.value), text: token.value };
    case 'string':
    case 'nstring':
    case 'binary':
    case 'money':
      cursor.next();
      return { kind: 'literal', type: token.kind, text: token.value };
    case 'variable':
    case 'systemVariable':
      cursor.next();
      return { kind: token.kind, name: token.value };
    case 'operator':
      return parseParenthesis(cursor, allowCondition);
    case 'word':
    case 'quoted':
      return parseWord(cursor);
    case 'end':
      throw cursor.unexpected();
  }
}

function numberKind(text: string): 'integer' | 'decimal' | 'float' {
  if (/e/i.test(text)) return 'float';
  return text.includes('.') || BigInt(text) > 2147483647n ? 'decimal' : 'integer';
}

function parseParenthesis(cursor: TokenCursor, allowCondition: boolean): Node {
  if (cursor.at('?')) throw sqlServerError(102, '?');
  return cursor.parenthesised((): Node => {
    if (cursor.at('SELECT', 'WITH')) return { kind: 'subquery', query: cursor.query() };
    return cursor.nested(() =>
      allowCondition ? parseOr(cursor) : asValue(cursor, parseAdditive(cursor, false)),
    );
  });
}

const CALLABLE_KEYWORDS: ReadonlySet<string> = new Set(['LEFT', 'RIGHT', 'COALESCE', 'NULLIF']);

function parseWord(cursor: TokenCursor): Expression {
  const { keyword } = cursor.token;
  switch (keyword) {
    case 'NULL':
    case 'DEFAULT':
      cursor.next();
      return { kind: keyword === 'NULL' ? 'null' : 'default' };
    case 'CASE':
      return parseCase(cursor);
    case 'CURRENT_TIMESTAMP':
    case 'CURRENT_USER':
    case 'SESSION_USER':
    case 'SYSTEM_USER':
    case 'USER':
      cursor.next();
      return { kind: 'call', name: keyword, args: [], isStar: false, isDistinct: false };
    case 'CAST':
    case 'TRY_CAST':
    case 'CONVERT':
    case 'TRY_CONVERT':
      if (cursor.peek().keyword === '(') return parseConversion(cursor, keyword);
      break;
    case 'IIF':
      if (cursor.peek().keyword === '(') return parseIif(cursor);
      break;
    default:
      if (CALLABLE_KEYWORDS.has(keyword) && cursor.peek().keyword === '(') {
        return parseCall(cursor, cursor.next().value, GRAMMAR);
      }
  }
  return parseName(cursor);
}

function parseName(cursor: TokenCursor): Expression {
  const isWord = cursor.token.kind === 'word';
  const parts = [cursor.identifier()];
  while (cursor.at('.') && cursor.peek().keyword !== '*') {
    cursor.next();
    parts.push(cursor.at('.') ? '' : cursor.identifier());
  }
  if (cursor.at('(')) {
    if (parts.length > 1) throw unsupported(`the user-defined function ${parts.join('.')}`);
    if (!isWord) throw sqlServerError(195, parts[0] ?? '');
    return parseCall(cursor, parts[0] ?? '', GRAMMAR);
  }
  return { kind: 'column', parts };
}

function parseCase(cursor: TokenCursor): Expression {
  cursor.expect('CASE');
  const operand = cursor.at('WHEN') ? undefined : parseExpression(cursor);
  const branches: { when: Node; result: Expression }[] = [];
  while (cursor.take('WHEN')) {
    const when = operand === undefined ? parseCondition(cursor) : parseExpression(cursor);
    cursor.expect('THEN');
    branches.push({ when, result: parseExpression(cursor) });
  }
  if (branches.length === 0) throw cursor.unexpected();
  const otherwise = cursor.take('ELSE') ? parseExpression(cursor) : undefined;
  cursor.expect('END');
  return { kind: 'case', operand, branches, otherwise };
}

function parseIif(cursor: TokenCursor): Expression {
  cursor.next();
  return cursor.parenthesised((): Expression => {
    const when = parseCondition(cursor);
    cursor.expect(',');
    const result = parseExpression(cursor);
    cursor.expect(',');
    return { kind: 'case', branches: [{ when, result }], otherwise: parseExpression(cursor) };
  });
}

function parseConversion(cursor: TokenCursor, keyword: string): Expression {
  cursor.next();
  const isTry = keyword.startsWith('TRY_');
  return cursor.parenthesised((): Expression => {
    if (keyword.endsWith('CAST')) {
      const operand = parseExpression(cursor);
      cursor.expect('AS');
      return { kind: 'cast', operand, type: parseType(cursor, 30), isTry };
    }
    const type = parseType(cursor, 30);
    cursor.expect(',');
    const operand = parseExpression(cursor);
    const style = cursor.take(',') ? parseExpression(cursor) : undefined;
    return { kind: 'cast', operand, type, style, isTry };
  });
}

export function parseOrderBy(cursor: TokenCursor): OrderItem[] {
  return cursor.list(() => {
    const expression = parseExpression(cursor);
    const descending = cursor.take('DESC');
    if (!descending) cursor.take('ASC');
    return { expression, descending };
  });
}

const GRAMMAR = { expression: parseExpression, orderBy: parseOrderBy };
