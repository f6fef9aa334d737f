import type { ParameterTypeName } from '../../../protocol/command.ts';
import type { EngineConformance, NotSupported, Supported } from '../../conformance/expectations.ts';
import { LONG_BYTES, LONG_TEXT } from '../../conformance/long-values.ts';

function value(expression: string, json: string): Supported {
  return { command: { text: `SELECT ${expression} AS V` }, rows: `[{"V":${json}}]` };
}

function echo(
  type: ParameterTypeName,
  text: string | null,
  json: string,
  note?: string,
): Supported {
  return {
    command: { text: 'SELECT @p AS V', parameters: [{ name: '@p', type, value: text }] },
    rows: `[{"V":${json}}]`,
    ...(note !== undefined && { note }),
  };
}

function refusal(
  notSupported: string,
  type: ParameterTypeName,
  code: number,
  message: string,
): NotSupported {
  return {
    notSupported,
    command: { text: 'SELECT @p AS V', parameters: [{ name: '@p', type, value: null }] },
    error: { type: 'mssql', code, message },
  };
}

const GUID = '0b1e7a52-9c1d-4f7e-8a43-2d6c0f9be001';

/** What comes back of each type. */
export const SQLITE_VALUES = {
  smallIntegers: {
    command: {
      text: `SELECT CAST(-32768 AS smallint) AS A, CAST(32767 AS smallint) AS B,
        CAST(-2147483648 AS int) AS C, 2147483647 AS D`,
    },
    rows: '[{"A":-32768,"B":32767,"C":-2147483648,"D":2147483647}]',
  },
  bigint: {
    command: { text: 'SELECT Lowest AS A, Highest AS B, Odd AS C FROM Extremes' },
    rows: '[{"A":-9223372036854775808,"B":9223372036854775807,"C":9007199254740993}]',
  },
  decimal: value(
    "CAST('-9999999999999999999999999999.9999999999' AS decimal(38,10))",
    '-9999999999999999999999999999.9999999999',
  ),
  money: {
    command: { text: 'SELECT Debt AS V FROM Extremes' },
    rows: '[{"V":-922337203685477.5808}]',
  },
  float: value("CAST('1.7976931348623157E308' AS float)", '1.7976931348623157e+308'),
  real: value('CAST(0.1 AS real)', '0.1'),
  bit: value('CAST(1 AS bit)', 'true'),
  char: value("CAST(N'é' AS nchar(4))", '"é   "'),
  unicode: value("N'日本 😀'", '"日本 😀"'),
  longText: echo('NVarChar', LONG_TEXT, JSON.stringify(LONG_TEXT)),
  binary: value('0x00FF10', '"AP8Q"'),
  longBinary: echo('VarBinary', LONG_BYTES, JSON.stringify(LONG_BYTES)),
  guid: value(`CAST('${GUID.toUpperCase()}' AS uniqueidentifier)`, `"${GUID}"`),
  date: {
    command: {
      text: "SELECT CAST('0001-01-01' AS date) AS A, CAST('9999-12-31' AS date) AS B, CAST('1900-02-28' AS date) AS C",
    },
    rows: '[{"A":"0001-01-01T00:00:00","B":"9999-12-31T00:00:00","C":"1900-02-28T00:00:00"}]',
  },
  time: {
    command: {
      text: "SELECT CAST('00:00:00' AS time) AS A, CAST('23:59:59.9999999' AS time) AS B, CAST('09:30:00.1' AS time) AS C",
    },
    rows: '[{"A":"00:00:00","B":"23:59:59.9999999","C":"09:30:00.1"}]',
  },
  datetime: {
    command: {
      text: `SELECT CAST('0001-01-01T00:00:00' AS datetime2) AS A, CAST('9999-12-31T23:59:59.9999999' AS datetime2) AS B,
        CAST('2024-10-06T02:30:00' AS datetime) AS C`,
    },
    rows: '[{"A":"0001-01-01T00:00:00","B":"9999-12-31T23:59:59.9999999","C":"2024-10-06T02:30:00"}]',
  },
  datetimeoffset: value(
    "CAST('2024-01-31T09:30:00.1234567+10:00' AS datetimeoffset)",
    '"2024-01-31T09:30:00.1234567+10:00"',
  ),
  xml: value("CAST('<a/>' AS xml)", '"<a/>"'),
  nulls: {
    command: {
      text: `SELECT CAST(NULL AS int) AS A, CAST(NULL AS bigint) AS B, CAST(NULL AS decimal(38,10)) AS C,
        CAST(NULL AS float) AS D, CAST(NULL AS char(3)) AS E, CAST(NULL AS nvarchar(max)) AS F,
        CAST(NULL AS varbinary(max)) AS G, CAST(NULL AS uniqueidentifier) AS H, CAST(NULL AS date) AS I,
        CAST(NULL AS time) AS J, CAST(NULL AS datetime2) AS K, CAST(NULL AS bit) AS L`,
    },
    rows: `[{${Array.from('ABCDEFGHIJKL', (name) => `"${name}":null`).join(',')}}]`,
  },
} satisfies Partial<EngineConformance['cases']>;

/** What goes in of each type. */
export const SQLITE_INPUTS = {
  inBigInt: echo('BigInt', '-9223372036854775808', '-9223372036854775808'),
  inInt: echo('Int', '-2147483648', '-2147483648'),
  inSmallInt: echo('SmallInt', '-32768', '-32768'),
  inTinyInt: echo('TinyInt', '255', '255'),
  inBit: echo('Bit', 'true', 'true'),
  inDecimal: echo(
    'Decimal',
    '-9999999999999999999999999999.9999999999',
    '-9999999999999999999999999999.9999999999',
  ),
  inMoney: echo('Money', '922337203685477.5807', '922337203685477.5807'),
  inSmallMoney: echo('SmallMoney', '-214748.3648', '-214748.3648'),
  inFloat: echo('Float', '1.7976931348623157e308', '1.7976931348623157e+308'),
  inReal: echo('Real', '0.1', '0.1'),
  inChar: echo('Char', 'é', '"é"'),
  inVarChar: echo('VarChar', 'it’s', '"it’s"'),
  inNChar: echo('NChar', '日', '"日"'),
  inNVarChar: echo('NVarChar', '😀', '"😀"'),
  inString: echo('String', '', '""'),
  inText: echo('Text', 'a\r\nb', '"a\\r\\nb"'),
  inNText: echo('NText', 'Ω', '"Ω"'),
  inXml: echo('Xml', '<a/>', '"<a/>"'),
  inBinary: echo('Binary', 'AP8Q', '"AP8Q"'),
  inVarBinary: echo('VarBinary', 'AP8Q', '"AP8Q"'),
  inImage: echo('Image', '', '""'),
  inTimestamp: echo('Timestamp', 'AAAAAAAAB9E=', '"AAAAAAAAB9E="'),
  inUniqueIdentifier: echo('UniqueIdentifier', GUID, `"${GUID}"`),
  inDate: echo('Date', '0001-01-01', '"0001-01-01T00:00:00"'),
  inTime: echo('Time', '23:59:59.9999999', '"23:59:59.9999999"'),
  inDateTime: echo('DateTime', '2024-10-06T02:30:00.997', '"2024-10-06T02:30:00.997"'),
  inDateTime2: echo('DateTime2', '9999-12-31T23:59:59.9999999', '"9999-12-31T23:59:59.9999999"'),
  inSmallDateTime: echo('SmallDateTime', '2079-06-06T23:59:00', '"2079-06-06T23:59:00"'),
  inDateTimeOffset: echo(
    'DateTimeOffset',
    '2024-01-31T09:30:00.1234567+10:00',
    '"2024-01-31T09:30:00.1234567+10:00"',
  ),
  inVariant: echo('Variant', '12', '"12"'),
  inStructured: refusal('refused', 'Structured', 40_510, 'does not support'),
  inUdt: refusal('refused', 'Udt', 40_510, 'does not support'),
  inNull: echo('Int', null, 'null'),
  inLongText: {
    command: {
      text: 'SELECT LEN(@p) AS V',
      parameters: [{ name: '@p', type: 'NVarChar', value: LONG_TEXT }],
    },
    rows: '[{"V":100000}]',
  },
  inLongBinary: {
    command: {
      text: 'SELECT DATALENGTH(@p) AS V',
      parameters: [{ name: '@p', type: 'VarBinary', value: LONG_BYTES }],
    },
    rows: '[{"V":100000}]',
  },
} satisfies Partial<EngineConformance['cases']>;
