import { type Bound, quoteText, raiseError, raiseSql } from '../bind/bound.ts';
import { once, onceSql } from '../bind/once.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import {
  groupOf,
  isText,
  MAX_INTEGER_PRECISION,
  messageName,
  type SqlType,
  scaleOf,
} from './sql-type.ts';

const INTEGER_RANGE: Partial<Record<SqlType['name'], readonly [bigint, bigint]>> = {
  tinyint: [0n, 255n],
  smallint: [-32768n, 32767n],
  int: [-2147483648n, 2147483647n],
  bigint: [-9223372036854775808n, 9223372036854775807n],
};

export function power10(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/** The integer itself, or error 8115 when the type does not hold it (REAL: it left 64 bits). */
export function checkedInteger(sql: string, type: SqlType, from = 'expression'): string {
  const range = INTEGER_RANGE[type.name];
  if (range === undefined) return sql;
  const raise = raiseError(
    sqlServerError(8115, from === 'expression' ? from : `data type ${from}`, type.name),
  );
  return onceSql(sql, (value) =>
    type.name === 'bigint'
      ? `CASE WHEN typeof(${value})='real' THEN ${raise} ELSE ${value} END`
      : `CASE WHEN ${value}<${range[0]} OR ${value}>${range[1]} THEN ${raise} ELSE ${value} END`,
  );
}

/** A scaled integer that must still be one and fit the precision. */
function checkedDecimal(sql: string, type: SqlType, from: string): string {
  const precision = type.precision ?? 18;
  const raise = raiseError(sqlServerError(8115, from, messageName(type)));
  return onceSql(sql, (value) => {
    const tooWide =
      precision <= MAX_INTEGER_PRECISION ? ` OR abs(${value})>=${power10(precision)}` : '';
    return `CASE WHEN typeof(${value})='real'${tooWide} THEN ${raise} ELSE ${value} END`;
  });
}

const TOO_MANY_DIGITS = raiseError(unsupported('computing with decimals of more than 18 digits'));

/** A computed scaled integer, which must not leave 64 bits. */
export function guardedDecimal(sql: string): string {
  return onceSql(
    sql,
    (value) => `CASE WHEN typeof(${value})='real' THEN ${TOO_MANY_DIGITS} ELSE ${value} END`,
  );
}

/** A textual decimal as a scaled integer of the same scale. */
export function textualToScaled(bound: Bound): string {
  return onceSql(
    `replace(${bound.sql},'.','')`,
    (digits) =>
      `CASE WHEN length(ltrim(${digits},'-0'))>${MAX_INTEGER_PRECISION} THEN ${TOO_MANY_DIGITS} ELSE CAST(${digits} AS INTEGER) END`,
  );
}

/** A scaled integer as digits with exactly `scale` decimals. */
export function scaledToText(sql: string, scale: number): string {
  if (scale === 0) return `CAST(${sql} AS TEXT)`;
  const unit = power10(scale);
  return onceSql(
    sql,
    (value) =>
      // A column of digits keeps the leading zeros of the fraction; the sign stands apart because -0.5 has no -0.
      `CASE WHEN ${value}<0 THEN '-' ELSE '' END||CAST(abs(${value}/${unit}) AS TEXT)||'.'||printf('%0${scale}d',abs(${value}%${unit}))`,
  );
}

/** Half away from zero. */
export function rescaled(sql: string, from: number, to: number): string {
  if (to === from) return sql;
  if (to > from) return `(${sql}*${power10(to - from)})`;
  const unit = power10(from - to);
  return onceSql(
    sql,
    (value) =>
      `(${value}/${unit}+CASE WHEN abs(${value}%${unit})>=${unit / 2n} THEN CASE WHEN ${value}<0 THEN -1 ELSE 1 END ELSE 0 END)`,
  );
}

/** A textual decimal at another scale, as text. */
function rescaledText(bound: Bound, to: number): string {
  const from = scaleOf(bound.type);
  if (to === from) return bound.sql;
  if (to > from) {
    const point = from === 0 ? '.' : '';
    return `(${bound.sql}||'${point}${'0'.repeat(to - from)}')`;
  }
  return scaledToText(rescaled(textualToScaled(bound), from, to), to);
}

function textToInteger(bound: Bound, type: SqlType): string {
  const name = messageName(bound.type);
  const overflow = type.name === 'int' || type.name === 'bigint' ? 248 : 244;
  return onceSql(`trim(${bound.sql})`, (text) => {
    const digits = `CASE WHEN substr(${text},1,1) IN ('+','-') THEN substr(${text},2) ELSE ${text} END`;
    const fail = raiseSql(
      245,
      `'Conversion failed when converting the ${name} value '''||${text}||''' to data type ${type.name}.'`,
    );
    const tooBig =
      overflow === 248
        ? raiseSql(
            248,
            `'The conversion of the ${name} value '''||${text}||''' overflowed an int column.'`,
          )
        : raiseSql(
            244,
            `'The conversion of the ${name} value '''||${text}||''' overflowed an ${type.name === 'tinyint' ? 'INT1' : 'INT2'} column. Use a larger integer column.'`,
          );
    const range = INTEGER_RANGE[type.name];
    const number = `CAST(${text} AS INTEGER)`;
    const limits = range === undefined ? '0' : `${number}<${range[0]} OR ${number}>${range[1]}`;
    return `CASE WHEN ${text} IS NULL THEN NULL WHEN ${text}='' THEN 0 WHEN (${digits}) GLOB '*[^0-9]*' THEN ${fail} WHEN length(ltrim(${text},'+-0'))>18 OR ${limits} THEN ${tooBig} ELSE ${number} END`;
  });
}

function textToBit(bound: Bound): string {
  return once(bound, (text) => {
    const integer = textToInteger({ ...bound, sql: text, isSimple: true }, { name: 'bit' });
    return `CASE lower(trim(${text})) WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE ${integer}<>0 END`;
  });
}

export function toInteger(bound: Bound, type: SqlType): string {
  const isBit = type.name === 'bit';
  switch (groupOf(bound.type)) {
    case 'integer':
      if (isBit) return `(${bound.sql}<>0)`;
      return INTEGER_ORDER.indexOf(type.name) >= INTEGER_ORDER.indexOf(bound.type.name)
        ? bound.sql
        : narrowed(bound.sql, type);
    case 'exact': {
      const scaled = bound.type.isTextual === true ? textualToScaled(bound) : bound.sql;
      if (isBit) return `(${scaled}<>0)`;
      // Money rounds on its way to an integer; decimal is cut.
      const whole =
        bound.type.name === 'decimal'
          ? `(${scaled}/${power10(scaleOf(bound.type))})`
          : rescaled(scaled, scaleOf(bound.type), 0);
      return checkedInteger(whole, type);
    }
    case 'approximate':
      if (isBit) return `(${bound.sql}<>0)`;
      return onceSql(
        bound.sql,
        (value) =>
          `CASE WHEN abs(${value})>=9.2e18 THEN ${raiseError(sqlServerError(8115, 'expression', type.name))} ELSE ${checkedInteger(`CAST(${value} AS INTEGER)`, type)} END`,
      );
    case 'text':
      return isBit ? textToBit(bound) : textToInteger(bound, type);
    case 'binary':
      if (!isBit) return binaryToInteger(bound, type);
      throw unsupported(`converting ${messageName(bound.type)} to bit`);
    default:
      rejectMoment(bound.type, type);
      throw sqlServerError(529, messageName(bound.type), type.name);
  }
}

/** SQL Server reads the old types as days since 1900. */
function rejectMoment(from: SqlType, to: SqlType): void {
  if (from.name !== 'datetime' && from.name !== 'smalldatetime') return;
  throw unsupported(`converting ${from.name} to ${messageName(to)}`);
}

/** The last bytes as a two's complement number. */
function binaryToInteger(bound: Bound, type: SqlType): string {
  const bytes = INTEGER_BYTES[type.name] ?? 8;
  const nibbles = bytes * 2;
  return onceSql(`substr('${'0'.repeat(nibbles)}'||hex(${bound.sql}),-${nibbles})`, (digits) => {
    const terms = Array.from(
      { length: nibbles },
      (_, index) =>
        `((instr('0123456789ABCDEF',substr(${digits},${nibbles - index},1))-1)<<${index * 4})`,
    );
    const number = `(${terms.join('|')})`;
    const isSigned = type.name === 'int' || type.name === 'smallint';
    const wrap = 1n << BigInt(bytes * 8);
    const signed = isSigned
      ? onceSql(number, (n) => `CASE WHEN ${n}>=${wrap / 2n} THEN ${n}-${wrap} ELSE ${n} END`)
      : number;
    return `CASE WHEN ${bound.sql} IS NOT NULL THEN ${signed} END`;
  });
}

/** How many bytes a number of the type takes as binary data. */
export const INTEGER_BYTES: Partial<Record<SqlType['name'], number>> = {
  tinyint: 1,
  smallint: 2,
  int: 4,
  bigint: 8,
};

const INTEGER_ORDER = ['bit', 'tinyint', 'smallint', 'int', 'bigint'];

/** Narrowing has errors of its own: 220 for the small types. */
function narrowed(sql: string, type: SqlType): string {
  const range = INTEGER_RANGE[type.name];
  if (range === undefined || type.name === 'int') return checkedInteger(sql, type);
  return onceSql(
    sql,
    (value) =>
      `CASE WHEN ${value}<${range[0]} OR ${value}>${range[1]} THEN ${raiseSql(220, `'Arithmetic overflow error for data type ${type.name}, value = '||${value}||'.'`)} ELSE ${value} END`,
  );
}

function textToDecimal(bound: Bound, type: SqlType): string {
  const scale = scaleOf(type);
  const isMoney = type.name !== 'decimal';
  const source = isMoney
    ? `replace(replace(trim(${bound.sql}),',',''),'$','')`
    : `trim(${bound.sql})`;
  const fail = isMoney
    ? raiseSql(
        235,
        quoteText('Cannot convert a char value to money. The char value has incorrect syntax.'),
      )
    : raiseError(sqlServerError(8114, bound.type.name, 'numeric'));
  const overflow = raiseError(sqlServerError(8115, bound.type.name, messageName(type)));
  return onceSql(source, (text) => {
    const unsigned = `CASE WHEN substr(${text},1,1) IN ('+','-') THEN substr(${text},2) ELSE ${text} END`;
    return onceSql(`(${unsigned})`, (digits) => {
      const whole = `CASE instr(${digits},'.') WHEN 0 THEN ${digits} ELSE substr(${digits},1,instr(${digits},'.')-1) END`;
      const fraction = `CASE instr(${digits},'.') WHEN 0 THEN '' ELSE substr(${digits},instr(${digits},'.')+1) END`;
      // One digit past the scale decides the rounding.
      const scaled = `(CAST((${whole})||substr((${fraction})||'${'0'.repeat(scale + 1)}',1,${scale}) AS INTEGER)+(substr((${fraction})||'${'0'.repeat(scale + 1)}',${scale + 1},1)>='5'))`;
      const invalid = `${digits}='' OR ${digits}='.' OR replace(${digits},'.','') GLOB '*[^0-9]*' OR length(${digits})-length(replace(${digits},'.',''))>1`;
      const tooLong = `length(ltrim(${whole},'0'))>${Math.min(type.precision ?? 18, 18) - scale}`;
      const empty = isMoney ? `WHEN ${digits}='' THEN 0` : '';
      return `CASE WHEN ${digits} IS NULL THEN NULL ${empty} WHEN ${invalid} THEN ${fail} WHEN ${tooLong} THEN ${overflow} WHEN substr(${text},1,1)='-' THEN -${scaled} ELSE ${scaled} END`;
    });
  });
}

/** Digits that a textual decimal holds whatever their number: the text itself, brought to the scale. */
function textToTextual(bound: Bound, type: SqlType): string | undefined {
  const value = bound.known?.value;
  if (typeof value !== 'string') return undefined;
  const match = /^\s*([+-]?)0*(\d*)(?:\.(\d*))?\s*$/.exec(value);
  const scale = scaleOf(type);
  if (match === null || (match[2] === '' && (match[3] ?? '') === '' && !/\d/.test(value)))
    return undefined;
  const fraction = match[3] ?? '';
  let scaled = BigInt((match[2] ?? '') + fraction.slice(0, scale).padEnd(scale, '0') || '0');
  if ((fraction[scale] ?? '0') >= '5') scaled += 1n;
  if (scaled >= power10(type.precision ?? 38))
    return raiseError(sqlServerError(8115, bound.type.name, 'numeric'));
  const digits = scaled.toString().padStart(scale + 1, '0');
  const sign = match[1] === '-' && scaled !== 0n ? '-' : '';
  const point = scale === 0 ? '' : `.${digits.slice(digits.length - scale)}`;
  return quoteText(`${sign}${digits.slice(0, digits.length - scale)}${point}`);
}

export function toDecimal(bound: Bound, type: SqlType): string {
  const { isTextual } = bound.type;
  if (type.isTextual === true) {
    if (isTextual === true) return rescaledText(bound, scaleOf(type));
    const direct = isText(bound.type) ? textToTextual(bound, type) : undefined;
    if (direct !== undefined) return direct;
  }
  const scaled = checkedScaled(bound, type);
  return type.isTextual === true ? scaledToText(scaled, scaleOf(type)) : scaled;
}

function checkedScaled(bound: Bound, type: SqlType): string {
  const scale = scaleOf(type);
  const name = messageName(bound.type);
  switch (groupOf(bound.type)) {
    case 'integer':
      return checkedDecimal(rescaled(bound.sql, 0, scale), type, name);
    case 'exact': {
      const source = bound.type.isTextual === true ? textualToScaled(bound) : bound.sql;
      return checkedDecimal(rescaled(source, scaleOf(bound.type), scale), type, name);
    }
    case 'approximate':
      return onceSql(`round(${bound.sql}*1e${scale})`, (value) => {
        const limit = Math.min(type.precision ?? 18, 18);
        return `CASE WHEN abs(${value})>=1e${limit} THEN ${raiseError(sqlServerError(8115, name, messageName(type)))} ELSE CAST(${value} AS INTEGER) END`;
      });
    case 'text':
      return textToDecimal(bound, type);
    default:
      rejectMoment(bound.type, type);
      throw sqlServerError(529, messageName(bound.type), messageName(type));
  }
}

export function toFloat(bound: Bound): string {
  switch (groupOf(bound.type)) {
    case 'integer':
      return `CAST(${bound.sql} AS REAL)`;
    case 'exact':
      return bound.type.isTextual === true
        ? `CAST(${bound.sql} AS REAL)`
        : // Through its digits: dividing two doubles would round twice.
          `CAST(${scaledToText(bound.sql, scaleOf(bound.type))} AS REAL)`;
    case 'approximate':
      return bound.sql;
    case 'text':
      return textToFloat(bound);
    default:
      rejectMoment(bound.type, { name: 'float' });
      throw sqlServerError(529, messageName(bound.type), 'float');
  }
}

function textToFloat(bound: Bound): string {
  const fail = raiseError(sqlServerError(8114, bound.type.name, 'float'));
  return onceSql(`lower(trim(${bound.sql}))`, (text) => {
    const shape = `ltrim(replace(replace(${text},'e+','e'),'e-','e'),'+-')`;
    const invalid = `${shape} GLOB '*[^0-9.e]*' OR ${shape} GLOB '*e*[.e]*' OR ${shape} GLOB '*.*.*' OR ${shape} GLOB 'e*' OR ${shape} GLOB '*e' OR ${shape} NOT GLOB '*[0-9]*'`;
    return `CASE WHEN ${text}='' THEN 0.0 WHEN ${invalid} THEN ${fail} ELSE CAST(${text} AS REAL) END`;
  });
}

/** A comparable form of a textual decimal of any length: order of the texts is order of the numbers. */
export function textualSortKey(bound: Bound, scale: number): string {
  return onceSql(rescaledText(bound, scale), (value) => {
    const digits = `replace(replace(${value},'-',''),'.','')`;
    return onceSql(`substr('${'0'.repeat(54)}'||${digits},-54)`, (padded) => {
      const complement = [1, 19, 37]
        .map(
          (from) =>
            `printf('%018d',999999999999999999-CAST(substr(${padded},${from},18) AS INTEGER))`,
        )
        .join('||');
      return `CASE WHEN ${value} LIKE '-%' THEN '0'||${complement} ELSE '1'||${padded} END`;
    });
  });
}
