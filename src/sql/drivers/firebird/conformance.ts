import type { ParameterTypeName } from '../../../protocol/command.ts';
import type {
  CaseCommand,
  EngineConformance,
  NotSupported,
  Supported,
} from '../../conformance/expectations.ts';
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

function failure(text: string, code: number, message: string): Supported {
  return { command: { text }, error: { type: 'fbsql', code, message } };
}

const procedure = (
  text: string,
  ...parameters: NonNullable<CaseCommand['parameters']>
): CaseCommand => ({ text, type: 'storedProcedure', parameters });

const FOREVER = `EXECUTE BLOCK RETURNS (N BIGINT) AS BEGIN N = 0; WHILE (1 = 1) DO N = N + 1; SUSPEND; END`;

const TEXT_COMMANDS = {
  rows: {
    command: { text: 'SELECT ID AS "Id", NAME FROM PATIENTS WHERE ID < 3 ORDER BY ID' },
    rows: `[{"Id":1,"NAME":"Ng"},{"Id":2,"NAME":"O'Brien"}]`,
  },
  noRows: { command: { text: 'SELECT ID FROM PATIENTS WHERE ID = -1' }, rows: '[]' },
  unnamedColumns: {
    command: { text: 'SELECT 1, 2, ID, ID FROM PATIENTS WHERE ID = 1' },
    rows: '[{"CONSTANT":1,"CONSTANT1":2,"ID":1,"ID1":1}]',
    note: 'Firebird names an expression after what it does',
  },
  textAroundParameters: {
    command: {
      text: `SELECT '@p' AS "@p", CAST(@p AS INTEGER) AS V /* @p */, q'{it's @p}' AS Q FROM PATIENTS WHERE ID = @P -- @p`,
      parameters: [{ name: '@p', type: 'Int', value: '1' }],
    },
    rows: `[{"@p":"@p","V":1,"Q":"it's @p"}]`,
    note: 'a parameter alone in the select list needs a CAST',
  },
  positionalParameters: {
    command: {
      text: 'SELECT ID FROM PATIENTS WHERE ID = ? AND NAME = ?',
      parameters: [
        { name: '@id', type: 'Int', value: '1' },
        { name: '@name', type: 'VarChar', value: 'Ng' },
      ],
    },
    rows: '[{"ID":1}]',
  },
  batch: {
    command: {
      text: `INSERT INTO CHANGES (ID) VALUES (10); INSERT INTO CHANGES (ID) VALUES (11);
        UPDATE CHANGES SET T = 'a;b' WHERE ID IN (10, 11); DELETE FROM CHANGES WHERE ID = 10;`,
    },
    rowsAffected: 5,
  },
  severalResultSets: {
    command: { text: 'SELECT 1 AS A FROM RDB$DATABASE; SELECT 2 AS B FROM RDB$DATABASE' },
    rows: '[{"A":1}]',
  },
  insert: {
    command: { text: 'INSERT INTO CHANGES (ID) SELECT ID + 20 FROM PATIENTS' },
    rowsAffected: 3,
  },
  update: {
    command: { text: 'UPDATE PATIENTS SET WEIGHT = 1 WHERE ID < 3' },
    rowsAffected: 2,
  },
  delete: { command: { text: 'DELETE FROM PATIENTS WHERE ID = -1' }, rowsAffected: 0 },
  brokenBatch: {
    command: {
      text: 'INSERT INTO CHANGES (ID) VALUES (30); INSERT INTO CHANGES (ID) VALUES (30)',
    },
    error: { type: 'fbsql', code: 335_544_665, message: 'Violation of PRIMARY or UNIQUE KEY' },
    after: { text: 'SELECT ID FROM CHANGES WHERE ID = 30', rows: '[]' },
    note: 'nothing: a command is one transaction',
  },
} satisfies Partial<EngineConformance['cases']>;

const VALUES = {
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
    rows: '[{"A":"0001-01-01","B":"9999-12-31","C":"1900-02-28"}]',
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

const INPUTS = {
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
  inDate: echo('Date', '0001-01-01', 'DATE', '"0001-01-01"'),
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

const PROCEDURES = {
  procedureRows: {
    command: procedure('NUMBERS', { name: '@upto', type: 'Int', value: '3' }),
    rows: '[{"N":1,"T":"x1"},{"N":2,"T":"x2"},{"N":3,"T":"x3"}]',
    note: 'selectable ones are selected from, others executed: their output is one row',
  },
  procedureDefaults: {
    command: procedure('ADD_ONE', { name: '@A', type: 'Int', value: '1' }),
    rows: '[{"S":2,"TXT":"default"}]',
  },
  outputParameter: {
    command: procedure(
      'ADD_ONE',
      { name: '@A', type: 'Int', value: '1' },
      { name: '@TXT', type: 'NVarChar', direction: 'output' },
      { name: '@s', type: 'BigInt', direction: 'output' },
    ),
    outputs: { '@TXT': 'default', '@s': '2' },
  },
  inputOutputParameter: {
    notSupported: 'an output cannot have the name of an input: refused',
    command: procedure('ADD_ONE', {
      name: '@a',
      type: 'Int',
      value: '41',
      direction: 'inputOutput',
    }),
    error: {
      type: 'haloLink',
      code: 1000,
      message: 'is inputOutput, which Firebird does not have',
    },
  },
  returnValue: {
    notSupported: 'procedures return none: refused',
    command: procedure('ADD_ONE', { name: '@r', type: 'Int', direction: 'returnValue' }),
    error: { type: 'haloLink', code: 1000, message: 'is a return value, and Firebird has none' },
  },
  unknownParameter: {
    command: procedure('ADD_ONE', { name: '@nope', type: 'Int', value: '1' }),
    error: { type: 'haloLink', code: 1000, message: 'no input parameter @nope; it has: A, B' },
  },
} satisfies Partial<EngineConformance['cases']>;

const ERRORS = {
  missingTable: failure('SELECT A FROM NOPE', 335_544_580, 'Table unknown'),
  missingColumn: failure('SELECT NOPE FROM PATIENTS', 335_544_578, 'Column unknown'),
  missingProcedure: {
    command: procedure('NOPE'),
    error: { type: 'fbsql', code: 335_544_581, message: 'Procedure unknown' },
  },
  syntaxError: failure('SELEC 1', 335_544_634, 'Token unknown'),
  duplicateKey: failure(
    "INSERT INTO PATIENTS (ID, NAME) VALUES (1, 'x')",
    335_544_665,
    'Violation of PRIMARY or UNIQUE KEY constraint',
  ),
  notNull: failure(
    'INSERT INTO PATIENTS (ID) VALUES (77)',
    335_544_347,
    'Validation error for column',
  ),
  foreignKey: failure(
    'INSERT INTO VISITS (ID, PATIENT_ID) VALUES (1, 99)',
    335_544_466,
    'Violation of FOREIGN KEY constraint',
  ),
  divisionByZero: failure('SELECT 1 / 0 FROM RDB$DATABASE', 335_544_321, 'Integer divide by zero'),
  conversion: failure("SELECT CAST('abc' AS INTEGER) FROM RDB$DATABASE", 335_544_334, '"abc"'),
  overflow: failure(
    'INSERT INTO CHANGES (ID, N) VALUES (50, 32768)',
    335_544_321,
    'numeric overflow',
  ),
  truncation: failure(
    "INSERT INTO CHANGES (ID, T) VALUES (51, 'too long')",
    335_544_321,
    'right truncation',
  ),
  undeclaredParameter: {
    command: { text: 'SELECT ID FROM PATIENTS WHERE ID = @nope' },
    error: { type: 'haloLink', code: 1000, message: 'The text uses @nope' },
  },
  wrongPassword: failure('SELECT 1 FROM RDB$DATABASE', 335_544_472, 'user name and password'),
  unknownCatalogue: failure(
    'SELECT 1 FROM RDB$DATABASE',
    335_544_344,
    'There is no catalogue Nope',
  ),
  unreachable: {
    command: { text: 'SELECT 1 FROM RDB$DATABASE' },
    error: { type: 'haloLink', code: 1004, message: 'cannot be reached' },
  },
} satisfies Partial<EngineConformance['cases']>;

const SESSIONS = {
  cancelRead: {
    command: { text: FOREVER },
    after: { text: 'SELECT ID FROM PATIENTS WHERE ID = 1', rows: '[{"ID":1}]' },
    note: 'by `op_cancel`; the session is replaced',
  },
  cancelWrite: {
    command: {
      text: `EXECUTE BLOCK AS DECLARE N INTEGER = 1000; BEGIN
        WHILE (1 = 1) DO BEGIN INSERT INTO CHANGES (ID) VALUES (:N); N = N + 1; END END`,
    },
    after: { text: 'SELECT COUNT(*) AS N FROM CHANGES WHERE ID >= 1000', rows: '[{"N":0}]' },
  },
  earlyLeave: {
    command: { text: 'SELECT A.RDB$TYPE FROM RDB$TYPES A, RDB$TYPES B, RDB$TYPES C' },
    after: { text: 'SELECT ID FROM PATIENTS WHERE ID = 1', rows: '[{"ID":1}]' },
  },
  backPressure: {
    command: { text: 'SELECT FIRST 50000 A.RDB$TYPE FROM RDB$TYPES A, RDB$TYPES B, RDB$TYPES C' },
    rowCount: 50_000,
  },
  timeZones: {
    command: {
      text: `SELECT CAST(@d AS DATE) AS D, CAST(@t AS TIME) AS T, CAST(@s AS TIMESTAMP) AS S,
        TIMESTAMP '2024-03-31 02:30:00' AS U FROM RDB$DATABASE`,
      parameters: [
        { name: '@d', type: 'Date', value: '1900-01-01' },
        { name: '@t', type: 'Time', value: '00:00:00.5' },
        { name: '@s', type: 'DateTime2', value: '2024-10-06T02:30:00' },
      ],
    },
    rows: '[{"D":"1900-01-01","T":"00:00:00.5","S":"2024-10-06T02:30:00","U":"2024-03-31T02:30:00"}]',
  },
  otherCatalogue: { command: { text: 'SELECT NAME FROM SCANS' }, rows: '[{"NAME":"x-ray"}]' },
  noLeaks: { command: { text: 'SELECT ID FROM PATIENTS WHERE ID = 1' }, rows: '[{"ID":1}]' },
} satisfies Partial<EngineConformance['cases']>;

/** What this driver does in every case. */
export const firebirdConformance: EngineConformance = {
  engine: 'firebird',
  title: 'Firebird',
  provedOn: 'a Firebird 3.0 server',
  cases: {
    ...TEXT_COMMANDS,
    ...VALUES,
    ...INPUTS,
    ...PROCEDURES,
    ...ERRORS,
    ...SESSIONS,
  },
};
