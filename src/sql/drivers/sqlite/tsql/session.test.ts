import { beforeEach, describe, expect, it } from 'vitest';
import { SqlError } from '../../../sql-error.ts';
import { openPractice, type Practice, parameter } from './testing/small-practice.ts';

let practice: Practice;
beforeEach(() => {
  practice = openPractice();
});

function failure(run: () => unknown): { number: number; message: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof SqlError) return { number: error.errorCode, message: error.message };
    throw error;
  }
  throw new Error('expected a SqlError');
}

describe('values', () => {
  it.each([
    ['SELECT 7/2, -7/2, -7%3', [3, -3, -1]],
    ['SELECT 1/2.0, 1.0/3, 10.0/3.0', ['0.500000', '0.333333', '3.333333']],
    ['SELECT 1.1+2.22, 2.5*2.5, 2*3.5', ['3.32', '6.25', '7.0']],
    ["SELECT '1'+1, 'a'+'b', 'a'+NULL", [2, 'ab', null]],
    ['SELECT CAST(1.005 AS decimal(5,2)), CAST(2.5 AS int), CAST($2.5 AS int)', ['1.01', 2, 3]],
    ["SELECT LEN('a '), DATALENGTH(N'ab'), LEN(N'')", [1, 4, 0]],
    [
      "SELECT SUBSTRING('hello',0,3), SUBSTRING('hello',2,100), SUBSTRING('hello',9,2)",
      ['he', 'ello', ''],
    ],
    ["SELECT ISNULL(CAST(NULL AS varchar(2)),'abcdef'), COALESCE(NULL,NULL,'x')", ['ab', 'x']],
    ["SELECT CASE WHEN 'a'='A ' THEN 1 END, CASE WHEN N'é'=N'É' THEN 1 END", [1, 1]],
    ["SELECT CASE WHEN 'e'=N'é' THEN 1 ELSE 0 END", [0]],
    [
      "SELECT REPLACE('Hello WORLD','wor','x'), STUFF('abc',2,1,'zz'), REVERSE('abc')",
      ['Hello xLD', 'azzc', 'cba'],
    ],
    [
      "SELECT CHARINDEX('L','hello'), CHARINDEX('l','hello',4), PATINDEX('%[0-9]%','ab3c')",
      [3, 4, 3],
    ],
    [
      "SELECT UPPER(N'é'), LOWER(N'É'), REPLICATE('ab',3), RIGHT('abc',2), LEFT('abc',0)",
      ['É', 'é', 'ababab', 'bc', ''],
    ],
    ["SELECT CONCAT('a',NULL,1), CONCAT_WS('-','a',NULL,'b')", ['a1', 'a-b']],
    [
      'SELECT ROUND(2.345,2), ROUND(125,-1), ROUND(2.5E0,0), ROUND(1.29,1,1)',
      ['2.350', 130, 3, '1.20'],
    ],
    [
      'SELECT CEILING(1.2), FLOOR(-1.2), POWER(2,10), SQRT(16), 6&3, 5|2, 5^1',
      ['2', '-2', 1024, 4, 2, 7, 4],
    ],
    [
      'SELECT CAST(1.5 AS varchar), CAST(1234567.0E0 AS varchar), CAST(12345 AS varchar(3))',
      ['1.5', '1.23457e+006', '*'],
    ],
    [
      "SELECT CAST('true' AS bit), CAST(0 AS bit), IIF(1=1,'y','n'), CHOOSE(2,'a','b')",
      [true, false, 'y', 'b'],
    ],
    ['SELECT 0x0102', [new Uint8Array([1, 2])]],
    [
      "SELECT TRY_CAST('abc' AS int), TRY_CONVERT(date,'2024-13-01'), TRY_CAST('5' AS int)",
      [null, null, 5],
    ],
    ["SELECT CAST('12345678901234567890.5' AS decimal(30,2))", ['12345678901234567890.50']],
    ['SELECT CAST(9007199254740993 AS bigint)', [9007199254740993n]],
  ])('%s', (sql, row) => {
    expect(practice.query(sql)).toEqual([row]);
  });
});

describe('dates', () => {
  it.each([
    ["SELECT DATEDIFF(day,'2024-01-31T23:59','2024-02-01T00:01')", [1]],
    [
      "SELECT DATEDIFF(week,'2024-03-16','2024-03-17'), DATEDIFF(week,'2024-03-17','2024-03-23')",
      [1, 0],
    ],
    [
      "SELECT DATEDIFF(year,'2023-12-31','2024-01-01'), DATEDIFF(quarter,'2024-03-31','2024-04-01')",
      [1, 1],
    ],
    [
      "SELECT DATEADD(month,1,CAST('2024-01-31' AS date)), EOMONTH('2024-02-10')",
      ['2024-02-29', '2024-02-29'],
    ],
    [
      "SELECT DATEADD(mi,90,'2024-01-01T23:00'), GETDATE()-1",
      ['2024-01-02T00:30:00', '2024-03-14T12:30:15.123'],
    ],
    [
      'SELECT GETUTCDATE(), SYSDATETIMEOFFSET()',
      ['2024-03-15T02:30:15.123', '2024-03-15T12:30:15.123+10:00'],
    ],
    [
      "SELECT DATENAME(weekday,'2024-03-15'), DATEPART(week,'2024-03-15'), YEAR('20240517')",
      ['Friday', 11, 2024],
    ],
    [
      "SELECT CONVERT(datetime,'31/01/2024',103), CAST('2024-01-31T09:30:00.005' AS datetime)",
      ['2024-01-31T00:00:00', '2024-01-31T09:30:00.007'],
    ],
    [
      'SELECT CONVERT(varchar(10), DOB, 103), CAST(DOB AS varchar), CAST(Created AS varchar) FROM Patients WHERE InternalID=1',
      ['29/02/1980', '1980-02-29', 'Jan 31 2024  9:30AM'],
    ],
    [
      'SELECT CONVERT(varchar(30), Created, 121), CONVERT(varchar(8), Created, 112) FROM Patients WHERE InternalID=2',
      ['2024-02-01 00:00:00.997', '20240201'],
    ],
    [
      "SELECT DATEADD(hour,20,CAST('09:30' AS time)), DATEFROMPARTS(2024,2,29)",
      ['05:30:00', '2024-02-29'],
    ],
  ])('%s', (sql, row) => {
    expect(practice.query(sql)).toEqual([row]);
  });
});

describe('queries', () => {
  it.each([
    ["SELECT InternalID FROM dbo.Patients WHERE Surname='NG'", [[1]]],
    ["SELECT InternalID FROM Patients WHERE Surname=N'éCLAIR' AND Active=0", [[2]]],
    ["SELECT InternalID FROM Patients WHERE Active='true' ORDER BY 1", [[1], [3], [4]]],
    ["SELECT InternalID FROM Patients WHERE Created = '2024-01-31 09:30'", [[1]]],
    ["SELECT InternalID FROM Patients WHERE Created >= '20240101' ORDER BY 1", [[1], [2]]],
    ["SELECT InternalID FROM Patients WHERE Guid='0B1E7A52-9C1D-4F7E-8A43-2D6C0F9BE001'", [[1]]],
    ['SELECT Surname FROM Patients ORDER BY Surname', [['eagle'], ['Éclair'], ['Ng'], ["O'Brien"]]],
    ['SELECT TOP (2) InternalID FROM Patients ORDER BY InternalID DESC', [[4], [3]]],
    ['SELECT InternalID FROM Patients ORDER BY 1 OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY', [[2], [3]]],
    ['SELECT DISTINCT Code FROM Patients ORDER BY Code', [[null], ['A1   '], ['B2   ']]],
    ['SELECT Doctor, COUNT(*) FROM Visits GROUP BY Doctor HAVING COUNT(*)>1', [['Dr A', 2]]],
    ['SELECT AVG(Minutes), SUM(Minutes), COUNT(Minutes), COUNT(*) FROM Visits', [[17, 35, 2, 3]]],
    [
      'SELECT SUM(Balance), AVG(Balance), SUM(Fee), COUNT(DISTINCT Code) FROM Patients',
      [['15.78', '5.260000', '1.3300', 2]],
    ],
    [
      'SELECT MIN(Surname), MAX(Surname), MAX(Wide) FROM Patients',
      [['eagle', "O'Brien", '12345678901234567890.1234567890']],
    ],
    [
      'SELECT InternalID FROM Patients WHERE InternalID NOT IN (SELECT InternalID FROM Visits) ORDER BY 1',
      [[3], [4]],
    ],
    ['SELECT 1 WHERE 1 NOT IN (2, NULL)', []],
    ['SELECT 1 UNION SELECT 2 UNION ALL SELECT 2 ORDER BY 1 DESC', [[2], [2], [1]]],
    ["SELECT 'a' UNION SELECT 'A '", [['a']]],
    ['SELECT 1 UNION ALL SELECT 2.5', [['1.0'], ['2.5']]],
    ['SELECT InternalID FROM Patients EXCEPT SELECT InternalID FROM Visits', [[3], [4]]],
    [
      'WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<500) SELECT SUM(i) FROM n OPTION (MAXRECURSION 0)',
      [[125250]],
    ],
    [
      'SELECT Surname FROM Patients p WHERE EXISTS (SELECT 1 FROM Visits v WHERE v.InternalID=p.InternalID) ORDER BY 1',
      [['Éclair'], ['Ng']],
    ],
    [
      'SELECT Title FROM BPSDocuments..Documents d JOIN Patients p ON p.InternalID=d.InternalID',
      [['Letter']],
    ],
    ["SELECT Surname FROM Patients WHERE Surname LIKE '[a-e]%'", [['eagle']]],
    ["SELECT InternalID FROM Patients WHERE Notes LIKE '%!%%' ESCAPE '!'", [[3]]],
    [
      'SELECT ROW_NUMBER() OVER (PARTITION BY Active ORDER BY Surname), InternalID FROM Patients ORDER BY 2',
      [
        [2, 1],
        [1, 2],
        [3, 3],
        [1, 4],
      ],
    ],
    [
      "SELECT STRING_AGG(Surname, ',') WITHIN GROUP (ORDER BY Surname DESC) FROM Patients",
      [["O'Brien,Ng,Éclair,eagle"]],
    ],
    [
      'SELECT InternalID FROM Patients p RIGHT JOIN (VALUES (1),(9)) v(x) ON v.x=p.InternalID',
      [[1], [null]],
    ],
    [
      "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME='visits' AND DATA_TYPE='datetime'",
      [['VisitDate']],
    ],
    [
      `SELECT g FROM (VALUES (CAST('0b000000-0000-0000-0000-000000000001' AS uniqueidentifier)),('0a000000-0000-0000-0000-000000000002')) v(g) ORDER BY g`,
      [['0b000000-0000-0000-0000-000000000001'], ['0a000000-0000-0000-0000-000000000002']],
    ],
    ['SELECT Wide FROM Patients WHERE Wide < 1.5', [['-0.5000000000']]],
  ])('%s', (sql, rows) => {
    expect(practice.query(sql)).toEqual(rows);
  });

  it('gives every column its type', () => {
    expect(
      practice.types(
        'SELECT InternalID, Surname, DOB, Created, Balance, Weight, Active, Guid, Photo, Seen, At FROM Patients',
      ),
    ).toEqual([
      'integer',
      'text',
      'date',
      'datetime',
      'decimal',
      'float',
      'bit',
      'guid',
      'binary',
      'datetimeoffset',
      'time',
    ]);
  });

  it('names columns as written, and leaves computed ones without a name', () => {
    expect(
      practice.names("SELECT InternalID, 1+1, x=2, 3 AS [y z], 'a' 'b' FROM Patients"),
    ).toEqual(['InternalID', '', 'x', 'y z', 'b']);
  });
});

describe('batches', () => {
  it('runs nothing when any statement is malformed', () => {
    failure(() => practice.query('DELETE FROM Visits; SELECT FROM'));
    expect(practice.query('SELECT COUNT(*) FROM Visits')).toEqual([[3]]);
  });

  it('keeps what ran before a failing statement', () => {
    failure(() => practice.query('DELETE FROM Visits WHERE VisitID=3; SELECT 1/0'));
    expect(practice.query('SELECT COUNT(*) FROM Visits')).toEqual([[2]]);
  });

  it('rolls an open transaction back at its end', () => {
    practice.query('BEGIN TRAN; DELETE FROM Visits');
    expect(practice.query('SELECT COUNT(*) FROM Visits')).toEqual([[3]]);
  });

  it('counts the rows of all changes', () => {
    const events = [
      ...practice.session.run({
        text: 'UPDATE Visits SET Minutes=1; DELETE FROM Visits WHERE VisitID=1; SELECT 1',
        type: 'text',
        parameters: [],
      }),
    ];
    expect(events.at(-1)).toEqual({ kind: 'done', rowsAffected: 4, outputParameters: [] });
  });

  it.each([
    ['DECLARE @i int=0; WHILE @i<9 BEGIN SET @i+=1; IF @i=4 BREAK; END; SELECT @i', [[4]]],
    ['DECLARE @r int, @id int; EXEC @r = AddVisit 1, 5; SELECT @r', [['4']]],
    [
      "CREATE TABLE #t (a int, b varchar(5)); INSERT #t VALUES (1,'x'),(2,'y'); SELECT * FROM #t",
      [
        [1, 'x'],
        [2, 'y'],
      ],
    ],
    ['SELECT InternalID INTO #u FROM Patients WHERE Balance>0; SELECT * FROM #u', [[1], [4]]],
    [
      "UPDATE p SET Notes='n' FROM Patients p JOIN Visits v ON v.InternalID=p.InternalID; SELECT @@ROWCOUNT",
      [[2]],
    ],
    ['DELETE v FROM Visits v WHERE v.VisitID=3; SELECT COUNT(*) FROM Visits', [[2]]],
    [
      "INSERT INTO Patients (Surname,Balance) OUTPUT inserted.InternalID, inserted.Balance VALUES ('x',12.345)",
      [[5, '12.35']],
    ],
    ["EXEC sp_executesql N'SELECT @a+1 x', N'@a int', 5", [[6]]],
    ['USE BPSDocuments; SELECT DB_NAME(), Title FROM Documents', [['BPSDocuments', 'Letter']]],
    ["IF EXISTS (SELECT 1 FROM Visits) SELECT 'yes' ELSE SELECT 'no'", [['yes']]],
  ])('%s', (sql, rows) => {
    expect(practice.query(sql)).toEqual(rows);
  });
});

describe('parameters and procedures', () => {
  it('binds parameters by their types', () => {
    expect(
      practice.query(
        'SELECT @i+1, @s, @d, @b, DATEADD(day,1,@t), @n',
        parameter('@i', 'Int', 4),
        parameter('@s', 'NVarChar', "O'Brien; --"),
        parameter('@d', 'Decimal', '12.50'),
        parameter('@b', 'Bit', true),
        parameter('@t', 'Date', '2024-02-28'),
        parameter('@n', 'VarBinary', new Uint8Array([1])),
      ),
    ).toEqual([[5, "O'Brien; --", '12.50', true, '2024-02-29', new Uint8Array([1])]]);
  });

  it('passes them to a procedure called by its bare name, and returns outputs and the return value', () => {
    const events = [
      ...practice.session.run({
        text: 'GetPatientID',
        type: 'text',
        parameters: [
          parameter('@Surname', 'NVarChar', 'ng'),
          parameter('@ID', 'Int', null, 'output'),
          parameter('@r', 'Int', null, 'returnValue'),
        ],
      }),
    ];
    expect(events).toContainEqual({ kind: 'rows', rows: [[1, 'Ng']] });
    expect(events.at(-1)).toEqual({
      kind: 'done',
      rowsAffected: 0,
      outputParameters: [
        { name: '@ID', type: 'integer', value: 1 },
        { name: '@r', type: 'integer', value: 7 },
      ],
    });
  });

  it('fills output parameters of a batch', () => {
    const events = [
      ...practice.session.run({
        text: 'SET @out = 5; SELECT @dec = 1.50',
        type: 'text',
        parameters: [
          parameter('@out', 'Int', null, 'output'),
          parameter('@dec', 'Decimal', null, 'output'),
        ],
      }),
    ];
    expect(events.at(-1)).toMatchObject({ outputParameters: [{ value: 5 }, { value: '1.50' }] });
  });

  it('yields rows as they are pulled, and can be left at any time', () => {
    const many =
      'WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<5000) SELECT i FROM n OPTION (MAXRECURSION 0)';
    for (const event of practice.session.run({ text: many, type: 'text', parameters: [] })) {
      if (event.kind === 'rows') break;
    }
    expect(practice.query('DELETE FROM Visits; SELECT COUNT(*) FROM Visits')).toEqual([[0]]);
  });
});
