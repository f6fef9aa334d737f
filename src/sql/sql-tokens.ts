/** One token of a SQL text, as far as T-SQL, Firebird and SQLite agree on it. */
export interface SqlToken {
  readonly kind: 'word' | 'quotedName' | 'string' | 'number' | 'parameter' | 'symbol';
  /** A word in upper case, else the token as written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The tokens of a text, without comments and white space. */
export interface SqlTokens {
  readonly tokens: readonly SqlToken[];
  /** False where the dialects would read the text differently, or where it was not read to its end. */
  readonly isCertain: boolean;
  /** False when the reading ended early: at an open quote or comment, or a character that no dialect knows. */
  readonly isWhole: boolean;
}

/** Tokens, and the openings of those that reach to a closing mark. */
const PATTERN = new RegExp(
  [
    '(?<blank>\\s+)',
    '(?<comment>--[^\\n]*|/\\*)',
    "(?<string>[nN]?')",
    '(?<quotedName>["[`])',
    '(?<parameter>[@:][\\p{L}\\p{N}_@#$]+|\\?)',
    '(?<number>0[xX][0-9a-fA-F]*|(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)',
    '(?<word>[\\p{L}_#$][\\p{L}\\p{N}_@#$]*)',
    '(?<symbol>[-+*/%=<>!|&^~(),.;])',
  ].join('|'),
  'uy',
);

const KINDS = ['word', 'symbol', 'string', 'number', 'quotedName', 'parameter'] as const;

const CLOSING: Readonly<Record<string, string>> = { "'": "'", '"': '"', '`': '`', '[': ']' };

/** A comment that nests only for SQL Server, or may end earlier for one dialect than for another. */
const UNCERTAIN_COMMENT = /^\/\*[\s\S]*\/\*|^--.*[\r\u0085\u2028\u2029](?!$)/;

/** Firebird's `q'{…}'` and other prefixed strings hide quotes from this reading. */
const STRING_PREFIX = /^(?:Q|X|E|B|U|_\w+)$/;

/** Where the token with this opening ends, or -1 when it stays open. A doubled closing mark stands for itself. */
function endOf(text: string, start: number, opening: string): number {
  const from = start + opening.length;
  if (opening === '/*') {
    const close = text.indexOf('*/', from);
    return close < 0 ? -1 : close + 2;
  }
  const mark = CLOSING[opening.at(-1) ?? ''];
  if (mark === undefined || opening.startsWith('--')) return from;
  let close = text.indexOf(mark, from);
  while (close >= 0 && text[close + 1] === mark) close = text.indexOf(mark, close + 2);
  return close < 0 ? -1 : close + 1;
}

/** Reads a SQL text into tokens, up to the first place that is no token. */
export function readSqlTokens(text: string): SqlTokens {
  const tokens: SqlToken[] = [];
  let isCertain = true;
  for (let start = 0; start < text.length; ) {
    PATTERN.lastIndex = start;
    const { 0: opening = '', groups = {} } = PATTERN.exec(text) ?? {};
    const end = opening === '' ? -1 : endOf(text, start, opening);
    if (end < 0) return { tokens, isCertain: false, isWhole: false };
    const found = text.slice(start, end);
    const kind = KINDS.find((name) => groups[name] !== undefined);
    if (groups['comment'] !== undefined && UNCERTAIN_COMMENT.test(found)) isCertain = false;
    if (kind) {
      const previous = tokens.at(-1);
      const isPrefixed = kind === 'string' && previous?.end === start;
      if (isPrefixed && STRING_PREFIX.test(previous.text)) isCertain = false;
      tokens.push({ kind, text: kind === 'word' ? found.toUpperCase() : found, start, end });
    }
    start = end;
  }
  return { tokens, isCertain, isWhole: true };
}
