import type { ParameterTypeName } from '../../../protocol/command.ts';
import type { EngineConformance, NotSupported, Supported } from '../../conformance/expectations.ts';
import { LONG_BYTES, LONG_TEXT } from '../../conformance/long-values.ts';

/** Result of an expression. */
function value(expression: string, json: string, note?: string): Supported {
  return {
    command: { text: `SELECT ${expression} AS V FROM RDB$DATABASE` },
    rows: `[{"V":${json}}]`,
    ...(note !== undefined && { note }),
  };
}

/** A parameter that comes back as a column of the given type. */
function echo(
  type: ParameterTypeName,
  text: string | null,
  firebirdType: string,
  json: string,
  note?: string,
): Supported {
  return {
    command: {
      text: `SELECT CAST(@p AS ${firebirdType}) AS V FROM RDB$DATABASE`,
      parameters: [{ name: '@p', type, value: text }],
    },
    rows: `[{"V":${json}}]`,
    ...(note !== undefined && { note }),
  };
}

function refusal(
  notSupported: string,
  type: ParameterTypeName,
  text: string | null,
  message: string,
): NotSupported {
  return {
    notSupported,
    command: {
      text: 'SELECT CAST(@p AS VARCHAR(100)) AS V FROM RDB$DATABASE',
      parameters: [{ name: '@p', type, value: text }],
    },
    error: { type: 'haloLink', code: 1000, message },
  };
}

/** What columns of every type give. */
export const FIREBIRD_VALUES = {
  smallIntegers: {
    command: {
      text: `SELECT CAST(-32768 AS SMALLINT) AS A, CAST(32767 AS SMALLINT) AS B,
        CAST(-2147483648 AS INTEGER) AS C, 2147483647 AS D FROM RDB$DATABASE`,
    },
    rows: '[{"A":-32768,"B":32767,"C":-2147483648,"D":2147483647}]',
  },
  bigint: {
    command: {
      text: `SELECT CAST('-9223372036854775808' AS BIGINT) AS A, 9223372036854775807 AS B,
        9007199254740993 AS C FROM RDB$DATABASE`,
    },
    rows: '[{"A":-9223372036854775808,"B":9223372036854775807,"C":9007199254740993}]',
  },
  decimal: value(
    "CAST('-99999999999999.9999' AS NUMERIC(18,4))",
    '-99999999999999.9999',
    '18 digits, the most of Firebird 3',
  ),
  money: value(
    "CAST('-922337203685477.5808' AS DECIMAL(18,4))",
    '-922337203685477.5808',
    'as DECIMAL(18,4)',
  ),
  float: value('CAST(1.7976931348623157E308 AS DOUBLE PRECISION)', '1.7976931348623157e+308'),
  real: value('CAST(0.1 AS FLOAT)', '0.1'),
  bit: value('TRUE', 'true', 'as BOOLEAN'),
  char: value("CAST('é' AS CHAR(4))", '"é   "'),
  unicode: value("CAST('日本 😀' AS CHAR(5))", '"日本 😀 "', 'with `charset` UTF8'),
  longText: echo('NVarChar', LONG_TEXT, 'BLOB SUB_TYPE TEXT', JSON.stringify(LONG_TEXT), 'as BLOB'),
  binary: value("CAST(x'00FF10' AS VARCHAR(3) CHARACTER SET OCTETS)", '"AP8Q"', 'OCTETS, BLOB'),
  longBinary: echo(
    'VarBinary',
    LONG_BYTES,
    'BLOB SUB_TYPE BINARY',
    JSON.stringify(LONG_BYTES),
    'as BLOB',
  ),
  guid: value(
    "UUID_TO_CHAR(CHAR_TO_UUID('0B1E7A52-9C1D-4F7E-8A43-2D6C0F9BE001'))",
    '"0B1E7A52-9C1D-4F7E-8A43-2D6C0F9BE001"',
    'Firebird has no such type: text as written, OCTETS as base64',
  ),
  date: {
    command: {
      text: "SELECT DATE '0001-01-01' AS A, DATE '9999-12-31' AS B, DATE '1900-02-28' AS C FROM RDB$DATABASE",
    },
    rows: '[{"A":"0001-01-01T00:00:00","B":"9999-12-31T00:00:00","C":"1900-02-28T00:00:00"}]',
  },
  time: {
    command: {
      text: "SELECT TIME '00:00:00' AS A, TIME '23:59:59.9999' AS B, TIME '09:30:00.1' AS C FROM RDB$DATABASE",
    },
    rows: '[{"A":"00:00:00","B":"23:59:59.9999","C":"09:30:00.1"}]',
    note: '4 digits',
  },
  datetime: {
    command: {
      text: `SELECT TIMESTAMP '0001-01-01 00:00:00' AS A, TIMESTAMP '9999-12-31 23:59:59.9999' AS B,
        TIMESTAMP '2024-10-06 02:30:00' AS C FROM RDB$DATABASE`,
    },
    rows: '[{"A":"0001-01-01T00:00:00","B":"9999-12-31T23:59:59.9999","C":"2024-10-06T02:30:00"}]',
    note: '4 digits',
  },
  datetimeoffset: {
    notSupported: 'Firebird 3 has no such type; that of Firebird 4 is refused with a sentence',
  },
  xml: { notSupported: 'Firebird has no such type' },
  nulls: {
    command: {
      text: `SELECT CAST(NULL AS INTEGER) AS A, CAST(NULL AS BIGINT) AS B, CAST(NULL AS NUMERIC(18,4)) AS C,
        CAST(NULL AS DOUBLE PRECISION) AS D, CAST(NULL AS CHAR(3)) AS E, CAST(NULL AS VARCHAR(3)) AS F,
        CAST(NULL AS BLOB SUB_TYPE TEXT) AS G, CAST(NULL AS BLOB) AS H, CAST(NULL AS DATE) AS I,
        CAST(NULL AS TIME) AS J, CAST(NULL AS TIMESTAMP) AS K, CAST(NULL AS BOOLEAN) AS L FROM RDB$DATABASE`,
    },
    rows: `[{${Array.from('ABCDEFGHIJKL', (name) => `"${name}":null`).join(',')}}]`,
  },
} satisfies Partial<EngineConformance['cases']>;

const GUID = '0b1e7a52-9c1d-4f7e-8a43-2d6c0f9be001';
const NO_STRUCTURED = 'Firebird has no such type';

/** What parameters of every type become. */
export const FIREBIRD_INPUTS = {
  inBigInt: echo('BigInt', '-9223372036854775808', 'BIGINT', '-9223372036854775808'),
  inInt: echo('Int', '-2147483648', 'INTEGER', '-2147483648'),
  inSmallInt: echo('SmallInt', '-32768', 'SMALLINT', '-32768'),
  inTinyInt: echo('TinyInt', '255', 'SMALLINT', '255'),
  inBit: echo('Bit', 'true', 'BOOLEAN', 'true', '1 or 0 where the place is a number'),
  inDecimal: echo('Decimal', '12345678901234.5678', 'NUMERIC(18,4)', '12345678901234.5678'),
  inMoney: echo('Money', '922337203685477.5807', 'NUMERIC(18,4)', '922337203685477.5807'),
  inSmallMoney: echo('SmallMoney', '-214748.3648', 'NUMERIC(18,4)', '-214748.3648'),
  inFloat: echo('Float', '1.7976931348623157e308', 'DOUBLE PRECISION', '1.7976931348623157e+308'),
  inReal: echo('Real', '0.1', 'FLOAT', '0.1'),
  inChar: echo('Char', 'é', 'CHAR(3)', '"é  "'),
  inVarChar: echo('VarChar', 'it’s', 'VARCHAR(10)', '"it’s"'),
  inNChar: echo('NChar', '日', 'CHAR(2)', '"日 "'),
  inNVarChar: echo('NVarChar', '😀', 'VARCHAR(1)', '"😀"'),
  inString: echo('String', '', 'VARCHAR(10)', '""'),
  inText: echo('Text', 'a\r\nb', 'BLOB SUB_TYPE TEXT', '"a\\r\\nb"'),
  inNText: echo('NText', 'Ω', 'BLOB SUB_TYPE TEXT', '"Ω"'),
  inXml: echo('Xml', '<a/>', 'VARCHAR(10)', '"<a/>"', 'as text'),
  inBinary: echo('Binary', 'AP8Q', 'CHAR(4) CHARACTER SET OCTETS', '"AP8QAA=="'),
  inVarBinary: echo('VarBinary', 'AP8Q', 'BLOB SUB_TYPE BINARY', '"AP8Q"'),
  inImage: echo('Image', '', 'BLOB SUB_TYPE BINARY', '""'),
  inTimestamp: echo(
    'Timestamp',
    'AAAAAAAAB9E=',
    'CHAR(8) CHARACTER SET OCTETS',
    '"AAAAAAAAB9E="',
    'as bytes',
  ),
  inUniqueIdentifier: echo(
    'UniqueIdentifier',
    GUID,
    'CHAR(16) CHARACTER SET OCTETS',
    '"Cx56UpwdT36KQy1sD5vgAQ=="',
    '16 bytes where the place is OCTETS, else text',
  ),
  inDate: echo('Date', '0001-01-01', 'DATE', '"0001-01-01T00:00:00"'),
  inTime: echo('Time', '23:59:59.9999', 'TIME', '"23:59:59.9999"', '4 digits; more are refused'),
  inDateTime: echo('DateTime', '2024-10-06T02:30:00.997', 'TIMESTAMP', '"2024-10-06T02:30:00.997"'),
  inDateTime2: echo(
    'DateTime2',
    '9999-12-31T23:59:59.9999',
    'TIMESTAMP',
    '"9999-12-31T23:59:59.9999"',
    '4 digits; more are refused',
  ),
  inSmallDateTime: echo(
    'SmallDateTime',
    '2079-06-06T23:59:00',
    'TIMESTAMP',
    '"2079-06-06T23:59:00"',
  ),
  inDateTimeOffset: refusal(
    'no type keeps an offset: refused',
    'DateTimeOffset',
    '2024-01-31T09:30:00+10:00',
    'no type that keeps an offset',
  ),
  inVariant: echo('Variant', '12', 'VARCHAR(10)', '"12"', 'as text'),
  inStructured: refusal(NO_STRUCTURED, 'Structured', null, 'which Firebird does not have'),
  inUdt: refusal(NO_STRUCTURED, 'Udt', null, 'which Firebird does not have'),
  inNull: echo('Int', null, 'VARCHAR(10)', 'null'),
  inLongText: {
    command: {
      text: 'SELECT CHAR_LENGTH(CAST(@p AS BLOB SUB_TYPE TEXT)) AS V FROM RDB$DATABASE',
      parameters: [{ name: '@p', type: 'NVarChar', value: LONG_TEXT }],
    },
    rows: '[{"V":100000}]',
    note: 'where the place is a BLOB; elsewhere up to 32,765 bytes',
  },
  inLongBinary: {
    command: {
      text: 'SELECT OCTET_LENGTH(CAST(@p AS BLOB)) AS V FROM RDB$DATABASE',
      parameters: [{ name: '@p', type: 'VarBinary', value: LONG_BYTES }],
    },
    rows: '[{"V":100000}]',
    note: 'where the place is a BLOB; elsewhere up to 32,765 bytes',
  },
} satisfies Partial<EngineConformance['cases']>;
