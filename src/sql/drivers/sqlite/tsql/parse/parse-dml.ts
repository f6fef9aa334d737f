import { unsupported } from '../errors.ts';
import type { Assignment, CommonTable, Expression, Query, SelectItem, Statement } from './ast.ts';
import type { TokenCursor } from './cursor.ts';
import { parseCondition, parseExpression } from './parse-expression.ts';
import { parseFrom, parseTableHints } from './parse-from.ts';
import { parseAssigned, parseQueryAfterWith, parseSelectItem, parseTop } from './parse-query.ts';

function parseOutput(cursor: TokenCursor): SelectItem[] {
  if (!cursor.take('OUTPUT')) return [];
  const items = cursor.list(() => parseSelectItem(cursor));
  if (cursor.at('INTO')) throw unsupported('OUTPUT … INTO');
  return items;
}

export function parseInsert(cursor: TokenCursor, commonTables: readonly CommonTable[]): Statement {
  cursor.expect('INSERT');
  if (cursor.at('TOP')) throw unsupported('INSERT TOP');
  cursor.take('INTO');
  if (cursor.token.kind === 'variable') throw unsupported('table variables');
  const table = cursor.multiPartName();
  parseTableHints(cursor);
  const hasColumns = cursor.at('(') && !['SELECT', 'WITH', '('].includes(cursor.peek().keyword);
  const columns = hasColumns
    ? cursor.parenthesised(() => cursor.list(() => cursor.multiPartName().at(-1) ?? ''))
    : undefined;
  const output = parseOutput(cursor);
  const source = parseInsertSource(cursor);
  return { kind: 'insert', commonTables, table, columns, output, source };
}

function parseInsertSource(cursor: TokenCursor): Query | undefined {
  if (cursor.takeAll('DEFAULT', 'VALUES')) return undefined;
  if (cursor.at('EXEC', 'EXECUTE')) throw unsupported('INSERT … EXEC');
  if (!cursor.at('VALUES', 'SELECT', 'WITH', '(')) throw cursor.unexpected();
  return cursor.at('WITH') ? cursor.query() : parseQueryAfterWith(cursor, []);
}

function parseAssignment(cursor: TokenCursor): Assignment {
  if (cursor.token.kind === 'variable') {
    const variable = cursor.variable();
    const expression = parseAssigned(cursor, { kind: 'variable', name: variable });
    return { target: { variable }, expression };
  }
  const parts = cursor.multiPartName();
  const target: Expression = { kind: 'column', parts };
  return { target: { column: parts.at(-1) ?? '' }, expression: parseAssigned(cursor, target) };
}

export function parseUpdate(cursor: TokenCursor, commonTables: readonly CommonTable[]): Statement {
  cursor.expect('UPDATE');
  const top = parseTop(cursor);
  if (cursor.token.kind === 'variable') throw unsupported('table variables');
  const table = cursor.multiPartName();
  parseTableHints(cursor);
  cursor.expect('SET');
  const assignments = cursor.list(() => parseAssignment(cursor));
  const output = parseOutput(cursor);
  const from = cursor.take('FROM') ? cursor.list(() => parseFrom(cursor)) : [];
  const where = parseWhere(cursor);
  return { kind: 'update', commonTables, top, table, assignments, output, from, where };
}

export function parseDelete(cursor: TokenCursor, commonTables: readonly CommonTable[]): Statement {
  cursor.expect('DELETE');
  const top = parseTop(cursor);
  cursor.take('FROM');
  if (cursor.token.kind === 'variable') throw unsupported('table variables');
  const table = cursor.multiPartName();
  parseTableHints(cursor);
  const output = parseOutput(cursor);
  const from = cursor.take('FROM') ? cursor.list(() => parseFrom(cursor)) : [];
  return { kind: 'delete', commonTables, top, table, output, from, where: parseWhere(cursor) };
}

function parseWhere(cursor: TokenCursor): ReturnType<typeof parseCondition> | undefined {
  if (!cursor.take('WHERE')) return undefined;
  if (cursor.at('CURRENT')) throw unsupported('WHERE CURRENT OF');
  return parseCondition(cursor);
}

export function parseExecute(cursor: TokenCursor): Statement {
  cursor.next();
  if (cursor.at('(')) {
    const text = cursor.parenthesised(() => parseExpression(cursor));
    return { kind: 'executeText', text };
  }
  if (cursor.token.kind === 'variable') {
    if (cursor.peek().keyword !== '=') throw unsupported('EXEC of a name held in a variable');
    const returnVariable = cursor.variable();
    cursor.next();
    return parseProcedureCall(cursor, returnVariable);
  }
  return parseProcedureCall(cursor, undefined);
}

/** A procedure's name and arguments; the batch's first statement may be one without EXEC. */
export function parseProcedureCall(
  cursor: TokenCursor,
  returnVariable: string | undefined,
): Statement {
  const procedure = cursor.multiPartName();
  const hasArguments =
    ['variable', 'systemVariable', 'string', 'nstring', 'number', 'binary', 'money'].includes(
      cursor.token.kind,
    ) ||
    cursor.at('NULL', 'DEFAULT', '-', '+') ||
    (cursor.isIdentifier && !cursor.at('GO'));
  const args = hasArguments
    ? cursor.list(() => {
        const isNamed = cursor.token.kind === 'variable' && cursor.peek().keyword === '=';
        const name = isNamed ? cursor.variable() : undefined;
        if (isNamed) cursor.next();
        const value = parseArgument(cursor);
        return { name, value, isOutput: cursor.take('OUTPUT', 'OUT') };
      })
    : [];
  if (cursor.takeAll('WITH', 'RECOMPILE'))
    return { kind: 'execute', procedure, returnVariable, args };
  return { kind: 'execute', procedure, returnVariable, args };
}

/** Arguments are constants or variables; a bare word is a string. */
function parseArgument(cursor: TokenCursor): Expression {
  if (cursor.isIdentifier) return { kind: 'literal', type: 'nstring', text: cursor.identifier() };
  const isNegative = cursor.take('-');
  if (!isNegative) cursor.take('+');
  const { token } = cursor;
  const isConstant =
    ['variable', 'systemVariable', 'string', 'nstring', 'number', 'binary', 'money'].includes(
      token.kind,
    ) || cursor.at('NULL', 'DEFAULT');
  if (!isConstant) throw cursor.unexpected();
  const operand = parseConstant(cursor);
  return isNegative ? { kind: 'unary', operator: '-', operand } : operand;
}

function parseConstant(cursor: TokenCursor): Expression {
  const { kind, value } = cursor.token;
  switch (kind) {
    case 'variable':
    case 'systemVariable':
      cursor.next();
      return { kind, name: value };
    default:
      // One token only: `1 + 2` is no argument, as SQL Server says.
      return parseSingle(cursor);
  }
}

function parseSingle(cursor: TokenCursor): Expression {
  const { keyword } = cursor.peek();
  const value = parseExpression(cursor);
  if (['+', '-', '*', '/', '%'].includes(keyword)) throw cursor.unexpected();
  return value;
}
