import { sqlServerError, unsupported } from '../errors.ts';
import type {
  CommonTable,
  Expression,
  Query,
  QueryBody,
  SelectBody,
  SelectItem,
  TopClause,
} from './ast.ts';
import type { TokenCursor } from './cursor.ts';
import { parseCondition, parseExpression, parseOrderBy } from './parse-expression.ts';
import { parseFrom } from './parse-from.ts';

export function parseQuery(cursor: TokenCursor): Query {
  return cursor.nested(() => parseQueryAfterWith(cursor, parseCommonTables(cursor)));
}

/** The query behind a WITH that has been read already (INSERT, UPDATE and DELETE begin with one too). */
export function parseQueryAfterWith(
  cursor: TokenCursor,
  commonTables: readonly CommonTable[],
): Query {
  const body = parseSetBody(cursor);
  const orderBy = cursor.takeAll('ORDER', 'BY') ? parseOrderBy(cursor) : [];
  const paging = orderBy.length > 0 ? parsePaging(cursor) : {};
  if (cursor.at('FETCH') && ['NEXT', 'FIRST'].includes(cursor.peek().keyword)) {
    throw sqlServerError(153, cursor.peek().keyword, 'FETCH');
  }
  if (cursor.at('FOR')) throw unsupported(`FOR ${cursor.peek().keyword}`);
  const maxRecursion = parseOption(cursor);
  return { commonTables, body, orderBy, ...paging, maxRecursion };
}

export function parseCommonTables(cursor: TokenCursor): CommonTable[] {
  if (!cursor.take('WITH')) return [];
  return cursor.list(() => {
    const name = cursor.identifier();
    const columns = cursor.at('(')
      ? cursor.parenthesised(() => cursor.list(() => cursor.identifier()))
      : undefined;
    cursor.expect('AS');
    return { name, columns, query: cursor.parenthesised(() => parseQuery(cursor)) };
  });
}

function parsePaging(cursor: TokenCursor): {
  offset?: Expression | undefined;
  fetch?: Expression | undefined;
} {
  if (!cursor.take('OFFSET')) return {};
  const offset = parseExpression(cursor);
  if (!cursor.take('ROWS')) cursor.expect('ROW');
  if (!cursor.take('FETCH')) return { offset };
  if (!cursor.take('NEXT')) cursor.expect('FIRST');
  const fetch = parseExpression(cursor);
  if (!cursor.take('ROWS')) cursor.expect('ROW');
  cursor.expect('ONLY');
  return { offset, fetch };
}

/** The recursion limit; hints that change no result are read over. */
function parseOption(cursor: TokenCursor): number | undefined {
  if (!cursor.takeAll('OPTION', '(')) return undefined;
  let depth = 1;
  let maxRecursion: number | undefined;
  while (depth > 0) {
    if (cursor.token.kind === 'end') throw cursor.unexpected();
    const { keyword } = cursor.next();
    if (keyword === '(') depth += 1;
    if (keyword === ')') depth -= 1;
    if (keyword === 'MAXRECURSION') maxRecursion = parseMaxRecursion(cursor);
  }
  return maxRecursion;
}

function parseMaxRecursion(cursor: TokenCursor): number {
  const { kind, value } = cursor.token;
  if (kind !== 'number' || !/^\d+$/.test(value)) throw cursor.unexpected();
  if (Number(value) > 32_767) throw sqlServerError(310, value);
  cursor.next();
  return Number(value);
}

function parseSetBody(cursor: TokenCursor): QueryBody {
  let left = parseIntersection(cursor);
  while (cursor.at('UNION', 'EXCEPT')) {
    const word = cursor.next().keyword;
    const isAll = word === 'UNION' && cursor.take('ALL');
    const operator = word === 'EXCEPT' ? 'EXCEPT' : isAll ? 'UNION ALL' : 'UNION';
    left = { kind: 'set', operator, left, right: parseIntersection(cursor) };
  }
  return left;
}

function parseIntersection(cursor: TokenCursor): QueryBody {
  let left = parseTerm(cursor);
  while (cursor.take('INTERSECT')) {
    left = { kind: 'set', operator: 'INTERSECT', left, right: parseTerm(cursor) };
  }
  return left;
}

function parseTerm(cursor: TokenCursor): QueryBody {
  if (cursor.at('(')) {
    return { kind: 'nested', query: cursor.parenthesised(() => parseQuery(cursor)) };
  }
  if (cursor.at('VALUES')) return { kind: 'values', rows: parseValuesRows(cursor) };
  return parseSelect(cursor);
}

function parseValuesRows(cursor: TokenCursor): Expression[][] {
  cursor.expect('VALUES');
  return cursor.list(() => cursor.parenthesised(() => cursor.list(() => parseExpression(cursor))));
}

export function parseTop(cursor: TokenCursor): TopClause | undefined {
  if (!cursor.take('TOP')) return undefined;
  const count = parseTopCount(cursor);
  if (cursor.at('PERCENT')) throw unsupported('TOP … PERCENT');
  if (cursor.at('WITH') && cursor.peek().keyword === 'TIES') throw unsupported('TOP … WITH TIES');
  return { count };
}

function parseTopCount(cursor: TokenCursor): Expression {
  if (cursor.at('(')) return cursor.parenthesised(() => parseExpression(cursor));
  const { kind, value } = cursor.token;
  if (kind === 'variable') return { kind: 'variable', name: cursor.next().value };
  if (kind !== 'number') throw cursor.unexpected();
  cursor.next();
  return { kind: 'literal', type: value.includes('.') ? 'decimal' : 'integer', text: value };
}

function parseSelect(cursor: TokenCursor): SelectBody {
  cursor.expect('SELECT');
  const isDistinct = cursor.take('DISTINCT');
  if (!isDistinct) cursor.take('ALL');
  const top = parseTop(cursor);
  const items = cursor.list(() => parseSelectItem(cursor));
  const into = cursor.take('INTO') ? cursor.multiPartName() : undefined;
  const from = cursor.take('FROM') ? cursor.list(() => parseFrom(cursor)) : [];
  const where = cursor.take('WHERE') ? parseCondition(cursor) : undefined;
  const groupBy = cursor.takeAll('GROUP', 'BY') ? parseGroupBy(cursor) : [];
  const having = cursor.take('HAVING') ? parseCondition(cursor) : undefined;
  return { kind: 'select', isDistinct, top, items, into, from, where, groupBy, having };
}

function parseGroupBy(cursor: TokenCursor): Expression[] {
  const next = cursor.peek().keyword;
  if (cursor.at('ROLLUP', 'CUBE', 'GROUPING') && (next === '(' || next === 'SETS')) {
    throw unsupported(`GROUP BY ${cursor.token.keyword}`);
  }
  const items = cursor.list(() => parseExpression(cursor));
  if (cursor.at('WITH')) throw unsupported(`GROUP BY … WITH ${cursor.peek().keyword}`);
  return items;
}

const ASSIGNMENTS = ['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^='];

export function parseSelectItem(cursor: TokenCursor): SelectItem {
  if (cursor.take('*')) return { kind: 'star', qualifier: [] };
  if (cursor.token.kind === 'variable' && ASSIGNMENTS.includes(cursor.peek().keyword)) {
    const variable = cursor.variable();
    return {
      kind: 'assign',
      variable,
      expression: parseAssigned(cursor, { kind: 'variable', name: variable }),
    };
  }
  if (isAliasToken(cursor) && cursor.peek().keyword === '=') {
    const alias = cursor.next().value;
    cursor.next();
    return { kind: 'value', expression: parseExpression(cursor), alias };
  }
  const qualifier = starQualifier(cursor);
  if (qualifier !== undefined) return { kind: 'star', qualifier };
  const expression = parseExpression(cursor);
  return { kind: 'value', expression, alias: parseAlias(cursor) };
}

/** `= value`, or `+= value` as the sum of the target and the value. */
export function parseAssigned(cursor: TokenCursor, target: Expression): Expression {
  if (!ASSIGNMENTS.includes(cursor.token.keyword)) throw cursor.unexpected();
  const operator = cursor.next().keyword.slice(0, -1);
  const value = parseExpression(cursor);
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '&':
    case '|':
    case '^':
      return { kind: 'binary', operator, left: target, right: value };
    default:
      return value;
  }
}

function isAliasToken(cursor: TokenCursor): boolean {
  return cursor.isIdentifier || cursor.token.kind === 'string' || cursor.token.kind === 'nstring';
}

function parseAlias(cursor: TokenCursor): string | undefined {
  if (cursor.take('AS')) {
    if (!isAliasToken(cursor)) throw cursor.unexpected();
    return cursor.next().value;
  }
  return isAliasToken(cursor) ? cursor.next().value : undefined;
}

/** The names before `.*`, when that is what comes. */
function starQualifier(cursor: TokenCursor): string[] | undefined {
  let ahead = 0;
  while (
    ['word', 'quoted'].includes(cursor.peek(ahead).kind) &&
    cursor.peek(ahead + 1).keyword === '.'
  ) {
    ahead += 2;
    if (cursor.peek(ahead).keyword !== '*') continue;
    const qualifier: string[] = [];
    while (!cursor.take('*')) {
      qualifier.push(cursor.identifier());
      cursor.expect('.');
    }
    return qualifier;
  }
  return undefined;
}
