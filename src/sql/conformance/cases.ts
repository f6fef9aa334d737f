/** How a case is looked at: by what its command gives, or by what happens around it. */
export type CaseCheck =
  | 'result'
  /** Aborted while the command runs: it must stop in the database, and the pool must go on. */
  | 'cancel'
  /** Left after the first rows. */
  | 'leave'
  /** Nothing is read for a while: the driver must not run ahead by more than a bounded number of rows. */
  | 'backPressure'
  /** The same rows whatever time zone the process is in. */
  | 'timeZones'
  /** In an execution that may change nothing; the same connection must take a write afterwards. */
  | 'readOnly'
  /** Opening a connection to `Images` and asking there. */
  | 'catalogue'
  | 'unknownCatalogue'
  | 'wrongPassword'
  | 'unreachable'
  /** In a transaction that is then committed. */
  | 'commit'
  /** In a transaction that is rolled back, and in one that is only disposed of. */
  | 'rollback'
  | 'disposal'
  /** In a transaction where the same command then fails, and that is committed. */
  | 'failureInside'
  /** In two transactions at a time: one changes the row, the other waits for it and finds nothing to change. */
  | 'sameRow'
  /** In a transaction whose session ends before the commit. */
  | 'lostBeforeCommit'
  /** In a transaction, beside executions that may change nothing. */
  | 'readOnlyInside'
  /** In a transaction that nobody ends, on a connection that goes back to its pool. */
  | 'leftOpen'
  /** Many commands through a pool, failing ones among them: no session stays behind. */
  | 'sessions';

interface CaseFacts {
  readonly title: string;
  readonly check?: CaseCheck;
}

/** The cases of the suite, by the heading that they stand under in the table. */
const CASE_GROUPS = {
  'Text commands': {
    rows: { title: 'rows in order, columns by name' },
    noRows: { title: 'an empty result' },
    unnamedColumns: { title: 'columns without a name, and a name given twice' },
    textAroundParameters: { title: 'parameters’ names inside strings and comments stay text' },
    positionalParameters: { title: '`?` bound in order' },
    batch: { title: 'several statements: `rowsAffected` counts all' },
    severalResultSets: { title: 'several result sets: the first is answered' },
    insert: { title: 'INSERT' },
    update: { title: 'UPDATE' },
    delete: { title: 'DELETE' },
    returning: { title: 'a change that gives its row back' },
    brokenBatch: { title: 'what a batch leaves that fails in the middle' },
  },
  'Values that come back': {
    smallIntegers: { title: 'smallint, int: extremes' },
    bigint: { title: 'bigint: extremes' },
    decimal: { title: 'decimal: the most digits' },
    money: { title: 'money' },
    float: { title: 'double precision: extremes' },
    real: { title: 'single precision: shortest form' },
    bit: { title: 'bit, boolean' },
    char: { title: 'char keeps its padding' },
    unicode: { title: 'text beyond the basic plane' },
    longText: { title: 'text of 100,000 characters' },
    binary: { title: 'binary' },
    longBinary: { title: '100,000 bytes' },
    guid: { title: 'uniqueidentifier' },
    date: { title: 'date: first and last' },
    time: { title: 'time: finest fraction' },
    datetime: { title: 'date and time: extremes' },
    datetimeoffset: { title: 'date and time with its offset' },
    xml: { title: 'xml' },
    nulls: { title: 'NULL of every type' },
  },
  'Input parameters': {
    inBigInt: { title: '`BigInt`' },
    inInt: { title: '`Int`' },
    inSmallInt: { title: '`SmallInt`' },
    inTinyInt: { title: '`TinyInt`' },
    inBit: { title: '`Bit`' },
    inDecimal: { title: '`Decimal`' },
    inMoney: { title: '`Money`' },
    inSmallMoney: { title: '`SmallMoney`' },
    inFloat: { title: '`Float`' },
    inReal: { title: '`Real`' },
    inChar: { title: '`Char`' },
    inVarChar: { title: '`VarChar`' },
    inNChar: { title: '`NChar`' },
    inNVarChar: { title: '`NVarChar`' },
    inString: { title: '`String`' },
    inText: { title: '`Text`' },
    inNText: { title: '`NText`' },
    inXml: { title: '`Xml`' },
    inBinary: { title: '`Binary`' },
    inVarBinary: { title: '`VarBinary`' },
    inImage: { title: '`Image`' },
    inTimestamp: { title: '`Timestamp`' },
    inUniqueIdentifier: { title: '`UniqueIdentifier`' },
    inDate: { title: '`Date`' },
    inTime: { title: '`Time`' },
    inDateTime: { title: '`DateTime`' },
    inDateTime2: { title: '`DateTime2`' },
    inSmallDateTime: { title: '`SmallDateTime`' },
    inDateTimeOffset: { title: '`DateTimeOffset`' },
    inVariant: { title: '`Variant`' },
    inStructured: { title: '`Structured`' },
    inUdt: { title: '`Udt`' },
    inNull: { title: 'NULL' },
    inLongText: { title: 'text of 100,000 characters' },
    inLongBinary: { title: '100,000 bytes' },
  },
  'Stored procedures': {
    procedureRows: { title: 'rows of a procedure' },
    procedureDefaults: { title: 'a parameter left to its default' },
    outputParameter: { title: '`output`' },
    inputOutputParameter: { title: '`inputOutput`' },
    returnValue: { title: '`returnValue`' },
    unknownParameter: { title: 'a parameter that the procedure does not have' },
  },
  Errors: {
    missingTable: { title: 'missing table' },
    missingColumn: { title: 'missing column' },
    missingProcedure: { title: 'missing procedure' },
    syntaxError: { title: 'syntax error' },
    duplicateKey: { title: 'duplicate key' },
    notNull: { title: 'NULL where none may be' },
    foreignKey: { title: 'foreign key' },
    uniqueIndex: { title: 'a value that a unique index has' },
    check: { title: 'a value that a check forbids' },
    divisionByZero: { title: 'division by zero' },
    conversion: { title: 'text that is no number' },
    overflow: { title: 'a number too large for its column' },
    truncation: { title: 'text too long for its column' },
    undeclaredParameter: { title: 'a parameter that the command does not have' },
    wrongPassword: { title: 'wrong password', check: 'wrongPassword' },
    unknownCatalogue: { title: 'unknown catalogue', check: 'unknownCatalogue' },
    unreachable: { title: 'no server', check: 'unreachable' },
  },
  'Read-only executions': {
    readOnlyRead: { title: 'a read', check: 'readOnly' },
    readOnlyProcedure: { title: 'a procedure that only reads', check: 'readOnly' },
    readOnlyWrite: { title: 'a write changes nothing', check: 'readOnly' },
    readOnlyBatch: { title: 'a write behind a read changes nothing', check: 'readOnly' },
    readOnlyWritingProcedure: {
      title: 'a procedure that writes changes nothing',
      check: 'readOnly',
    },
    readOnlyDefinition: { title: 'CREATE TABLE', check: 'readOnly' },
  },
  Transactions: {
    commit: { title: 'what is committed stands', check: 'commit' },
    rollback: { title: 'a rollback leaves nothing', check: 'rollback' },
    disposal: { title: 'disposal without a commit leaves nothing', check: 'disposal' },
    failureInside: {
      title: 'a statement that fails inside leaves the transaction open',
      check: 'failureInside',
    },
    sameRow: {
      title: 'of two that change a row under the same condition, one does, every time',
      check: 'sameRow',
    },
    lostBeforeCommit: {
      title: 'a session that is lost before the commit leaves nothing',
      check: 'lostBeforeCommit',
    },
    readOnlyInside: { title: 'a read-only execution inside', check: 'readOnlyInside' },
    leftOpen: { title: 'a pool does not take an open one back', check: 'leftOpen' },
  },
  Sessions: {
    cancelRead: { title: 'a read that is cancelled, or past its limit, stops', check: 'cancel' },
    cancelWrite: {
      title: 'a write that is cancelled stops and leaves nothing',
      check: 'cancel',
    },
    earlyLeave: { title: 'a reader that leaves early frees the session', check: 'leave' },
    backPressure: { title: 'a slow reader is not run over', check: 'backPressure' },
    timeZones: { title: 'dates and times in any time zone of the process', check: 'timeZones' },
    otherCatalogue: { title: 'another catalogue', check: 'catalogue' },
    noLeaks: { title: 'no session stays behind', check: 'sessions' },
  },
} as const satisfies Record<string, Record<string, CaseFacts>>;

type Groups = typeof CASE_GROUPS;

/** Name of a case. */
export type CaseId = { [G in keyof Groups]: keyof Groups[G] & string }[keyof Groups];

/** One case of the suite. */
export interface ConformanceCase extends CaseFacts {
  readonly id: CaseId;
  readonly group: string;
  readonly check: CaseCheck;
}

/** All cases in the order of the table. */
export const CASES: readonly ConformanceCase[] = Object.entries(CASE_GROUPS).flatMap(
  ([group, cases]) =>
    Object.entries(cases as Record<string, CaseFacts>).map(([id, { title, check = 'result' }]) => ({
      id: id as CaseId,
      group,
      title,
      check,
    })),
);
