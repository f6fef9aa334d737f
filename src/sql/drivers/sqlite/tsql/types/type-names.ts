import { BIGINT, BIT, decimal, INT, MAX_LENGTH, MONEY, type SqlType } from './sql-type.ts';

/** Arguments of a type as written: `max` is MAX_LENGTH. */
export type TypeArguments = readonly number[];

type Maker = (args: TypeArguments) => SqlType | undefined;

const plain =
  (type: SqlType): Maker =>
  (args) =>
    args.length === 0 ? type : undefined;

const sized =
  (name: SqlType['name'], limit: number, otherwise: number): Maker =>
  ([length = otherwise, ...rest]) =>
    rest.length === 0 && length > 0 && (length <= limit || length === MAX_LENGTH)
      ? { name, length }
      : undefined;

const fractional =
  (name: SqlType['name']): Maker =>
  ([scale = 7, ...rest]) =>
    rest.length === 0 && scale >= 0 && scale <= 7 ? { name, scale } : undefined;

const makeDecimal: Maker = ([precision = 18, scale = 0, ...rest]) =>
  rest.length === 0 && precision >= 1 && precision <= 38 && scale >= 0 && scale <= precision
    ? decimal(precision, scale)
    : undefined;

const MAKERS: Readonly<Record<string, Maker>> = {
  bit: plain(BIT),
  tinyint: plain({ name: 'tinyint' }),
  smallint: plain({ name: 'smallint' }),
  int: plain(INT),
  integer: plain(INT),
  bigint: plain(BIGINT),
  decimal: makeDecimal,
  dec: makeDecimal,
  numeric: makeDecimal,
  money: plain(MONEY),
  smallmoney: plain({ name: 'smallmoney', precision: 10, scale: 4 }),
  float: ([bits = 53]) => (bits <= 24 ? { name: 'real' } : { name: 'float' }),
  real: plain({ name: 'real' }),
  char: sized('char', 8000, 1),
  character: sized('char', 8000, 1),
  varchar: sized('varchar', 8000, 1),
  nchar: sized('nchar', 4000, 1),
  nvarchar: sized('nvarchar', 4000, 1),
  sysname: plain({ name: 'nvarchar', length: 128 }),
  text: plain({ name: 'text', length: MAX_LENGTH }),
  ntext: plain({ name: 'ntext', length: MAX_LENGTH }),
  xml: plain({ name: 'xml', length: MAX_LENGTH }),
  date: plain({ name: 'date' }),
  time: fractional('time'),
  smalldatetime: plain({ name: 'smalldatetime', scale: 0 }),
  datetime: plain({ name: 'datetime', scale: 3 }),
  datetime2: fractional('datetime2'),
  datetimeoffset: fractional('datetimeoffset'),
  uniqueidentifier: plain({ name: 'uniqueidentifier' }),
  binary: sized('binary', 8000, 1),
  varbinary: sized('varbinary', 8000, 1),
  image: plain({ name: 'image', length: MAX_LENGTH }),
  rowversion: plain({ name: 'rowversion', length: 8 }),
  timestamp: plain({ name: 'rowversion', length: 8 }),
  sql_variant: plain({ name: 'sql_variant' }),
};

/** The type of that name with those arguments; undefined when T-SQL has none such. */
export function makeType(name: string, args: TypeArguments): SqlType | undefined {
  return MAKERS[name.toLowerCase()]?.(args);
}

const DECLARED = /^\s*(\w+)\s*(?:\(\s*(-?\w+)\s*(?:,\s*(\d+)\s*)?\))?/;

/** The T-SQL type of a column from the type that its SQLite table declares. */
export function typeOfDeclaration(declared: string): SqlType {
  const [, name = '', first, second] = DECLARED.exec(declared) ?? [];
  const args = [first, second]
    .filter((argument) => argument !== undefined)
    .map((argument) => (/^(max|-1)$/i.test(argument) ? MAX_LENGTH : Number(argument)));
  const [precision = 18, scale = 0] = args;
  if (name.toLowerCase() === 'text_decimal') return decimal(Math.max(precision, 19), scale);
  if (name.toLowerCase() === 'xml_text') return { name: 'xml', length: MAX_LENGTH };
  return makeType(name, args) ?? { name: 'nvarchar', length: MAX_LENGTH };
}

/** How a column of that type is declared in SQLite, so that {@link typeOfDeclaration} finds it again. */
export function declarationOf(type: SqlType): string {
  if (type.name === 'xml') return 'xml_text COLLATE NOCASE';
  const name = type.isTextual === true ? 'text_decimal' : type.name;
  const isText = ['char', 'varchar', 'nchar', 'nvarchar', 'text', 'ntext'].includes(name);
  // SQLite takes words in a type's parentheses only when the whole is quoted.
  return `"${name}${argumentsOf(type)}"${isText ? ' COLLATE NOCASE' : ''}`;
}

function argumentsOf(type: SqlType): string {
  switch (type.name) {
    case 'decimal':
      return `(${type.precision ?? 18},${type.scale ?? 0})`;
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
    case 'binary':
    case 'varbinary':
      return type.length === MAX_LENGTH ? '(max)' : `(${type.length ?? 1})`;
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return `(${type.scale ?? 7})`;
    default:
      return '';
  }
}
