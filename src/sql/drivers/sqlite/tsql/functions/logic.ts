import { commonType } from '../bind/bind-expression.ts';
import { computed } from '../bind/bound.ts';
import { compareSql } from '../bind/compare.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import { convert, convertImplicitly } from '../types/convert.ts';
import { INT, isText, UNIQUEIDENTIFIER } from '../types/sql-type.ts';
import { arity, type FunctionBinder, type FunctionTable, integerArgument } from './arguments.ts';

/** The first argument's type, its length included: the replacement is cut to it. */
const isNull: FunctionBinder = (call) => {
  arity(call, 2);
  const [value, otherwise] = [call.bind(0), call.bind(1)];
  if (value.type.name === 'null') return otherwise;
  const type = value.type.precision !== undefined && value.type.name === 'int' ? INT : value.type;
  const other =
    isText(type) && isText(otherwise.type)
      ? convert(call.context, otherwise, type)
      : convertImplicitly(call.context, otherwise, type);
  return computed(`coalesce(${value.sql},${other.sql})`, type, value, other);
};

const coalesce: FunctionBinder = (call) => {
  arity(call, 2, 1000);
  const values = call.nodes.map((_, index) => call.bind(index));
  const type = commonType(values);
  if (type.name === 'null') {
    throw sqlServerError(
      4127,
      'At least one of the arguments to COALESCE must be an expression that is not the NULL constant.',
    );
  }
  const sql = values.map((value) => convertImplicitly(call.context, value, type).sql).join(',');
  return computed(`coalesce(${sql})`, type, ...values);
};

const nullIf: FunctionBinder = (call) => {
  arity(call, 2);
  const [value, other] = [call.bind(0), call.bind(1)];
  if (value.type.name === 'null') {
    throw sqlServerError(
      4151,
      'The type of the first argument to NULLIF cannot be the NULL constant because the type of the first argument has to be known.',
    );
  }
  if (other.type.name === 'null') return value;
  return computed(
    `CASE WHEN ${compareSql(call.context, '=', value, other)} THEN NULL ELSE ${value.sql} END`,
    value.type,
    value,
    other,
  );
};

const choose: FunctionBinder = (call) => {
  arity(call, 2, 255);
  const index = integerArgument(call, 0);
  const values = call.nodes.slice(1).map((_, position) => call.bind(position + 1));
  const type = commonType(values);
  const branches = values.map(
    (value, position) =>
      `WHEN ${position + 1} THEN ${convertImplicitly(call.context, value, type).sql}`,
  );
  return computed(`CASE ${index.sql} ${branches.join(' ')} END`, type, index, ...values);
};

/** A new one for every row. */
const newId: FunctionBinder = (call) => {
  arity(call, 0);
  const hex = (bytes: number): string => `lower(hex(randomblob(${bytes})))`;
  // Version 4 and variant bits, as SQL Server's NEWID has them.
  const sql = `(${hex(4)}||'-'||${hex(2)}||'-4'||substr(${hex(2)},2)||'-'||substr('89ab',1+(random()&3),1)||substr(${hex(2)},2)||'-'||${hex(6)})`;
  return { sql, type: UNIQUEIDENTIFIER, isSimple: false, isConstant: false };
};

/** 1 for text that converts to some number. */
const isNumericFunction: FunctionBinder = (call) => {
  arity(call, 1);
  const value = call.bind(0);
  if (!isText(value.type)) {
    const isNumber = [
      'bit',
      'tinyint',
      'smallint',
      'int',
      'bigint',
      'decimal',
      'money',
      'smallmoney',
      'float',
      'real',
    ].includes(value.type.name);
    return isNumber ? computed(`(${value.sql} IS NOT NULL)`, INT, value) : call.context.integer(0);
  }
  const text = `trim(${value.sql})`;
  const body = `ltrim(${text},'+-')`;
  // Money's signs and separators and the lone signs that SQL Server accepts are refused rather than misjudged.
  const odd = `(${text} GLOB '*[$,£€]*' OR ${text} IN ('+','-','.','+.','-.') OR (${text} GLOB '*[0-9]*' AND lower(${text}) GLOB '*[ed]*' AND lower(${text}) NOT GLOB '*[^0-9.ed+-]*') OR ${body}<>substr(${text},length(${text})-length(${body})+1) OR length(${text})-length(${body})>1)`;
  const plain = `(${body} GLOB '*[0-9]*' AND ${body} NOT GLOB '*[^0-9.]*' AND ${body} NOT GLOB '*.*.*')`;
  return computed(
    `CASE WHEN ${value.sql} IS NULL THEN 0 WHEN ${odd} THEN json_extract('{}','!40510:${unsupported('ISNUMERIC of this text').message.replaceAll("'", "''")}') ELSE ${plain} END`,
    INT,
    value,
  );
};

export const LOGIC_FUNCTIONS: FunctionTable = {
  ISNULL: isNull,
  COALESCE: coalesce,
  NULLIF: nullIf,
  CHOOSE: choose,
  NEWID: newId,
  ISNUMERIC: isNumericFunction,
};
