import { sqlServerError, unsupported } from '../errors.ts';
import type { CommonTable, ProcedureDefinition, ProcedureParameter, Statement } from './ast.ts';
import { TokenCursor } from './cursor.ts';
import { tokenize } from './lexer.ts';
import { parseCreateTable, parseDropTable, parseProcedureParameters } from './parse-definition.ts';
import {
  parseDelete,
  parseExecute,
  parseInsert,
  parseProcedureCall,
  parseUpdate,
} from './parse-dml.ts';
import { parseCondition, parseExpression } from './parse-expression.ts';
import { parseCommonTables, parseQuery, parseQueryAfterWith } from './parse-query.ts';
import { parseSet } from './parse-set.ts';
import { parseType } from './parse-type.ts';

/** A batch's statements. Nothing runs when any of them is malformed. */
export function parseBatch(text: string): Statement[] {
  const cursor = new TokenCursor(tokenize(text), parseQuery);
  const statements: Statement[] = [];
  skipSemicolons(cursor);
  // Only the first statement of a batch may call a procedure by its bare name.
  if (cursor.isIdentifier && !cursor.at('THROW', 'GO')) {
    statements.push(parseProcedureCall(cursor, undefined));
    skipSemicolons(cursor);
  }
  while (cursor.token.kind !== 'end') {
    statements.push(parseStatement(cursor));
    skipSemicolons(cursor);
  }
  return statements;
}

/** The text of a CREATE PROCEDURE. */
export function parseProcedure(text: string): ProcedureDefinition {
  const cursor = new TokenCursor(tokenize(text), parseQuery);
  cursor.expect('CREATE');
  if (cursor.takeAll('OR', 'ALTER')) cursor.take('');
  if (!cursor.take('PROCEDURE')) cursor.expect('PROC');
  const name = cursor.multiPartName();
  const parameters = parseProcedureParameters(cursor);
  if (cursor.take('WITH')) {
    cursor.list(() => (cursor.take('EXECUTE') ? cursor.takeAll('AS', 'OWNER') : cursor.next()));
  }
  cursor.expect('AS');
  const body: Statement[] = [];
  skipSemicolons(cursor);
  while (cursor.token.kind !== 'end') {
    body.push(parseStatement(cursor));
    skipSemicolons(cursor);
  }
  return { name, parameters, body };
}

function skipSemicolons(cursor: TokenCursor): void {
  while (cursor.take(';'));
}

type Rule = (cursor: TokenCursor) => Statement;

const RULES: Readonly<Record<string, Rule>> = {
  SELECT: parseSelectStatement,
  '(': parseSelectStatement,
  WITH: parseWith,
  INSERT: (cursor) => parseInsert(cursor, []),
  UPDATE: (cursor) => parseUpdate(cursor, []),
  DELETE: (cursor) => parseDelete(cursor, []),
  TRUNCATE: parseTruncate,
  DECLARE: parseDeclare,
  SET: parseSet,
  IF: parseIf,
  WHILE: parseWhile,
  BEGIN: parseBegin,
  COMMIT: parseTransactionEnd,
  ROLLBACK: parseTransactionEnd,
  EXEC: parseExecute,
  EXECUTE: parseExecute,
  PRINT: parsePrint,
  RETURN: parseReturn,
  RAISERROR: parseRaiseError,
  THROW: parseThrow,
  USE: parseUse,
  CREATE: parseCreate,
  DROP: parseDrop,
  WAITFOR: parseWaitFor,
  BREAK: (cursor) => parseWord(cursor, 'break'),
  CONTINUE: (cursor) => parseWord(cursor, 'continue'),
};

const UNSUPPORTED_STATEMENTS: ReadonlySet<string> = new Set(
  `MERGE ALTER GRANT REVOKE DENY BACKUP RESTORE DBCC GOTO OPEN CLOSE FETCH DEALLOCATE SAVE KILL BULK
CHECKPOINT RECONFIGURE SHUTDOWN REVERT READTEXT WRITETEXT UPDATETEXT`.split(/\s+/),
);

function parseStatement(cursor: TokenCursor): Statement {
  const { keyword } = cursor.token;
  const rule = RULES[keyword];
  if (rule !== undefined) return cursor.nested(() => rule(cursor));
  if (UNSUPPORTED_STATEMENTS.has(keyword)) throw unsupported(keyword);
  throw cursor.unexpected();
}

function parseSelectStatement(cursor: TokenCursor): Statement {
  return { kind: 'query', query: parseQueryAfterWith(cursor, []) };
}

function parseWith(cursor: TokenCursor): Statement {
  const commonTables: readonly CommonTable[] = parseCommonTables(cursor);
  if (cursor.at('INSERT')) return parseInsert(cursor, commonTables);
  if (cursor.at('UPDATE')) return parseUpdate(cursor, commonTables);
  if (cursor.at('DELETE')) return parseDelete(cursor, commonTables);
  if (cursor.at('MERGE')) throw unsupported('MERGE');
  return { kind: 'query', query: parseQueryAfterWith(cursor, commonTables) };
}

function parseTruncate(cursor: TokenCursor): Statement {
  cursor.next();
  cursor.expect('TABLE');
  return { kind: 'truncate', table: cursor.multiPartName() };
}

function parseDeclare(cursor: TokenCursor): Statement {
  cursor.next();
  const variables = cursor.list(() => {
    if (cursor.isIdentifier) throw unsupported('cursors');
    const name = cursor.variable();
    cursor.take('AS');
    if (cursor.at('TABLE')) throw unsupported('table variables');
    if (cursor.at('CURSOR')) throw unsupported('cursors');
    const type = parseType(cursor);
    return { name, type, value: cursor.take('=') ? parseExpression(cursor) : undefined };
  });
  return { kind: 'declare', variables };
}

function parseIf(cursor: TokenCursor): Statement {
  cursor.next();
  const condition = parseCondition(cursor);
  skipNothing(cursor);
  const consequent = parseStatement(cursor);
  // One semicolon may end the first branch before ELSE.
  if (cursor.at(';') && cursor.peek().keyword === 'ELSE') cursor.next();
  const otherwise = cursor.take('ELSE') ? parseStatement(cursor) : undefined;
  return { kind: 'if', condition, consequent, otherwise };
}

function skipNothing(cursor: TokenCursor): void {
  if (cursor.at(';')) throw sqlServerError(102, ';');
}

function parseWhile(cursor: TokenCursor): Statement {
  cursor.next();
  const condition = parseCondition(cursor);
  return { kind: 'while', condition, body: parseStatement(cursor) };
}

function parseBegin(cursor: TokenCursor): Statement {
  cursor.next();
  if (cursor.take('TRAN', 'TRANSACTION')) {
    takeTransactionName(cursor);
    return { kind: 'transaction', action: 'begin' };
  }
  if (cursor.at('DISTRIBUTED')) throw unsupported('distributed transactions');
  if (cursor.take('TRY')) {
    const body = parseBlock(cursor);
    cursor.expect('TRY');
    skipSemicolons(cursor);
    cursor.expect('BEGIN');
    cursor.expect('CATCH');
    const handler = parseBlock(cursor);
    cursor.expect('CATCH');
    return { kind: 'tryCatch', body, handler };
  }
  const statements = parseBlock(cursor);
  if (statements.length === 0) throw cursor.unexpected();
  return { kind: 'block', statements };
}

function parseBlock(cursor: TokenCursor): Statement[] {
  const statements: Statement[] = [];
  skipSemicolons(cursor);
  while (!cursor.at('END')) {
    statements.push(parseStatement(cursor));
    skipSemicolons(cursor);
  }
  cursor.next();
  return statements;
}

function takeTransactionName(cursor: TokenCursor): void {
  if (cursor.isIdentifier || cursor.token.kind === 'variable') cursor.next();
}

function parseTransactionEnd(cursor: TokenCursor): Statement {
  const action = cursor.next().keyword === 'COMMIT' ? 'commit' : 'rollback';
  if (cursor.take('TRAN', 'TRANSACTION')) takeTransactionName(cursor);
  else cursor.take('WORK');
  return { kind: 'transaction', action };
}

function parsePrint(cursor: TokenCursor): Statement {
  cursor.next();
  return { kind: 'print', value: parseExpression(cursor) };
}

function parseReturn(cursor: TokenCursor): Statement {
  cursor.next();
  const startsValue =
    !['word', 'end'].includes(cursor.token.kind) ||
    (cursor.token.kind === 'word' &&
      (cursor.isIdentifier || cursor.at('CASE', 'NULL', 'COALESCE')));
  const hasValue = startsValue && !cursor.at(';', ')');
  return { kind: 'return', value: hasValue ? parseExpression(cursor) : undefined };
}

function parseRaiseError(cursor: TokenCursor): Statement {
  cursor.next();
  const args = cursor.parenthesised(() => cursor.list(() => parseExpression(cursor)));
  if (cursor.take('WITH')) cursor.list(() => cursor.next());
  return { kind: 'raiseError', args };
}

function parseThrow(cursor: TokenCursor): Statement {
  cursor.next();
  const hasArguments = ['number', 'variable'].includes(cursor.token.kind);
  return { kind: 'throw', args: hasArguments ? cursor.list(() => parseExpression(cursor)) : [] };
}

function parseUse(cursor: TokenCursor): Statement {
  cursor.next();
  return { kind: 'use', catalogue: cursor.identifier() };
}

function parseCreate(cursor: TokenCursor): Statement {
  cursor.next();
  if (cursor.take('TABLE')) return parseCreateTable(cursor);
  throw unsupported(`CREATE ${cursor.token.text}`);
}

function parseDrop(cursor: TokenCursor): Statement {
  cursor.next();
  if (cursor.take('TABLE')) return parseDropTable(cursor);
  throw unsupported(`DROP ${cursor.token.text}`);
}

function parseWaitFor(cursor: TokenCursor): Statement {
  cursor.next();
  if (!cursor.take('DELAY')) throw unsupported(`WAITFOR ${cursor.token.text}`);
  return { kind: 'waitForDelay', delay: parseExpression(cursor) };
}

function parseWord(cursor: TokenCursor, kind: 'break' | 'continue'): Statement {
  cursor.next();
  return { kind };
}

/** The parameter declarations that sp_executesql takes as text. */
export function parseParameterList(text: string): ProcedureParameter[] {
  const cursor = new TokenCursor(tokenize(text), parseQuery);
  const parameters = parseProcedureParameters(cursor);
  if (cursor.token.kind !== 'end') throw cursor.unexpected();
  return parameters;
}
