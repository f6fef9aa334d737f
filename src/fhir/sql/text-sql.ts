import { type RawBuilder, sql } from 'kysely';
import type { ColumnInfo, ColumnRef, SqlDialectName } from '../mapping/system-mapping.ts';
import { declaredType, type TextMatch } from '../search/index.ts';
import { ALWAYS, joined, NEVER } from './joined.ts';
import { foldedLetters, strokedVariantsOf, variantsOf } from './letters.ts';
import { comparable, isLongText } from './long-text.ts';
import type { RelationScope } from './relation-scope.ts';
import { plainValue, searchedValue } from './sql-parameter.ts';
import { plainRangeOfStart, rangesOfStart, type TextRange } from './text-ranges.ts';

type Sql = RawBuilder<unknown>;

/** How one letter, in all the forms that the column's order tells apart, is written in a pattern. */
type WriteLetter = (forms: readonly string[]) => string;

const escaped =
  (special: string) =>
  (letter: string): string =>
    special.includes(letter) ? `\\${letter}` : letter;

const LIKE_LETTER = escaped('\\%_[]^-');
const SIMILAR_LETTER = escaped('\\[]()|^-+*%_?{}');

const withClass =
  (write: (letter: string) => string): WriteLetter =>
  (forms) =>
    forms.length === 1 ? write(forms[0] ?? '') : `[${forms.join('')}]`;

const WRITE_LETTER: Readonly<Record<SqlDialectName, WriteLetter>> = {
  tsql: withClass(LIKE_LETTER),
  firebird: withClass(SIMILAR_LETTER),
  // GLOB knows no escape: what is special stands alone in a class.
  sqlite: withClass((letter) => ('*?['.includes(letter) ? `[${letter}]` : letter)),
};

const isNational = (column: ColumnInfo): boolean => declaredType(column).name.startsWith('n');

const isLatin1 = (letter: string): boolean => (letter.codePointAt(0) ?? 0) <= 0xff;

/**
 * Forms of a letter that a pattern must name: not those that the order holds equal anyway. Firebird's single-byte
 * character sets have the letters of Latin-1, and refuse a parameter with any other.
 */
function namedForms(
  letter: string,
  column: ColumnInfo,
  dialect: SqlDialectName,
): readonly string[] {
  if (dialect === 'sqlite') return variantsOf(letter);
  const { textOrder } = column;
  const forms =
    textOrder === 'insensitive' ? [letter, ...strokedVariantsOf(letter)] : variantsOf(letter);
  const isUnicode = dialect !== 'firebird' || isNational(column);
  const storable = isUnicode ? forms : forms.filter(isLatin1);
  if (textOrder === 'exact') return storable;
  const lower = storable.filter((form) => form === form.toLowerCase());
  return lower.length > 0 ? lower : storable;
}

/** A pattern for the letters in any of their forms; undefined when a letter has none that the column can hold. */
function patternOf(
  letters: readonly string[],
  column: ColumnInfo,
  dialect: SqlDialectName,
  match: Exclude<TextMatch, 'exact'>,
): string | undefined {
  const forms = letters.map((letter) => namedForms(letter, column, dialect));
  if (forms.some(({ length }) => length === 0)) return undefined;
  const any = dialect === 'sqlite' ? '*' : '%';
  return `${match === 'contains' ? any : ''}${forms.map(WRITE_LETTER[dialect]).join('')}${any}`;
}

/** What a text of the column's kind is declared as, for a parameter that would take the column's own length. */
function firebirdText(column: ColumnInfo, length: number): Sql {
  const isUnicode = isNational(column);
  return sql.raw(`VARCHAR(${length})${isUnicode ? ' CHARACTER SET UTF8' : ''}`);
}

/** Longer than the pattern of a hundred letters. */
const PATTERN_LENGTH = 4000;

function patternSql(text: Sql, column: ColumnInfo, dialect: SqlDialectName, pattern: string): Sql {
  const parameter = plainValue('NVarChar', pattern);
  switch (dialect) {
    case 'tsql':
      return sql`${text} LIKE ${parameter} ESCAPE '\\'`;
    case 'sqlite':
      return sql`${text} GLOB ${parameter}`;
    case 'firebird':
      return sql`${text} SIMILAR TO CAST(${parameter} AS ${firebirdText(column, PATTERN_LENGTH)}) ESCAPE '\\'`;
  }
}

function rangeSql(text: Sql, column: ColumnInfo, { low, high }: TextRange): Sql {
  const from = sql`${text} >= ${searchedValue(column, low)}`;
  if (high === undefined) return from;
  return sql`(${from} AND ${text} < ${searchedValue(column, high)})`;
}

/** Ranges for a column's index. SQL Server would convert a column of a code page to compare it with other letters. */
function indexRanges(
  letters: readonly string[],
  column: ColumnInfo,
  dialect: SqlDialectName,
): readonly TextRange[] {
  const { textOrder } = column;
  if (isNational(column) || dialect === 'sqlite') return rangesOfStart(letters, textOrder);
  if (dialect === 'firebird') {
    return rangesOfStart(letters, textOrder).filter(({ low }) => Array.from(low).every(isLatin1));
  }
  if (textOrder === 'exact') return rangesOfStart(letters, textOrder);
  const range = plainRangeOfStart(letters);
  return range ? [range] : [];
}

/** Ranges that an index can answer; the engine of the demo makes them itself out of a pattern's first letter. */
function rangesSql(
  text: Sql,
  letters: readonly string[],
  column: ColumnInfo,
  dialect: SqlDialectName,
): Sql[] {
  // No index has a long text.
  if (dialect === 'tsql' && (column.textOrder === 'nocase' || isLongText(column))) return [];
  const ranges = indexRanges(letters, column, dialect);
  if (ranges.length === 0) return [];
  return [
    joined(
      ranges.map((range) => rangeSql(text, column, range)),
      'OR',
    ),
  ];
}

const NO_LENGTH = 8191;

/** The texts are the same letter by letter, after a comparison that an index can answer. */
function exactSql(text: Sql, column: ColumnInfo, dialect: SqlDialectName, value: string): Sql {
  const parameter = (): Sql => searchedValue(column, value);
  const equal = sql`${text} = ${parameter()}`;
  if (column.textOrder === 'exact') return equal;
  switch (dialect) {
    case 'tsql':
      return sql`(${equal} AND ${text} COLLATE Latin1_General_BIN2 = ${parameter()})`;
    case 'sqlite':
      return sql`(${equal} AND ${text} = ${parameter()} COLLATE BINARY)`;
    case 'firebird': {
      const length = declaredType(column).size ?? NO_LENGTH;
      const octets = sql.raw(`VARCHAR(${Math.min(4 * length, 32_765)}) CHARACTER SET OCTETS`);
      const own = sql`CAST(TRIM(TRAILING FROM ${text}) AS ${octets})`;
      const other = sql`CAST(CAST(${parameter()} AS ${firebirdText(column, length)}) AS ${octets})`;
      return sql`(${equal} AND ${own} = ${other})`;
    }
  }
}

/** A text's comparison with a column: for an index to find the rows, and exact. */
export function textSql(
  scope: RelationScope,
  filter: { readonly column: ColumnRef; readonly match: TextMatch; readonly text: string },
): Sql {
  const { column } = filter.column;
  const { dialect } = scope.context;
  const { size } = declaredType(column);
  const letters = filter.match === 'exact' ? Array.from(filter.text) : foldedLetters(filter.text);
  if (size !== undefined && letters.length > size) return NEVER;
  const text = comparable(scope.column(filter.column), column, dialect);
  if (filter.match === 'exact') return exactSql(text, column, dialect, filter.text);
  if (letters.length === 0) return filter.column.isNullable ? sql`${text} IS NOT NULL` : ALWAYS;
  const pattern = patternOf(letters, column, dialect, filter.match);
  if (pattern === undefined) return NEVER;
  const ranges = filter.match === 'startsWith' ? rangesSql(text, letters, column, dialect) : [];
  return joined([...ranges, patternSql(text, column, dialect, pattern)], 'AND');
}
