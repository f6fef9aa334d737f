import { SqlError } from '../../../sql-error.ts';
import { readSqlTokens, type SqlToken } from '../../../sql-tokens.ts';

/** One statement of a batch: its text and its tokens. */
export interface Statement {
  readonly text: string;
  readonly tokens: readonly SqlToken[];
}

function isTrigger(tokens: readonly SqlToken[]): boolean {
  const words = tokens.slice(0, 3).map((token) => token.text);
  return words[0] === 'CREATE' && words.slice(1).includes('TRIGGER');
}

/** Cuts a batch at its semicolons; those inside a trigger's body stay. @throws SqlError when it cannot be read */
export function splitStatements(text: string): Statement[] {
  const statements: Statement[] = [];
  let tokens: SqlToken[] = [];
  const cut = (end: number): void => {
    const [first] = tokens;
    if (first) statements.push({ text: text.slice(first.start, end), tokens });
    tokens = [];
  };
  const { tokens: all, isWhole } = readSqlTokens(text);
  if (!isWhole) throw new SqlError('statement', 'mssql', 50_001, 'unrecognized token');
  for (const token of all) {
    const endsHere = token.text === ';' && (!isTrigger(tokens) || tokens.at(-1)?.text === 'END');
    if (endsHere) cut(token.start);
    else tokens.push(token);
  }
  cut(text.length);
  return statements;
}
