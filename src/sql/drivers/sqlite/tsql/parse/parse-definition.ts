import { unsupported } from '../errors.ts';
import type {
  ColumnDefinition,
  Expression,
  ProcedureParameter,
  Statement,
  TableKey,
} from './ast.ts';
import type { TokenCursor } from './cursor.ts';
import { parseExpression } from './parse-expression.ts';
import { parseType } from './parse-type.ts';

export function parseCreateTable(cursor: TokenCursor): Statement {
  const name = cursor.multiPartName();
  const columns: ColumnDefinition[] = [];
  const keys: TableKey[] = [];
  cursor.parenthesised(() => {
    do {
      const key = parseTableKey(cursor);
      if (key === undefined) columns.push(parseColumn(cursor));
      else keys.push(key);
    } while (cursor.take(',') && !cursor.at(')'));
  });
  if (cursor.take('ON')) cursor.identifier();
  return { kind: 'createTable', name, columns, keys };
}

function parseTableKey(cursor: TokenCursor): TableKey | undefined {
  const isNamed = cursor.take('CONSTRAINT');
  const name = isNamed ? cursor.identifier() : undefined;
  if (!isNamed && !cursor.at('PRIMARY', 'UNIQUE', 'FOREIGN', 'CHECK')) return undefined;
  const kind = parseKeyKind(cursor);
  const columns = cursor.parenthesised(() =>
    cursor.list(() => {
      const column = cursor.identifier();
      if (!cursor.take('ASC')) cursor.take('DESC');
      return column;
    }),
  );
  return { name, kind, columns };
}

function parseKeyKind(cursor: TokenCursor): 'PRIMARY KEY' | 'UNIQUE' {
  if (cursor.at('FOREIGN', 'REFERENCES', 'CHECK')) {
    throw unsupported(`${cursor.token.keyword} constraints in CREATE TABLE`);
  }
  const kind = cursor.take('UNIQUE') ? 'UNIQUE' : 'PRIMARY KEY';
  if (kind === 'PRIMARY KEY') {
    cursor.expect('PRIMARY');
    cursor.expect('KEY');
  }
  cursor.take('CLUSTERED', 'NONCLUSTERED');
  return kind;
}

type ColumnDraft = { -readonly [Key in keyof ColumnDefinition]: ColumnDefinition[Key] };

function parseColumn(cursor: TokenCursor): ColumnDefinition {
  const name = cursor.identifier();
  if (cursor.at('AS')) throw unsupported('computed columns');
  const column: ColumnDraft = {
    name,
    type: parseType(cursor),
    isNullable: true,
    isIdentity: false,
    isPrimaryKey: false,
    isUnique: false,
  };
  while (!cursor.at(',', ')')) parseColumnOption(cursor, column);
  return column;
}

function parseColumnOption(cursor: TokenCursor, column: ColumnDraft): void {
  if (cursor.takeAll('NOT', 'NULL')) column.isNullable = false;
  else if (cursor.take('NULL')) column.isNullable = true;
  else if (cursor.take('COLLATE')) cursor.identifier();
  else if (cursor.take('IDENTITY')) {
    column.isIdentity = true;
    column.isNullable = false;
    if (cursor.at('(')) parseIdentitySeed(cursor);
  } else if (cursor.take('DEFAULT')) column.defaultValue = parseExpression(cursor);
  else if (cursor.take('CONSTRAINT')) column.constraintName = cursor.identifier();
  else if (cursor.at('PRIMARY', 'UNIQUE', 'REFERENCES', 'CHECK', 'FOREIGN')) {
    const isPrimary = parseKeyKind(cursor) === 'PRIMARY KEY';
    column.isPrimaryKey ||= isPrimary;
    column.isUnique ||= !isPrimary;
    if (isPrimary) column.isNullable = false;
  } else throw cursor.unexpected();
}

function parseIdentitySeed(cursor: TokenCursor): void {
  const [seed, increment] = cursor.parenthesised(() =>
    cursor.list(() => {
      if (cursor.token.kind !== 'number') throw cursor.unexpected();
      return cursor.next().value;
    }),
  );
  if (seed !== '1' || increment !== '1') throw unsupported('IDENTITY other than (1,1)');
}

export function parseDropTable(cursor: TokenCursor): Statement {
  const ifExists = cursor.takeAll('IF', 'EXISTS');
  return { kind: 'dropTable', names: cursor.list(() => cursor.multiPartName()), ifExists };
}

/** `@p type [= default] [OUTPUT], …`, with or without parentheres around. */
export function parseProcedureParameters(cursor: TokenCursor): ProcedureParameter[] {
  const read = (): ProcedureParameter[] =>
    cursor.token.kind === 'variable'
      ? cursor.list(() => {
          const name = cursor.variable();
          cursor.take('AS');
          const type = parseType(cursor);
          cursor.take('NULL');
          const defaultValue = cursor.take('=') ? parseDefault(cursor) : undefined;
          const isOutput = cursor.take('OUTPUT', 'OUT');
          cursor.take('READONLY');
          return { name, type, defaultValue, isOutput };
        })
      : [];
  return cursor.at('(') ? cursor.parenthesised(read) : read();
}

function parseDefault(cursor: TokenCursor): Expression {
  return cursor.isIdentifier
    ? { kind: 'literal', type: 'nstring', text: cursor.identifier() }
    : parseExpression(cursor);
}
