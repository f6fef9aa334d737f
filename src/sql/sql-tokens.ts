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
  /** False where the dialects would read the text differently, or something in it stays open. */
  readonly isCertain: boolean;
}

const PATTERN = new RegExp(
  [
    '(?<blank>\\s+)',
    '(?<comment>--[^\\n]*|/\\*[\\s\\S]*?\\*/)',
    "(?<string>[nN]?'(?:[^']|'')*')",
    '(?<quotedName>"(?:[^"]|"")*"|\\[(?:[^\\]]|\\]\\])*\\]|`[^`]*`)',
    '(?<parameter>[@:][\\p{L}\\p{N}_@#$]+|\\?)',
    '(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|0[xX][0-9a-fA-F]*)',
    '(?<word>[\\p{L}_#$][\\p{L}\\p{N}_@#$]*)',
    '(?<symbol>[-+*/%=<>!|&^~(),.;])',
  ].join('|'),
  'uy',
);

/** A comment that nests only for SQL Server, or may end earlier for one dialect than for another. */
const UNCERTAIN_COMMENT = /^\/\*[\s\S]*\/\*|^--.*[\r\u0085\u2028\u2029](?!$)/;

/** Firebird's `q'{…}'` and other prefixed strings hide quotes from this reading. */
const STRING_PREFIX = /^(?:Q|X|E|B|U|_\w+)$/;

/** Reads a SQL text into tokens. What cannot be read becomes a symbol of its own and makes the reading uncertain. */
export function readSqlTokens(text: string): SqlTokens {
  const tokens: SqlToken[] = [];
  let isCertain = true;
  for (let start = 0; start < text.length; ) {
    PATTERN.lastIndex = start;
    const match = PATTERN.exec(text);
    const found = match?.[0] ?? (text[start] as string);
    const end = start + found.length;
    const groups = match?.groups ?? {};
    const [kind = 'unknown'] = Object.keys(groups).filter((name) => groups[name] !== undefined);
    if (kind === 'unknown') isCertain = false;
    if (kind === 'comment' && UNCERTAIN_COMMENT.test(found)) isCertain = false;
    const previous = tokens.at(-1);
    if (kind === 'string' && previous?.end === start && STRING_PREFIX.test(previous.text)) {
      isCertain = false;
    }
    if (kind !== 'blank' && kind !== 'comment') {
      tokens.push({
        kind: kind === 'unknown' ? 'symbol' : (kind as SqlToken['kind']),
        text: kind === 'word' ? found.toUpperCase() : found,
        start,
        end,
      });
    }
    start = end;
  }
  return { tokens, isCertain };
}
