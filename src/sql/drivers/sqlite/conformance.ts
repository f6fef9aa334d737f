import type { ParameterTypeName } from '../../../protocol/command.ts';
import type {
  CaseCommand,
  EngineConformance,
  ExpectedError,
  NotSupported,
  Supported,
} from '../../conformance/expectations.ts';
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

function failure(text: string, code: number, message: string): Supported {
  return { command: { text }, error: { type: 'mssql', code, message } };
}

const procedure = (
  text: string,
  ...parameters: NonNullable<CaseCommand['parameters']>
): CaseCommand => ({ text, type: 'storedProcedure', parameters });

const GUID = '0b1e7a52-9c1d-4f7e-8a43-2d6c0f9be001';

const TEXT_COMMANDS = {
  rows: {
    command: { text: 'SELECT ID AS Id, Name AS NAME FROM Patients WHERE ID < 3 ORDER BY ID' },
    rows: `[{"Id":1,"NAME":"Ng"},{"Id":2,"NAME":"O'Brien"}]`,
  },
  noRows: { command: { text: 'SELECT ID FROM Patients WHERE ID = -1' }, rows: '[]' },
  unnamedColumns: {
    command: { text: 'SELECT 1, 2, ID, ID FROM Patients WHERE ID = 1' },
    rows: '[{"Column1":1,"Column2":2,"ID":1,"ID1":1}]',
  },
  textAroundParameters: {
    command: {
      text: "SELECT '@p' AS [@p], @p AS V /* @p */ FROM Patients WHERE ID = @P -- @p",
      parameters: [{ name: '@p', type: 'Int', value: '1' }],
    },
    rows: '[{"@p":"@p","V":1}]',
  },
  positionalParameters: {
    notSupported: 'not part of T-SQL',
    command: {
      text: 'SELECT ID FROM Patients WHERE ID = ?',
      parameters: [{ name: '@p', type: 'Int', value: '1' }],
    },
    error: { type: 'mssql', code: 102, message: 'Incorrect syntax' },
  },
  batch: {
    command: {
      text: `INSERT INTO Changes (ID) VALUES (10); INSERT INTO Changes (ID) VALUES (11);
        UPDATE Changes SET T = 'a;b' WHERE ID IN (10, 11); DELETE FROM Changes WHERE ID = 10;`,
    },
    rowsAffected: 5,
  },
  severalResultSets: {
    command: { text: 'SELECT 1 AS A; SELECT 2 AS B' },
    rows: '[{"A":1}]',
  },
  insert: {
    command: { text: 'INSERT INTO Changes (ID) SELECT ID + 20 FROM Patients' },
    rowsAffected: 3,
  },
  update: { command: { text: 'UPDATE Patients SET Weight = 1 WHERE ID < 3' }, rowsAffected: 2 },
  delete: { command: { text: 'DELETE FROM Patients WHERE ID = -1' }, rowsAffected: 0 },
  brokenBatch: {
    command: {
      text: 'INSERT INTO Changes (ID) VALUES (30); INSERT INTO Changes (ID) VALUES (30)',
    },
    error: { type: 'mssql', code: 2627, message: 'Violation of PRIMARY KEY' },
    after: { text: 'SELECT ID FROM Changes WHERE ID = 30', rows: '[{"ID":30}]' },
    note: 'what ran before, unless the batch is a transaction',
  },
} satisfies Partial<EngineConformance['cases']>;

const VALUES = {
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

const INPUTS = {
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

const PROCEDURES = {
  procedureRows: {
    command: procedure('GetPatients', { name: '@Below', type: 'Int', value: '3' }),
    rows: `[{"ID":1,"Name":"Ng"},{"ID":2,"Name":"O'Brien"}]`,
  },
  procedureDefaults: {
    command: procedure('AddOne', { name: '@A', type: 'Int', value: '1' }),
    rows: '[{"S":2,"B":"default"}]',
  },
  outputParameter: {
    command: procedure(
      'AddOne',
      { name: '@A', type: 'Int', value: '1' },
      { name: '@s', type: 'Int', direction: 'output' },
    ),
    outputs: { '@s': '2' },
  },
  inputOutputParameter: {
    command: procedure(
      'AddOne',
      { name: '@A', type: 'Int', value: '1' },
      { name: '@S', type: 'Int', value: '40', direction: 'inputOutput' },
    ),
    outputs: { '@S': '42' },
  },
  returnValue: {
    command: procedure(
      'AddOne',
      { name: '@A', type: 'Int', value: '1' },
      { name: '@r', type: 'Int', direction: 'returnValue' },
    ),
    outputs: { '@r': '7' },
  },
  unknownParameter: {
    command: procedure('AddOne', { name: '@nope', type: 'Int', value: '1' }),
    error: { type: 'mssql', code: 8145, message: '@nope is not a parameter for procedure AddOne' },
  },
} satisfies Partial<EngineConformance['cases']>;

const ERRORS = {
  missingTable: failure('SELECT A FROM Nope', 208, 'Invalid object name'),
  missingColumn: failure('SELECT Nope FROM Patients', 207, 'Invalid column name'),
  missingProcedure: {
    command: procedure('Nope'),
    error: { type: 'mssql', code: 2812, message: "Could not find stored procedure 'Nope'" },
  },
  syntaxError: failure('SELECT * FROM FROM', 156, 'Incorrect syntax near the keyword'),
  duplicateKey: failure(
    'INSERT INTO Visits (ID, PatientID) VALUES (1, 1)',
    2627,
    'Violation of PRIMARY KEY constraint',
  ),
  notNull: failure('INSERT INTO Visits (ID) VALUES (77)', 515, 'Cannot insert the value NULL'),
  foreignKey: failure('INSERT INTO Visits (ID, PatientID) VALUES (2, 99)', 547, 'FOREIGN KEY'),
  divisionByZero: failure('SELECT 1 / 0', 8134, 'Divide by zero'),
  conversion: failure("SELECT CAST('abc' AS int)", 245, "'abc'"),
  overflow: failure('INSERT INTO Changes (ID, N) VALUES (50, 32768)', 220, 'Arithmetic overflow'),
  truncation: failure("INSERT INTO Changes (ID, T) VALUES (51, 'too long')", 2628, 'truncated'),
  undeclaredParameter: failure('SELECT ID FROM Patients WHERE ID = @nope', 137, '"@nope"'),
  wrongPassword: { notSupported: 'a file has no login' },
  unknownCatalogue: failure('SELECT 1', 4060, 'Cannot open database "Nope"'),
  unreachable: { notSupported: 'a file has no server' },
} satisfies Partial<EngineConformance['cases']>;

const NUMBERS =
  'WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT i FROM n';

const READ_ONLY: ExpectedError = {
  type: 'mssql',
  code: 3906,
  message: 'because it is read-only',
};

const NOTHING_CHANGED = {
  text: 'SELECT COUNT(*) AS N FROM Patients WHERE Weight = 99',
  rows: '[{"N":0}]',
};

const BY_SQLITE = 'refused by the session: `query_only`';

const SESSIONS = {
  cancelRead: {
    command: { text: 'DECLARE @i int = 0; WHILE 1 = 1 SET @i = 1 - @i' },
    after: { text: 'SELECT ID FROM Patients WHERE ID = 1', rows: '[{"ID":1}]' },
    note: 'its process is killed',
  },
  readOnlyRead: {
    command: { text: 'SELECT ID FROM Patients WHERE ID = 1' },
    rows: '[{"ID":1}]',
  },
  readOnlyProcedure: {
    command: procedure('GetPatients', { name: '@Below', type: 'Int', value: '2' }),
    rows: '[{"ID":1,"Name":"Ng"}]',
  },
  readOnlyWrite: {
    command: { text: 'UPDATE Patients SET Weight = 99 WHERE ID = 3' },
    error: READ_ONLY,
    after: NOTHING_CHANGED,
    note: BY_SQLITE,
  },
  readOnlyBatch: {
    command: { text: 'SELECT ID FROM Patients; UPDATE Patients SET Weight = 99 WHERE ID = 3' },
    error: READ_ONLY,
    after: NOTHING_CHANGED,
    note: BY_SQLITE,
  },
  readOnlyWritingProcedure: {
    command: procedure('Weigh', { name: '@ID', type: 'Int', value: '3' }),
    error: READ_ONLY,
    after: NOTHING_CHANGED,
    note: BY_SQLITE,
  },
  readOnlyDefinition: {
    command: { text: 'CREATE TABLE Forbidden (ID int)' },
    error: READ_ONLY,
    note: `${BY_SQLITE}; temporary tables too`,
  },
  cancelWrite: {
    command: {
      text: `BEGIN TRANSACTION; DECLARE @i int = 1000;
        WHILE 1 = 1 BEGIN INSERT INTO Changes (ID) VALUES (@i); SET @i = @i + 1; END`,
    },
    after: { text: 'SELECT COUNT(*) AS N FROM Changes WHERE ID >= 1000', rows: '[{"N":0}]' },
    note: 'a transaction; without one each statement stands',
  },
  earlyLeave: {
    command: { text: NUMBERS },
    after: { text: 'SELECT ID FROM Patients WHERE ID = 1', rows: '[{"ID":1}]' },
  },
  backPressure: {
    command: { text: NUMBERS.replace('2000000000', '50000') },
    rowCount: 50_000,
  },
  timeZones: {
    command: {
      text: `SELECT CAST(@d AS date) AS D, CAST(@t AS time) AS T, CAST(@s AS datetime2) AS S,
        CAST('2024-03-31T02:30:00' AS datetime) AS U`,
      parameters: [
        { name: '@d', type: 'Date', value: '1900-01-01' },
        { name: '@t', type: 'Time', value: '00:00:00.5' },
        { name: '@s', type: 'DateTime2', value: '2024-10-06T02:30:00' },
      ],
    },
    rows: '[{"D":"1900-01-01T00:00:00","T":"00:00:00.5","S":"2024-10-06T02:30:00","U":"2024-03-31T02:30:00"}]',
  },
  otherCatalogue: {
    command: { text: 'SELECT Name AS NAME FROM Scans' },
    rows: '[{"NAME":"x-ray"}]',
  },
  noLeaks: { command: { text: 'SELECT ID FROM Patients WHERE ID = 1' }, rows: '[{"ID":1}]' },
} satisfies Partial<EngineConformance['cases']>;

/** What this driver does in every case, with the dialect `tsql`. */
export const sqliteConformance: EngineConformance = {
  engine: 'sqlite',
  title: 'SQLite (`tsql`)',
  provedOn: 'the engine itself, in the files that the demo practice uses',
  cases: {
    ...TEXT_COMMANDS,
    ...VALUES,
    ...INPUTS,
    ...PROCEDURES,
    ...ERRORS,
    ...SESSIONS,
  },
};
