import { refused } from './errors.ts';

interface Token {
  readonly kind: 'word' | 'name' | 'position' | 'semicolon' | 'other';
  /** A word in upper case, else the token as written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** One statement with `?` where the command's text has parameters. */
export interface Statement {
  readonly text: string;
  /** For every `?`: the name written there (with its `@`), or its number from 0 among all `?` of the command. */
  readonly placeholders: readonly (string | number)[];
}

const PATTERN =
  /(?<blank>\s+)|(?<quoted>[qQ]'[^\s]|['"]|--|\/\*)|(?<name>@[\p{L}\p{N}_@#$]+)|(?<position>\?)|(?<semicolon>;)|(?<word>[\p{L}_$][\p{L}\p{N}_$]*)|(?<number>\d[\w.]*)|(?<other>[^])/uy;

const KINDS = ['word', 'name', 'position', 'semicolon'] as const;

const BRACKETS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** Where what begins with this mark ends; the end of the text when it stays open, which the database refuses. */
function endOfQuoted(text: string, start: number, mark: string): number {
  const closing =
    mark === '--'
      ? '\n'
      : mark === '/*'
        ? '*/'
        : mark.length === 3
          ? `${BRACKETS[mark[2] ?? ''] ?? mark[2]}'`
          : mark;
  let close = text.indexOf(closing, start + mark.length);
  if (mark.length > 1) return close < 0 ? text.length : close + closing.length;
  // A quote that is written twice stands for itself.
  while (close >= 0 && text[close + 1] === mark) close = text.indexOf(mark, close + 2);
  return close < 0 ? text.length : close + closing.length;
}

/** Tokens outside strings, quoted names and comments; strings and quoted names count as `other`. */
function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < text.length; ) {
    PATTERN.lastIndex = start;
    const { 0: found = '', groups = {} } = PATTERN.exec(text) ?? {};
    const isQuoted = groups['quoted'] !== undefined;
    const end = isQuoted ? endOfQuoted(text, start, found) : start + found.length;
    const isComment = found === '--' || found === '/*';
    if (groups['blank'] === undefined && !isComment) {
      const kind = KINDS.find((name) => groups[name] !== undefined) ?? 'other';
      tokens.push({ kind, text: kind === 'word' ? found.toUpperCase() : found, start, end });
    }
    start = end;
  }
  return tokens;
}

const WITH_BODY = new Set(['PROCEDURE', 'FUNCTION', 'TRIGGER', 'PACKAGE']);

/** Whether the statement's own text may hold semicolons: it has a body in Firebird's procedure language. */
function hasBody(tokens: readonly Token[]): boolean {
  const [first, ...next] = tokens.slice(0, 5).map(({ text }) => text);
  if (first === 'EXECUTE') return next[0] === 'BLOCK';
  if (first !== 'CREATE' && first !== 'ALTER' && first !== 'RECREATE') return false;
  return next.some((word) => WITH_BODY.has(word));
}

/** Cuts tokens at the semicolons that end a statement. */
function cutStatements(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [[]];
  let depth = 0;
  let hasBegun = false;
  for (const token of tokens) {
    const current = statements.at(-1) as Token[];
    if (token.kind === 'word' && (token.text === 'BEGIN' || token.text === 'CASE')) {
      depth += 1;
      hasBegun ||= token.text === 'BEGIN';
    }
    if (token.kind === 'word' && token.text === 'END') depth -= 1;
    const isInside = hasBody(current) && (depth > 0 || !hasBegun);
    if (token.kind === 'semicolon' && !isInside) {
      statements.push([]);
      depth = 0;
      hasBegun = false;
    } else {
      current.push(token);
    }
  }
  return statements.filter((statement) => statement.length > 0);
}

/**
 * The statements of a command's text, in order, each with the named parameters turned into `?`.
 *
 * @throws SqlError when the text names parameters and numbers them too
 */
export function splitStatements(text: string): Statement[] {
  const tokens = readTokens(text);
  const isNamed = tokens.some(({ kind }) => kind === 'name');
  if (isNamed && tokens.some(({ kind }) => kind === 'position')) {
    throw refused('The text has both ? and named parameters. Use one kind.');
  }
  let positions = 0;
  return cutStatements(tokens).map((statement) => {
    const placeholders: (string | number)[] = [];
    let rewritten = '';
    let from = statement[0]?.start ?? 0;
    for (const token of statement) {
      if (token.kind === 'position') placeholders.push(positions++);
      if (token.kind !== 'name') continue;
      placeholders.push(token.text);
      rewritten += `${text.slice(from, token.start)}?`;
      from = token.end;
    }
    return { text: rewritten + text.slice(from, statement.at(-1)?.end), placeholders };
  });
}
