import type {
  CaseCommand,
  EngineConformance,
  ExpectedError,
  Supported,
} from '../../conformance/expectations.ts';
import { transactionCases } from '../../conformance/transaction-cases.ts';
import type { ConstraintKind } from '../../sql-error.ts';
import { FIREBIRD_INPUTS, FIREBIRD_VALUES } from './conformance-values.ts';

function failure(
  text: string,
  code: number,
  message: string,
  constraint?: ConstraintKind,
): Supported {
  const error = { type: 'fbsql', code, message, ...(constraint && { constraint }) } as const;
  return { command: { text }, error };
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
  returning: {
    command: { text: "INSERT INTO CHANGES (ID, T) VALUES (210, 'r') RETURNING ID, T" },
    rows: '[{"ID":210,"T":"r"}]',
    rowsAffected: 1,
    note: '`RETURNING`',
  },
  brokenBatch: {
    command: {
      text: 'INSERT INTO CHANGES (ID) VALUES (30); INSERT INTO CHANGES (ID) VALUES (30)',
    },
    error: {
      type: 'fbsql',
      code: 335_544_665,
      message: 'Violation of PRIMARY or UNIQUE KEY',
      constraint: 'unique',
    },
    after: { text: 'SELECT ID FROM CHANGES WHERE ID = 30', rows: '[]' },
    note: 'nothing: a command is one transaction',
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
    'unique',
  ),
  notNull: failure(
    'INSERT INTO PATIENTS (ID) VALUES (77)',
    335_544_347,
    'Validation error for column',
    'notNull',
  ),
  foreignKey: failure(
    'INSERT INTO VISITS (ID, PATIENT_ID) VALUES (1, 99)',
    335_544_466,
    'Violation of FOREIGN KEY constraint',
    'foreignKey',
  ),
  uniqueIndex: failure(
    "INSERT INTO BOOKINGS (ID, SLOT, STATUS) VALUES (9, 1, 'F')",
    335_544_349,
    'Attempt to store duplicate value',
    'unique',
  ),
  check: failure(
    "INSERT INTO BOOKINGS (ID, SLOT, STATUS) VALUES (9, 9, 'X')",
    335_544_558,
    'Operation violates check constraint',
    'check',
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

const READ_ONLY: ExpectedError = {
  type: 'fbsql',
  code: 335_544_361,
  message: 'read - only transaction',
};

const NOTHING_CHANGED = {
  text: 'SELECT COUNT(*) AS N FROM PATIENTS WHERE WEIGHT = 99',
  rows: '[{"N":0}]',
};

const BY_TRANSACTION = 'refused by the session: a read-only transaction';

const DUPLICATE: ExpectedError = {
  type: 'fbsql',
  code: 335_544_665,
  message: 'Violation of PRIMARY or UNIQUE KEY constraint',
  constraint: 'unique',
};

const NOT_PROVED: ExpectedError = {
  type: 'haloLink',
  code: 1002,
  message: 'not proved to read only',
};

const SESSIONS = {
  cancelRead: {
    command: { text: FOREVER },
    after: { text: 'SELECT ID FROM PATIENTS WHERE ID = 1', rows: '[{"ID":1}]' },
    note: 'by `op_cancel`; the session is replaced',
  },
  readOnlyRead: {
    command: { text: 'SELECT ID FROM PATIENTS WHERE ID = 1' },
    rows: '[{"ID":1}]',
  },
  readOnlyProcedure: {
    command: procedure('NUMBERS', { name: '@upto', type: 'Int', value: '1' }),
    rows: '[{"N":1,"T":"x1"}]',
  },
  readOnlyWrite: {
    command: { text: 'UPDATE PATIENTS SET WEIGHT = 99 WHERE ID = 3' },
    error: READ_ONLY,
    after: NOTHING_CHANGED,
    note: BY_TRANSACTION,
  },
  readOnlyBatch: {
    command: { text: 'SELECT ID FROM PATIENTS; UPDATE PATIENTS SET WEIGHT = 99 WHERE ID = 3' },
    error: READ_ONLY,
    after: NOTHING_CHANGED,
    note: BY_TRANSACTION,
  },
  readOnlyWritingProcedure: {
    command: procedure('WEIGH', { name: '@id', type: 'Int', value: '3' }),
    error: READ_ONLY,
    after: NOTHING_CHANGED,
    note: `${BY_TRANSACTION}, also in an autonomous transaction`,
  },
  readOnlyDefinition: {
    command: { text: 'CREATE TABLE FORBIDDEN (ID INTEGER)' },
    error: { ...READ_ONLY, code: 335_544_351 },
    note: BY_TRANSACTION,
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
    rows: '[{"D":"1900-01-01T00:00:00","T":"00:00:00.5","S":"2024-10-06T02:30:00","U":"2024-03-31T02:30:00"}]',
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
    ...FIREBIRD_VALUES,
    ...FIREBIRD_INPUTS,
    ...PROCEDURES,
    ...ERRORS,
    ...transactionCases(
      DUPLICATE,
      NOT_PROVED,
      'refused by the driver, which sends only what is proved to read',
    ),
    ...SESSIONS,
  },
};
