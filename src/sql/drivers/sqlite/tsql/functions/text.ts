import { type Bound, computed, raiseError } from '../bind/bound.ts';
import type { FunctionCall } from '../bind/environment.ts';
import { globPattern } from '../bind/like.ts';
import { once, onceSql } from '../bind/once.ts';
import type { StatementContext } from '../bind/statement-context.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import { searchKey, upperCase } from '../types/collation.ts';
import { convertImplicitly } from '../types/convert.ts';
import { isAscii } from '../types/letters.ts';
import {
  BIGINT,
  groupOf,
  INT,
  isNational,
  isText,
  MAX_LENGTH,
  nvarchar,
  type SqlType,
  varchar,
} from '../types/sql-type.ts';
import { textLength } from '../types/unify.ts';
import {
  arity,
  asText,
  type FunctionBinder,
  type FunctionTable,
  floatArgument,
  integerArgument,
  textArgument,
  textType,
} from './arguments.ts';

function countType(type: SqlType): SqlType {
  return type.length === MAX_LENGTH ? BIGINT : INT;
}

const SURROGATES = raiseError(unsupported('the length of texts with characters beyond U+FFFF'));

/** SQLite counts a character beyond U+FFFF as one, SQL Server as two. */
function countSql(text: Bound, count: (value: string) => string): string {
  return once(
    text,
    (value) =>
      `CASE WHEN octet_length(${value})<>length(${value}) AND ${value} GLOB '*[\u{10000}-\u{10ffff}]*' THEN ${SURROGATES} ELSE ${count(value)} END`,
  );
}

const len: FunctionBinder = (call) => {
  arity(call, 1);
  const text = textArgument(call, 0);
  const sql = countSql(text, (value) => `length(rtrim(${value},' '))`);
  return computed(sql, countType(text.type), text);
};

/** Bytes as SQL Server holds the value. */
const dataLength: FunctionBinder = (call) => {
  arity(call, 1);
  const value = call.bind(0);
  const { type } = value;
  const whenSet = (bytes: number): Bound =>
    computed(`CASE WHEN ${value.sql} IS NOT NULL THEN ${bytes} END`, INT, value);
  if (isText(type)) {
    const width = isNational(type) ? 2 : 1;
    const sql = countSql(value, (text) => `(length(${text})*${width})`);
    return computed(sql, countType(type), value);
  }
  if (groupOf(type) === 'binary') return computed(`length(${value.sql})`, countType(type), value);
  const sizes: Partial<Record<SqlType['name'], number>> = {
    bit: 1,
    tinyint: 1,
    smallint: 2,
    int: 4,
    bigint: 8,
    float: 8,
    real: 4,
    money: 8,
    smallmoney: 4,
    uniqueidentifier: 16,
    date: 3,
    datetime: 8,
    smalldatetime: 4,
  };
  const size = sizes[type.name];
  if (size !== undefined) return whenSet(size);
  if (type.name === 'decimal')
    return whenSet(
      [5, 9, 13, 17][[9, 19, 28].filter((limit) => (type.precision ?? 18) > limit).length] ?? 17,
    );
  throw unsupported(`DATALENGTH of ${type.name}`);
};

const NEGATIVE_LENGTH = raiseError(sqlServerError(537));

function cutLength(name: string, count: string): string {
  const error = name === 'right' ? raiseError(sqlServerError(536, 'RIGHT')) : NEGATIVE_LENGTH;
  return onceSql(count, (value) => `CASE WHEN ${value}<0 THEN ${error} ELSE ${value} END`);
}

function resultLength(count: Bound, text: Bound): number {
  const known = count.known?.value;
  const own = textLength(text.type);
  return typeof known === 'bigint' ? Math.min(Math.max(Number(known), 1), own) : own;
}

const left: FunctionBinder = (call) => {
  arity(call, 2);
  const text = textArgument(call, 0);
  const count = integerArgument(call, 1);
  const sql = `substr(${text.sql},1,${cutLength('left', count.sql)})`;
  return computed(sql, textType(text.type, resultLength(count, text)), text, count);
};

const right: FunctionBinder = (call) => {
  arity(call, 2);
  const text = textArgument(call, 0);
  const count = integerArgument(call, 1);
  const sql = once(text, (value) =>
    onceSql(
      cutLength('right', count.sql),
      (length) =>
        // substr(x,-0) would be the whole text.
        `CASE WHEN ${value} IS NULL OR ${length} IS NULL THEN NULL WHEN ${length}=0 THEN '' WHEN ${length}>=length(${value}) THEN ${value} ELSE substr(${value},-${length}) END`,
    ),
  );
  return computed(sql, textType(text.type, resultLength(count, text)), text, count);
};

/** A start before the first character eats from the length. */
const substring: FunctionBinder = (call) => {
  arity(call, 3);
  const source = call.bind(0);
  const isBinary = groupOf(source.type) === 'binary';
  if (!isBinary && !isText(source.type) && source.type.name !== 'null') {
    throw sqlServerError(8116, source.type.name, 1, 'substring');
  }
  const text = isBinary ? source : asText(call, source);
  const start = integerArgument(call, 1);
  const length = integerArgument(call, 2);
  const sql = onceSql(start.sql, (from) =>
    onceSql(
      cutLength('substring', length.sql),
      (count) => `substr(${text.sql},max(${from},1),max(0,${count}+min(${from}-1,0)))`,
    ),
  );
  const type = isBinary
    ? { name: 'varbinary' as const, length: source.type.length ?? MAX_LENGTH }
    : textType(text.type, resultLength(length, text));
  return computed(sql, type, text, start, length);
};

const charIndex: FunctionBinder = (call) => {
  arity(call, 2, 3);
  const wanted = textArgument(call, 0);
  const text = textArgument(call, 1);
  const key = searchKey(call.context, wanted);
  const source = searchKey(call.context, text);
  const type = countType(text.type);
  const found = (value: string): string =>
    onceSql(key, (part) => `CASE WHEN ${part}='' THEN 0 ELSE instr(${value},${part}) END`);
  if (call.nodes.length === 2) return computed(found(source), type, wanted, text);
  const start = integerArgument(call, 2);
  const sql = onceSql(`max(${start.sql},1)`, (from) =>
    onceSql(
      found(`substr(${source},${from})`),
      (position) => `CASE WHEN ${position}>0 THEN ${position}+${from}-1 ELSE ${position} END`,
    ),
  );
  return computed(sql, type, wanted, text, start);
};

/** The first position at which the rest of the text matches. */
const patIndex: FunctionBinder = (call) => {
  arity(call, 2);
  const pattern = call.context.fold(textArgument(call, 0)).known?.value;
  const text = textArgument(call, 1);
  const type = countType(text.type);
  if (pattern === null) return call.context.constant(null, type);
  if (typeof pattern !== 'string')
    throw unsupported('PATINDEX with a pattern that is not constant');
  const isAnchored = !pattern.startsWith('%');
  const glob = globPattern(call.context, isAnchored ? pattern : pattern.replace(/^%+/, ''));
  if (glob === undefined) return computed(`(${text.sql} IS NULL)*NULL`, type, text);
  const sql = onceSql(searchKey(call.context, text), (value) => {
    if (isAnchored) return `(${value} GLOB ${glob})`;
    const search = `(WITH RECURSIVE p(i) AS (SELECT 1 UNION ALL SELECT p.i+1 FROM p WHERE p.i<=length(${value})) SELECT p.i FROM p WHERE substr(${value},p.i) GLOB ${glob} LIMIT 1)`;
    return `CASE WHEN ${value} IS NOT NULL THEN coalesce(${search},0) END`;
  });
  return computed(sql, type, text);
};

function hasLetters(text: string): boolean {
  return text.toLowerCase() !== text.toUpperCase();
}

/** Finds without regard to case, as the collation does. */
function replaceSql(context: StatementContext, text: Bound, wanted: Bound, other: Bound): string {
  const known = wanted.known?.value;
  if (typeof known === 'string' && isAscii(known) && !hasLetters(known)) {
    return `replace(${text.sql},${wanted.sql},${other.sql})`;
  }
  return once(wanted, (part) =>
    onceSql(searchKey(context, { ...wanted, sql: part, isSimple: true }), (key) => {
      const rest: Bound = { ...text, sql: 'r.rest', isSimple: true, known: undefined };
      const position = `instr(${searchKey(context, rest)},${key})`;
      const steps = `WITH RECURSIVE r(done,rest,n) AS (SELECT '',${text.sql},0 UNION ALL SELECT r.done||substr(r.rest,1,${position}-1)||${other.sql},substr(r.rest,${position}+length(${part})),r.n+1 FROM r WHERE ${position}>0)`;
      return `CASE WHEN ${part}='' THEN ${text.sql} WHEN ${part} IS NOT NULL AND ${other.sql} IS NOT NULL THEN (${steps} SELECT r.done||r.rest FROM r ORDER BY r.n DESC LIMIT 1) END`;
    }),
  );
}

const replace: FunctionBinder = (call) => {
  arity(call, 3);
  const text = textArgument(call, 0);
  const wanted = textArgument(call, 1);
  const other = textArgument(call, 2);
  const nationals = [text, wanted, other].find((part) => isNational(part.type));
  const type = textType(
    (nationals ?? text).type,
    text.type.length === MAX_LENGTH ? MAX_LENGTH : 8000,
  );
  return computed(replaceSql(call.context, text, wanted, other), type, text, wanted, other);
};

const replicate: FunctionBinder = (call) => {
  arity(call, 2);
  const text = textArgument(call, 0);
  const count = integerArgument(call, 1);
  const type = textType(text.type, 8000);
  const sql = once(text, (value) =>
    onceSql(count.sql, (times) => {
      const limit = type.length === MAX_LENGTH ? 1_000_000 : (type.length ?? 8000);
      const wanted = `min(${times},${limit}/max(length(${value}),1)+1)`;
      const repeated = `replace(printf('%*s',${wanted},''),' ',${value})`;
      const tooLong =
        type.length === MAX_LENGTH
          ? `WHEN ${times}*length(${value})>${limit} THEN ${raiseError(unsupported('REPLICATE to more than a million characters'))}`
          : '';
      return `CASE WHEN ${value} IS NULL OR ${times} IS NULL OR ${times}<0 THEN NULL WHEN ${times}=0 THEN '' ${tooLong} ELSE substr(${repeated},1,${limit}) END`;
    }),
  );
  return computed(sql, type, text, count);
};

const reverse: FunctionBinder = (call) => {
  arity(call, 1);
  const text = textArgument(call, 0);
  const sql = once(
    text,
    (value) =>
      `(WITH RECURSIVE r(i,s) AS (SELECT 0,'' WHERE ${value} IS NOT NULL UNION ALL SELECT r.i+1,substr(${value},r.i+1,1)||r.s FROM r WHERE r.i<length(${value})) SELECT r.s FROM r ORDER BY r.i DESC LIMIT 1)`,
  );
  return computed(sql, textType(text.type, textLength(text.type)), text);
};

const stuff: FunctionBinder = (call) => {
  arity(call, 4);
  const text = textArgument(call, 0);
  const start = integerArgument(call, 1);
  const length = integerArgument(call, 2);
  const insertedBound = call.bind(3);
  const inserted =
    insertedBound.type.name === 'null' ? "''" : `coalesce(${asText(call, insertedBound).sql},'')`;
  const sql = once(text, (value) =>
    onceSql(start.sql, (from) =>
      onceSql(
        length.sql,
        (count) =>
          `CASE WHEN ${from}<=0 OR ${count}<0 OR ${from}>length(${value}) THEN NULL ELSE substr(${value},1,${from}-1)||${inserted}||substr(${value},${from}+${count}) END`,
      ),
    ),
  );
  return computed(
    sql,
    textType(text.type, textLength(text.type) + textLength(insertedBound.type)),
    text,
    start,
    length,
    insertedBound,
  );
};

function mapped(map: (call: FunctionCall, text: Bound) => string): FunctionBinder {
  return (call) => {
    arity(call, 1);
    const text = textArgument(call, 0);
    return computed(map(call, text), textType(text.type, textLength(text.type)), text);
  };
}

/** TRIM(characters FROM text) is another grammar; this is TRIM(text). */
const TRIMS: FunctionTable = {
  TRIM: mapped((_, text) => `trim(${text.sql},' ')`),
  LTRIM: mapped((_, text) => `ltrim(${text.sql},' ')`),
  RTRIM: mapped((_, text) => `rtrim(${text.sql},' ')`),
  UPPER: mapped(({ context }, text) => upperCase(context, text)),
  LOWER: mapped(({ context }, text) => searchKey(context, text)),
};

const space: FunctionBinder = (call) => {
  arity(call, 1);
  const count = integerArgument(call, 0);
  const sql = onceSql(
    count.sql,
    (n) => `CASE WHEN ${n}>=0 THEN printf('%*s',min(${n},8000),'') END`,
  );
  return computed(sql, varchar(8000), count);
};

function characterOf(name: 'CHAR' | 'NCHAR', limit: number): FunctionBinder {
  return (call) => {
    arity(call, 1);
    const code = integerArgument(call, 0);
    const type: SqlType =
      name === 'CHAR' ? { name: 'char', length: 1 } : { name: 'nchar', length: 1 };
    const sql = onceSql(code.sql, (n) => {
      const refused =
        name === 'CHAR'
          ? `WHEN ${n} BETWEEN 128 AND 159 THEN ${raiseError(unsupported('CHAR between 128 and 159'))}`
          : `WHEN ${n} BETWEEN 55296 AND 57343 THEN ${raiseError(unsupported('NCHAR of half a surrogate pair'))}`;
      return `CASE WHEN ${n}=0 THEN ${raiseError(unsupported(`${name}(0)`))} ${refused} WHEN ${n}>0 AND ${n}<=${limit} THEN char(${n}) END`;
    });
    return computed(sql, type, code);
  };
}

const unicode: FunctionBinder = (call) => {
  arity(call, 1);
  const text = textArgument(call, 0);
  const isAsciiCall = call.name.toUpperCase() === 'ASCII';
  const sql = onceSql(`unicode(${text.sql})`, (code) =>
    isAsciiCall
      ? `CASE WHEN ${code} BETWEEN 128 AND 159 OR ${code}>255 THEN ${raiseError(unsupported('ASCII of this character'))} ELSE ${code} END`
      : code,
  );
  return computed(sql, INT, text);
};

/** NULL counts as empty text. */
const concat: FunctionBinder = (call) => {
  arity(call, 2, 254);
  const parts = call.nodes.map((_, index) => concatPart(call, index));
  return joined(parts.map((part) => `coalesce(${part.sql},'')`).join('||'), parts);
};

function concatPart(call: FunctionCall, index: number): Bound {
  const bound = call.bind(index);
  return bound.type.name === 'null' ? call.context.constant('', varchar(1)) : asText(call, bound);
}

function joined(sql: string, parts: readonly Bound[]): Bound {
  const isMax = parts.some((part) => part.type.length === MAX_LENGTH);
  const isWide = parts.some((part) => isNational(part.type));
  const limit = isWide ? 4000 : 8000;
  const length = parts.reduce((sum, part) => sum + textLength(part.type), 0);
  const fitted = isMax ? MAX_LENGTH : Math.max(1, Math.min(limit, length));
  const text = !isMax && length > limit ? `substr(${sql},1,${limit})` : `(${sql})`;
  return computed(text, isWide ? nvarchar(fitted) : varchar(fitted), ...parts);
}

const concatWs: FunctionBinder = (call) => {
  arity(call, 3, 254);
  const separator = concatPart(call, 0);
  const parts = call.nodes.slice(1).map((_, index) => concatPart(call, index + 1));
  const sql = parts
    .map((part, index) =>
      call.nodes[index + 1]?.kind === 'null' ? "''" : `coalesce(${separator.sql}||${part.sql},'')`,
    )
    .join('||');
  return joined(`substr(${sql},length(${separator.sql})+1)`, [
    separator,
    ...parts,
    ...parts.map(() => separator),
  ]);
};

/** STR(number, length, decimals): right-aligned, stars when it does not fit. */
const str: FunctionBinder = (call) => {
  arity(call, 1, 3);
  const number = floatArgument(call, 0);
  const length = call.nodes.length > 1 ? integerArgument(call, 1) : call.context.integer(10);
  const decimals = call.nodes.length > 2 ? integerArgument(call, 2) : call.context.integer(0);
  const sql = onceSql(length.sql, (width) =>
    onceSql(
      `CASE WHEN ${number.sql} IS NOT NULL THEN printf('%.*f',min(max(${decimals.sql},0),16),${number.sql}) END`,
      (text) =>
        `CASE WHEN ${text} IS NULL THEN NULL WHEN length(${text})<=${width} THEN printf('%*s',${width},${text}) WHEN instr(${text}||'.','.')-1<=${width} THEN printf('%*s',${width},printf('%.*f',max(0,${width}-instr(${text}||'.','.')),${number.sql})) ELSE replace(printf('%*s',${width},''),' ','*') END`,
    ),
  );
  return computed(sql, varchar(8000), number, length, decimals);
};

const quoteNameFunction: FunctionBinder = (call) => {
  arity(call, 1, 2);
  if (call.nodes.length > 1) throw unsupported('QUOTENAME with a quote character');
  const text = convertImplicitly(call.context, textArgument(call, 0), nvarchar(128));
  return computed(`('['||replace(${text.sql},']',']]')||']')`, nvarchar(258), text);
};

export const TEXT_FUNCTIONS: FunctionTable = {
  ...TRIMS,
  LEN: len,
  DATALENGTH: dataLength,
  LEFT: left,
  RIGHT: right,
  SUBSTRING: substring,
  CHARINDEX: charIndex,
  PATINDEX: patIndex,
  REPLACE: replace,
  REPLICATE: replicate,
  REVERSE: reverse,
  STUFF: stuff,
  SPACE: space,
  CHAR: characterOf('CHAR', 255),
  NCHAR: characterOf('NCHAR', 65535),
  ASCII: unicode,
  UNICODE: unicode,
  CONCAT: concat,
  CONCAT_WS: concatWs,
  STR: str,
  QUOTENAME: quoteNameFunction,
};
