import { sqlServerError } from '../errors.ts';

export type TokenKind =
  | 'word'
  | 'quoted'
  | 'string'
  | 'nstring'
  | 'number'
  | 'money'
  | 'binary'
  | 'variable'
  | 'systemVariable'
  | 'operator'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written, for messages. */
  readonly text: string;
  /** Unquoted content; for words, operators and variables the text itself. */
  readonly value: string;
  /** Upper case for words and operators, empty otherwise: what the grammar compares with. */
  readonly keyword: string;
  readonly start: number;
}

const WORD = /[\p{L}_#][\p{L}\p{N}_#$@]*/uy;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const BINARY = /0[xX][0-9a-fA-F]*/y;
const VARIABLE = /@@?[\p{L}\p{N}_#$@]+/uy;
const MONEY = /[$£€]\d*(?:\.\d*)?/y;
const OPERATOR = /<=|>=|<>|!=|!<|!>|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|::|[-+*/%&|^~<>=(),.;:?\\{}!]/y;
const WORD_START = /[\p{L}_]/u;
const BLANK = /[\s\u00a0\ufeff]+/y;

function matchAt(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
}

/** The end of a comment that nests, as T-SQL's do. */
function skipBlockComment(text: string, from: number): number {
  let depth = 1;
  let position = from + 2;
  while (depth > 0) {
    if (position >= text.length) throw sqlServerError(113);
    if (text.startsWith('/*', position)) {
      depth += 1;
      position += 2;
    } else if (text.startsWith('*/', position)) {
      depth -= 1;
      position += 2;
    } else position += 1;
  }
  return position;
}

function skipBlanks(text: string, from: number): number {
  let position = from;
  for (;;) {
    const blank = matchAt(BLANK, text, position);
    if (blank !== undefined) position += blank.length;
    else if (text.startsWith('--', position)) {
      const end = text.indexOf('\n', position);
      position = end < 0 ? text.length : end;
    } else if (text.startsWith('/*', position)) position = skipBlockComment(text, position);
    else return position;
  }
}

/** Reads up to the closing quote; a doubled one stands for itself. */
function readQuoted(text: string, from: number, close: string): { value: string; end: number } {
  let value = '';
  let position = from;
  for (;;) {
    const end = text.indexOf(close, position);
    if (end < 0) throw sqlServerError(105, text.slice(from));
    value += text.slice(position, end);
    if (text[end + 1] !== close) return { value, end: end + 1 };
    value += close;
    position = end + 2;
  }
}

function quotedToken(text: string, start: number): Token | undefined {
  const first = text[start] ?? '';
  const isNational = (first === 'N' || first === 'n') && text[start + 1] === "'";
  if (!isNational && first !== "'" && first !== '[' && first !== '"') return undefined;
  const open = isNational ? start + 2 : start + 1;
  const { value, end } = readQuoted(text, open, first === '[' ? ']' : first === '"' ? '"' : "'");
  const kind = isNational ? 'nstring' : first === "'" ? 'string' : 'quoted';
  if (kind === 'quoted' && value === '') throw sqlServerError(1038);
  if (kind === 'quoted' && /[\ue000\0]/.test(value)) throw sqlServerError(102, value);
  // Error messages name the content of a literal, not its quotes.
  return { kind, text: end > start ? value : '', value, keyword: '', start };
}

const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['binary', BINARY],
  ['number', NUMBER],
  ['word', WORD],
  ['variable', VARIABLE],
  ['money', MONEY],
  ['operator', OPERATOR],
];

function plainToken(text: string, start: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    const found = matchAt(pattern, text, start);
    if (found === undefined) continue;
    if (kind === 'money' && WORD_START.test(text[start + found.length] ?? '')) {
      throw sqlServerError(126, text.slice(start).match(/^.[\p{L}\p{N}_]*/u)?.[0] ?? found);
    }
    const isKeyword = kind === 'word' || kind === 'operator';
    return {
      kind: kind === 'variable' && found.startsWith('@@') ? 'systemVariable' : kind,
      text: found,
      value: found,
      keyword: isKeyword ? found.toUpperCase() : '',
      start,
    };
  }
  throw sqlServerError(102, String.fromCodePoint(text.codePointAt(start) ?? 0));
}

/** The tokens of a batch and their ends in the text (to cut out statements), closed by one `end` token. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = skipBlanks(text, 0);
  while (position < text.length) {
    const quoted = quotedToken(text, position);
    if (quoted !== undefined) {
      tokens.push(quoted);
      position = endOfQuoted(text, position);
    } else {
      const token = plainToken(text, position);
      tokens.push(token);
      position += token.text.length;
    }
    position = skipBlanks(text, position);
  }
  tokens.push({ kind: 'end', text: '', value: '', keyword: '', start: text.length });
  return tokens;
}

function endOfQuoted(text: string, start: number): number {
  const first = text[start] ?? '';
  const open = text[start + 1] === "'" && (first === 'N' || first === 'n') ? start + 2 : start + 1;
  return readQuoted(text, open, first === '[' ? ']' : first === '"' ? '"' : "'").end;
}
