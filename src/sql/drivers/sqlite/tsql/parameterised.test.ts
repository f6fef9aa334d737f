import { describe, expect, it } from 'vitest';
import type { SqlParameter } from '../../../driver.ts';
import { openPractice, parameter } from './testing/small-practice.ts';

const practice = openPractice();
const text = (name: string, value: string | null) => parameter(name, 'NVarChar', value);
const int = (name: string, value: number | null) => parameter(name, 'Int', value);
const moment = (type: string, name: string, value: string) => parameter(name, type, value);

type Case = readonly [sql: string, parameters: readonly SqlParameter[], rows: unknown[][]];

const ids = (...values: number[]) => values.map((value) => [value]);
const list = (count: number) => Array.from({ length: count }, (_, index) => `@p${index}`).join(',');
const KEYSET =
  'SELECT TOP (51) InternalID FROM Patients WHERE Surname > @a OR (Surname = @a AND InternalID > @b) ORDER BY Surname, InternalID';
const BOTH = `SELECT d.Kind, d.ID FROM (
  SELECT 'patient' AS Kind, InternalID AS ID, Surname AS Name FROM Patients
  UNION ALL SELECT 'visit', VisitID, Doctor FROM Visits) AS d`;
const OPTIONAL = `SELECT InternalID FROM Patients
  WHERE (@s IS NULL OR Surname LIKE @s) AND (@d IS NULL OR DOB = @d) ORDER BY InternalID`;

describe('parameterised queries', () => {
  it.each<Case>([
    ['SELECT InternalID FROM Patients WHERE Surname LIKE @a', [text('@a', '[eEéÉ]%')], ids(4, 2)],
    ['SELECT InternalID FROM Patients WHERE Surname LIKE @a', [text('@a', '[sSšŠ]%')], []],
    ['SELECT InternalID FROM Patients WHERE Surname LIKE @a', [text('@a', '[^e]%')], ids(1, 3, 2)],
    ["SELECT InternalID FROM Patients WHERE Surname LIKE @a + '%'", [text('@a', "O'")], ids(3)],
    [
      "SELECT InternalID FROM Patients WHERE Notes LIKE @a ESCAPE '\\'",
      [text('@a', '100\\%%')],
      ids(3),
    ],
    [
      'SELECT InternalID FROM Patients WHERE Notes LIKE @a ESCAPE @e',
      [text('@a', '%!_'), text('@e', '!')],
      ids(3),
    ],
    ['SELECT InternalID FROM Patients WHERE Surname LIKE @a', [text('@a', null)], []],
    ['SELECT TOP (@n) InternalID FROM Patients ORDER BY InternalID', [int('@n', 2)], ids(1, 2)],
    [
      'SELECT InternalID FROM Patients ORDER BY CASE WHEN Firstname IS NULL THEN 1 ELSE 0 END, Firstname',
      [],
      ids(1, 2, 4, 3),
    ],
    [KEYSET, [text('@a', 'eagle'), int('@b', 1)], ids(4, 2, 1, 3)],
    [KEYSET, [text('@a', 'Eagle'), int('@b', 4)], ids(2, 1, 3)],
    [
      'SELECT InternalID FROM Patients WHERE Surname >= @a AND Surname < @b ORDER BY 1',
      [text('@a', 'E'), text('@b', 'F')],
      ids(2, 4),
    ],
    [
      `SELECT InternalID FROM Patients WHERE InternalID IN (${list(200)})`,
      Array.from({ length: 200 }, (_, n) => int(`@p${n}`, n + 3)),
      ids(3, 4),
    ],
    [
      `SELECT InternalID FROM Patients WHERE Surname IN (${list(200)})`,
      Array.from({ length: 200 }, (_, n) => text(`@p${n}`, n === 9 ? 'NG' : `x${n}`)),
      ids(1),
    ],
    [
      `${BOTH} WHERE d.Name = @n ORDER BY d.Kind, d.ID`,
      [text('@n', 'dr a')],
      [
        ['visit', 1],
        ['visit', 3],
      ],
    ],
    [
      `${BOTH} WHERE d.ID = @n ORDER BY d.Kind`,
      [int('@n', 2)],
      [
        ['patient', 2],
        ['visit', 2],
      ],
    ],
    [
      'SELECT p.InternalID FROM Patients p WHERE EXISTS (SELECT 1 FROM Visits v WHERE v.InternalID = p.InternalID AND v.Doctor = @d) ORDER BY 1',
      [text('@d', 'DR B')],
      ids(1),
    ],
    [
      'SELECT p.InternalID, v.VisitID FROM Patients p LEFT JOIN Visits v ON v.InternalID = p.InternalID AND v.Doctor = @d WHERE p.InternalID IN (@a, @b) ORDER BY 1',
      [text('@d', 'Dr A'), int('@a', 1), int('@b', 3)],
      [
        [1, 1],
        [3, null],
      ],
    ],
    [
      'SELECT VisitID FROM Visits WHERE VisitDate >= @a AND VisitDate < @b',
      [moment('DateTime2', '@a', '2024-02-01T00:00:00'), moment('Date', '@b', '2024-03-01')],
      ids(2),
    ],
    [
      'SELECT InternalID FROM Patients WHERE DOB >= @a ORDER BY 1',
      [moment('DateTime', '@a', '1990-12-01T00:00:00')],
      ids(2, 4),
    ],
    [
      'SELECT InternalID FROM Patients WHERE DOB > @a',
      [moment('DateTime', '@a', '1990-12-01T00:00:00')],
      [],
    ],
    [
      'SELECT InternalID FROM Patients WHERE Seen = @a',
      [moment('DateTimeOffset', '@a', '2024-01-30T11:30:00-12:00')],
      ids(1),
    ],
    [
      'SELECT InternalID FROM Patients WHERE Seen < @a',
      [moment('DateTimeOffset', '@a', '2024-01-31T13:30:00.001+14:00')],
      ids(1),
    ],
    [
      'SELECT InternalID FROM Patients WHERE Created = @a',
      [text('@a', '31 Jan 2024 09:30')],
      ids(1),
    ],
    [
      "SELECT CAST(InternalID AS nvarchar(64)), CASE WHEN Active = @x THEN N'active' ELSE N'inactive' END FROM Patients WHERE InternalID = @i",
      [parameter('@x', 'Bit', true), int('@i', 2)],
      [['2', 'inactive']],
    ],
    [OPTIONAL, [text('@s', null), moment('Date', '@d', '1990-12-01')], ids(2, 4)],
    [OPTIONAL, [text('@s', 'n%'), parameter('@d', 'Date', null)], ids(1)],
    [OPTIONAL, [text('@s', null), parameter('@d', 'Date', null)], ids(1, 2, 3, 4)],
    [
      'SELECT -@n, @n / @m, ISNULL(@o, @n), CASE @n WHEN 7 THEN @m END',
      [int('@n', 7), int('@m', 2), int('@o', null)],
      [[-7, 3, 7, 2]],
    ],
    [
      'SELECT -@n, @n / @m, ISNULL(@o, @n), CASE @n WHEN 7 THEN @m END',
      [int('@n', 8), int('@m', 3), int('@o', 1)],
      [[-8, 2, 1, null]],
    ],
    [
      'SELECT InternalID FROM Patients WHERE Balance = @d',
      [parameter('@d', 'Decimal', '12.5')],
      ids(1),
    ],
    [
      'SELECT InternalID FROM Patients WHERE Balance = @d',
      [parameter('@d', 'Decimal', '12.50')],
      ids(1),
    ],
    ['SELECT TRY_CAST(@a AS int)', [text('@a', 'x')], [[null]]],
    ['SELECT TRY_CAST(@a AS int)', [text('@a', '5')], [[5]]],
  ])('%.110s', (sql, parameters, rows) => {
    expect(practice.query(sql, ...parameters)).toEqual(rows);
    // By the plan that the first run has left.
    expect(practice.query(sql, ...parameters)).toEqual(rows);
  });

  it.each<[string, readonly SqlParameter[], number, string]>([
    ['SELECT TOP (@n) * FROM Patients', [int('@n', -1)], 127, 'may not be negative'],
    ['SELECT TOP (@n) * FROM Patients', [int('@n', null)], 1060, 'must be an integer'],
    ['SELECT TOP (@n) * FROM Patients', [text('@n', '1')], 1060, 'must be an integer'],
    ['SELECT 1 / @n', [int('@n', 0)], 8134, 'Divide by zero'],
    ['SELECT CAST(@n AS int)', [text('@n', 'x')], 245, "value 'x' to data type int"],
    ['SELECT 1 FROM Patients WHERE DOB = @n', [text('@n', 'soon')], 241, 'Conversion failed'],
    ["SELECT 1 FROM Patients WHERE Surname LIKE @n ESCAPE '!!'", [text('@n', 'x')], 506, '"!!"'],
    [
      'SELECT 1 FROM Patients WHERE Surname COLLATE Latin1_General_CI_AI = @n',
      [text('@n', 'x')],
      40_510,
      'COLLATE Latin1_General_CI_AI',
    ],
    [
      'SELECT 1 FROM Patients WHERE Surname COLLATE Latin1_General_BIN2 LIKE @n',
      [text('@n', 'x')],
      40_510,
      'COLLATE Latin1_General_BIN2',
    ],
    ['SELECT @other', [text('@n', 'x')], 137, '@other'],
  ])(
    '%s fails as in SQL Server, also after it has succeeded',
    (sql, parameters, errorCode, message) => {
      const well = parameters.map(({ name, typeName }) =>
        typeName === 'Int' ? int(name, 1) : text(name, '2024-01-01'),
      );
      try {
        practice.query(sql, ...well);
      } catch {
        // Some are wrong with any value.
      }
      expect(() => practice.query(sql, ...parameters)).toThrow(
        expect.objectContaining({ errorCode, message: expect.stringContaining(message) }),
      );
    },
  );
});

describe('an index serves', () => {
  const surname = /^SEARCH t1 USING (COVERING )?INDEX IX_Surname \(Surname>\? AND Surname<\?\)$/;
  const visit = /^SEARCH t1 USING .*INDEX .* \(InternalID=\? AND VisitDate>\? AND VisitDate<\?\)$/;
  it.each<[string, readonly SqlParameter[], RegExp]>([
    ['Surname = @a', [text('@a', 'Ng')], surname],
    ['Surname = @a', [text('@a', 'Éclair')], surname],
    ['Surname LIKE @a', [text('@a', 'N%')], surname],
    ['Surname LIKE @a', [text('@a', '[sSšŠ]m%')], surname],
    ['Surname >= @a AND Surname < @b', [text('@a', 'N'), text('@b', 'O')], surname],
    ['Surname > @a', [text('@a', 'N')], /Surname>\?/],
    [
      `Surname IN (${list(200)})`,
      Array.from({ length: 200 }, (_, n) => text(`@p${n}`, `x${n}`)),
      surname,
    ],
    [
      `InternalID IN (${list(200)})`,
      Array.from({ length: 200 }, (_, n) => int(`@p${n}`, n)),
      /PRIMARY KEY/,
    ],
  ])('%.60s', (condition, parameters, line) => {
    const plan = practice.plan(`SELECT Surname FROM Patients WHERE ${condition}`, ...parameters);
    expect(plan).toContainEqual(expect.stringMatching(line));
    expect(plan.filter((step) => step.startsWith('SCAN t'))).toEqual([]);
  });

  it.each(['DateTime', 'DateTime2', 'DateTimeOffset', 'SmallDateTime', 'NVarChar', 'Date'])(
    'a datetime column and parameters of type %s',
    (type) => {
      const zone = type === 'DateTimeOffset' ? '+10:00' : '';
      const value = (day: string) => (type === 'Date' ? day : `${day}T00:00:00${zone}`);
      const plan = practice.plan(
        'SELECT VisitID FROM Visits WHERE InternalID = @i AND VisitDate >= @a AND VisitDate < @b',
        int('@i', 1),
        moment(type, '@a', value('2024-02-01')),
        moment(type, '@b', value('2024-03-01')),
      );
      expect(plan[0]).toMatch(visit);
    },
  );

  it('the members of a derived table, for a condition outside of it', () => {
    const plan = practice.plan(
      `${BOTH} WHERE d.ID = @i AND d.Name = @n`,
      int('@i', 1),
      text('@n', 'Ng'),
    );
    expect(plan.filter((step) => /SEARCH t\d+ USING INTEGER PRIMARY KEY/.test(step))).toHaveLength(
      2,
    );
  });

  it('a correlated EXISTS', () => {
    const plan = practice.plan(
      'SELECT p.InternalID FROM Patients p WHERE p.InternalID = @i AND EXISTS (SELECT 1 FROM Visits v WHERE v.InternalID = p.InternalID AND v.VisitDate > @d)',
      int('@i', 1),
      moment('DateTime', '@d', '2024-01-01T00:00:00'),
    );
    expect(plan).toContainEqual(expect.stringMatching(/InternalID=\? AND VisitDate>\?/));
  });
});

describe('parameterised changes', () => {
  const rowsAffected = (sql: string, ...parameters: SqlParameter[]) =>
    [...practice.session.run({ text: sql, type: 'text', parameters })].findLast(
      (event) => event.kind === 'done',
    );
  const minutes = () => practice.query('SELECT Minutes FROM Visits WHERE VisitID = 1');

  it('tell the new identity, and the inserted values', () => {
    const insert = 'INSERT INTO Visits (InternalID, VisitDate)';
    const values = [int('@i', 2), moment('DateTime', '@d', '2025-01-01T10:00:00')];
    expect(
      practice.query(`${insert} VALUES (@i, @d); SELECT SCOPE_IDENTITY() AS ID`, ...values),
    ).toEqual([['4']]);
    const later = [int('@i', 2), moment('DateTime', '@d', '2025-01-02T10:00:00')];
    expect(
      practice.query(
        `${insert} OUTPUT INSERTED.VisitID, INSERTED.VisitDate VALUES (@i, @d)`,
        ...later,
      ),
    ).toEqual([[5, '2025-01-02T10:00:00']]);
  });

  it('count the rows that they change', () => {
    const update = 'UPDATE Visits SET Doctor = @d WHERE InternalID = @i';
    expect(rowsAffected(update, text('@d', 'Dr C'), int('@i', 2))).toMatchObject({
      rowsAffected: 3,
    });
    expect(rowsAffected(update, text('@d', 'Dr C'), int('@i', 99))).toMatchObject({
      rowsAffected: 0,
    });
  });

  it.each([
    ['COMMIT', '21'],
    ['ROLLBACK', '15'],
  ])('in a batch with BEGIN TRAN and %s', (end, wanted) => {
    practice.query('UPDATE Visits SET Minutes = 15 WHERE VisitID = 1');
    const batch = `SET XACT_ABORT ON; BEGIN TRAN; UPDATE Visits SET Minutes = @m WHERE VisitID = 1; ${end}`;
    practice.query(batch, int('@m', 21));
    expect(minutes()).toEqual([[Number(wanted)]]);
  });

  it('are undone when one of them fails', () => {
    practice.query('UPDATE Visits SET Minutes = 15 WHERE VisitID = 1');
    const batch =
      'SET XACT_ABORT ON; BEGIN TRAN; UPDATE Visits SET Minutes = @m WHERE VisitID = 1; INSERT INTO Visits (InternalID, VisitDate) VALUES (@missing, @d); COMMIT';
    const values = [
      int('@m', 30),
      int('@missing', 999),
      moment('DateTime', '@d', '2025-01-01T00:00:00'),
    ];
    expect(() => practice.query(batch, ...values)).toThrow(
      expect.objectContaining({ errorCode: 547 }),
    );
    expect(minutes()).toEqual([[15]]);
  });
});
