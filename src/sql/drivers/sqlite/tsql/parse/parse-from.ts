import { sqlServerError, unsupported } from '../errors.ts';
import type { JoinType, TableSource } from './ast.ts';
import type { TokenCursor } from './cursor.ts';
import { parseCondition } from './parse-expression.ts';

/** A table source with the joins that follow it. */
export function parseFrom(cursor: TokenCursor): TableSource {
  let left = parseSource(cursor);
  for (;;) {
    const type = parseJoinType(cursor);
    if (type === undefined) return left;
    if (type === 'CROSS') {
      left = { kind: 'join', type, left, right: parseSource(cursor) };
      continue;
    }
    // `a JOIN b JOIN c ON … ON …`: the right side takes the joins whose ON comes before ours.
    const right = cursor.nested(() => parseJoinOperand(cursor));
    cursor.expect('ON');
    left = { kind: 'join', type, left, right, on: parseCondition(cursor) };
  }
}

function parseJoinOperand(cursor: TokenCursor): TableSource {
  let operand = parseSource(cursor);
  while (!cursor.at('ON')) {
    const type = parseJoinType(cursor);
    if (type === undefined) break;
    const right = type === 'CROSS' ? parseSource(cursor) : parseJoinOperand(cursor);
    if (type === 'CROSS') operand = { kind: 'join', type, left: operand, right };
    else {
      cursor.expect('ON');
      operand = { kind: 'join', type, left: operand, right, on: parseCondition(cursor) };
    }
  }
  return operand;
}

function parseJoinType(cursor: TokenCursor): JoinType | undefined {
  if (cursor.at('CROSS', 'OUTER') && cursor.peek().keyword === 'APPLY') {
    throw unsupported(`${cursor.token.keyword} APPLY`);
  }
  if (cursor.at('PIVOT', 'UNPIVOT')) throw unsupported(cursor.token.keyword);
  if (cursor.take('JOIN')) return 'INNER';
  if (cursor.takeAll('CROSS', 'JOIN')) return 'CROSS';
  const type = (['INNER', 'LEFT', 'RIGHT', 'FULL'] as const).find((word) => cursor.at(word));
  if (type === undefined) return undefined;
  cursor.next();
  if (type !== 'INNER') cursor.take('OUTER');
  cursor.take('LOOP', 'HASH', 'MERGE', 'REMOTE');
  cursor.expect('JOIN');
  return type;
}

function parseSource(cursor: TokenCursor): TableSource {
  if (cursor.at('(')) return parseBracketed(cursor);
  if (cursor.token.kind === 'variable') throw unsupported('table variables');
  const name = cursor.multiPartName();
  if (name.length > 3) throw unsupported('four-part names');
  if (cursor.at('(') && !isTableHint(cursor)) {
    throw unsupported(`the table-valued function ${name.join('.')}`);
  }
  parseTableHints(cursor);
  const alias = parseTableAlias(cursor);
  parseTableHints(cursor);
  return { kind: 'table', name, alias };
}

function parseBracketed(cursor: TokenCursor): TableSource {
  if (!isQueryAhead(cursor)) return cursor.parenthesised(() => parseFrom(cursor));
  const query = cursor.parenthesised(() => cursor.query());
  const alias = parseTableAlias(cursor);
  if (alias === undefined) throw cursor.unexpected();
  const columns = cursor.at('(')
    ? cursor.parenthesised(() => cursor.list(() => cursor.identifier()))
    : undefined;
  return { kind: 'derived', query, alias, columns };
}

function isQueryAhead(cursor: TokenCursor): boolean {
  let ahead = 0;
  while (cursor.peek(ahead).keyword === '(') ahead += 1;
  return ['SELECT', 'WITH', 'VALUES'].includes(cursor.peek(ahead).keyword);
}

const NOT_ALIASES = new Set(['OFFSET', 'OUTPUT', 'APPLY', 'GO', 'THROW']);

function parseTableAlias(cursor: TokenCursor): string | undefined {
  if (cursor.take('AS')) return cursor.identifier();
  return cursor.isIdentifier && !NOT_ALIASES.has(cursor.token.keyword)
    ? cursor.identifier()
    : undefined;
}

const HINTS: ReadonlySet<string> = new Set(
  `NOLOCK READUNCOMMITTED READCOMMITTED READCOMMITTEDLOCK READPAST REPEATABLEREAD SERIALIZABLE HOLDLOCK
ROWLOCK PAGLOCK TABLOCK TABLOCKX UPDLOCK XLOCK NOWAIT FORCESEEK FORCESCAN SNAPSHOT NOEXPAND INDEX
KEEPIDENTITY KEEPDEFAULTS IGNORE_CONSTRAINTS`.split(/\s+/),
);

function isTableHint(cursor: TokenCursor): boolean {
  return cursor.at('(') && HINTS.has(cursor.peek().keyword);
}

/** `WITH (NOLOCK)` and the old `(NOLOCK)`: locking and plan hints, which change no result. */
export function parseTableHints(cursor: TokenCursor): void {
  if (cursor.at('WITH') && cursor.peek().keyword === '(') cursor.next();
  else if (!isTableHint(cursor)) return;
  cursor.parenthesised(() => {
    do {
      const hint = cursor.next();
      if (!HINTS.has(hint.keyword)) throw sqlServerError(102, hint.text);
      if (cursor.at('(')) skipParenthesised(cursor);
      else if (cursor.take('=')) cursor.next();
      cursor.take(',');
    } while (!cursor.at(')'));
  });
}

function skipParenthesised(cursor: TokenCursor): void {
  cursor.parenthesised(() => {
    while (!cursor.at(')') && cursor.token.kind !== 'end') cursor.next();
  });
}
