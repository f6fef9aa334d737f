import type {
  CaseCommand,
  EngineConformance,
  ExpectedError,
  Supported,
} from '../../conformance/expectations.ts';
import { transactionCases } from '../../conformance/transaction-cases.ts';
import type { ConstraintKind } from '../../sql-error.ts';
import { SQLITE_INPUTS, SQLITE_VALUES } from './conformance-values.ts';

function failure(
  text: string,
  code: number,
  message: string,
  constraint?: ConstraintKind,
): Supported {
  const error = { type: 'mssql', code, message, ...(constraint && { constraint }) } as const;
  return { command: { text }, error };
}

const procedure = (
  text: string,
  ...parameters: NonNullable<CaseCommand['parameters']>
): CaseCommand => ({ text, type: 'storedProcedure', parameters });

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
  returning: {
    command: {
      text: "INSERT INTO Changes (ID, T) OUTPUT inserted.ID, inserted.T VALUES (210, 'r')",
    },
    rows: '[{"ID":210,"T":"r"}]',
    rowsAffected: 1,
    note: '`OUTPUT`',
  },
  brokenBatch: {
    command: {
      text: 'INSERT INTO Changes (ID) VALUES (30); INSERT INTO Changes (ID) VALUES (30)',
    },
    error: { type: 'mssql', code: 2627, message: 'Violation of PRIMARY KEY', constraint: 'unique' },
    after: { text: 'SELECT ID FROM Changes WHERE ID = 30', rows: '[{"ID":30}]' },
    note: 'what ran before, unless the batch is a transaction',
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
    'unique',
  ),
  notNull: failure(
    'INSERT INTO Visits (ID) VALUES (77)',
    515,
    'Cannot insert the value NULL',
    'notNull',
  ),
  foreignKey: failure(
    'INSERT INTO Visits (ID, PatientID) VALUES (2, 99)',
    547,
    'FOREIGN KEY',
    'foreignKey',
  ),
  uniqueIndex: failure(
    "INSERT INTO Bookings (ID, Slot, Status) VALUES (9, 1, 'F')",
    2601,
    'Cannot insert duplicate key row',
    'unique',
  ),
  check: failure(
    "INSERT INTO Bookings (ID, Slot, Status) VALUES (9, 9, 'X')",
    547,
    'CHECK constraint',
    'check',
  ),
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

const DUPLICATE: ExpectedError = {
  type: 'mssql',
  code: 2627,
  message: 'Violation of PRIMARY KEY constraint',
  constraint: 'unique',
};

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
    ...SQLITE_VALUES,
    ...SQLITE_INPUTS,
    ...PROCEDURES,
    ...ERRORS,
    ...transactionCases(DUPLICATE, READ_ONLY, BY_SQLITE),
    ...SESSIONS,
  },
};
