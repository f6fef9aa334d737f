import { describe, expect, it } from 'vitest';
import { openPractice, parameter } from './testing/small-practice.ts';

const practice = openPractice();

describe('answers as SQL Server gives them', () => {
  it.each([
    [
      'WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<101) SELECT MAX(i) FROM n',
      [[101]],
    ],
    [
      'WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<100000) SELECT MAX(i), COUNT(*) FROM n OPTION (MAXRECURSION 0)',
      [[100000, 100000]],
    ],
    ['WITH n AS (SELECT 1 i UNION ALL SELECT x.i+1 FROM n x) SELECT TOP 2 * FROM n', [[1], [2]]],
    [
      `SELECT COUNT(*) FROM (VALUES ${Array.from({ length: 1000 }, (_, i) => `(${i})`).join(',')}) v(x)`,
      [[1000]],
    ],
    [
      `SELECT COUNT(*) FROM Patients WHERE InternalID IN (${Array.from({ length: 40_000 }, (_, i) => i + 2).join(',')})`,
      [[3]],
    ],
    [
      `SELECT COUNT(*) FROM Patients WHERE ${Array.from({ length: 3000 }, (_, i) => `InternalID=${i + 2}`).join(' OR ')}`,
      [[3]],
    ],
    [
      "SELECT CAST('2024-01-31' AS datetime) + CAST('09:30' AS datetime), CAST('1900-01-03' AS datetime) - CAST('1900-01-02' AS datetime)",
      [['2024-01-31T09:30:00', '1900-01-02T00:00:00']],
    ],
    [
      'SELECT CAST(0x0000000000000102 AS bigint), CAST(0xFFFFFFFF AS int), CAST(0x0102 AS int), CAST(258 AS binary(4)), CAST(CAST(-1 AS bigint) AS binary(8))',
      [
        [
          258,
          -1,
          258,
          new Uint8Array([0, 0, 1, 2]),
          new Uint8Array([255, 255, 255, 255, 255, 255, 255, 255]),
        ],
      ],
    ],
    [
      'SELECT CONVERT(varchar(20), CAST(-1234567.891 AS money), 1), CONVERT(varchar(20), CAST(1.5 AS money), 2)',
      [['-1,234,567.89', '1.5000']],
    ],
    [
      "SELECT CONVERT(varchar(30), CAST('2024-01-05 03:04:05.678' AS datetime), 109), CONVERT(varchar(30), CAST('2024-01-05 15:04:05.678' AS datetime2(3)), 113)",
      [['Jan  5 2024  3:04:05:677AM', '05 Jan 2024 15:04:05.678']],
    ],
    [
      'CREATE TABLE #a (id int IDENTITY PRIMARY KEY, n int); INSERT #a VALUES (1),(2); TRUNCATE TABLE #a; INSERT #a VALUES (3); SELECT * FROM #a',
      [[1, 3]],
    ],
    [
      "SELECT CASE WHEN N'Phạm'=N'pHẠM' THEN 1 END, CASE WHEN N'Ωмега'=N'ωМЕГА' THEN 1 END, UPPER(N'phạm'), CASE WHEN N'é' LIKE N'[a-f]' THEN 1 END, CASE WHEN N'é' LIKE N'[a-e]' THEN 1 ELSE 0 END",
      [[1, 1, 'PHẠM', 1, 0]],
    ],
    ['SELECT c.precision FROM (SELECT 5 AS precision) c', [[5]]],
    [
      'WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<1000) SELECT MAX(i) FROM n',
      [[1000]],
    ],
  ])('%.120s', (sql, rows) => {
    expect(practice.query(sql)).toEqual(rows);
  });
});

describe('errors as SQL Server gives them', () => {
  it.each([
    [
      'WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<102) SELECT MAX(i) FROM n OPTION (MAXRECURSION 100)',
      530,
      'The statement terminated. The maximum recursion 100 has been exhausted before statement completion.',
    ],
    [
      "WITH n AS (SELECT 'a' AS s UNION ALL SELECT s+'a' FROM n WHERE LEN(s)<5) SELECT s FROM n",
      240,
      'Types don\'t match between the anchor and the recursive part in column "s" of recursive query "n".',
    ],
    [
      'UPDATE TOP (-1) Visits SET Minutes=1',
      127,
      'A TOP N or FETCH rowcount value may not be negative.',
    ],
    [
      "SELECT 1 FROM Patients WHERE CONTAINS(Surname,'x')",
      40510,
      "The demo practice's SQL does not support CONTAINS.",
    ],
    [
      'CREATE TABLE #r (a int, v rowversion); UPDATE #r SET v=0x01',
      272,
      'Cannot update a timestamp column.',
    ],
    [
      'CREATE TABLE #r (a int, v rowversion); INSERT #r (a,v) VALUES (1,0x01)',
      273,
      expect.stringContaining('Cannot insert an explicit value into a timestamp column.'),
    ],
    [
      "SELECT LEN(N'a😀')",
      40510,
      "The demo practice's SQL does not support the length of texts with characters beyond U+FFFF.",
    ],
    ['SELECT $x', 126, 'Invalid pseudocolumn "$x".'],
    ['SELECT 1 AS []', 1038, expect.stringContaining('An object or column name is missing')],
    [
      'SELECT SUM(COUNT(*)) FROM Patients',
      130,
      'Cannot perform an aggregate function on an expression containing an aggregate or a subquery.',
    ],
    [
      'SELECT SUM((SELECT 1)) FROM Patients',
      130,
      'Cannot perform an aggregate function on an expression containing an aggregate or a subquery.',
    ],
    [
      'SELECT 1 a ORDER BY a OFFSET -1 ROWS',
      10742,
      'The offset specified in a OFFSET clause may not be negative.',
    ],
    [
      'SELECT 1 a ORDER BY a OFFSET 0 ROWS FETCH NEXT 0 ROWS ONLY',
      10744,
      'The number of rows provided for a FETCH clause must be greater then zero.',
    ],
    [
      'SELECT 1 a ORDER BY a FETCH NEXT 1 ROWS ONLY',
      153,
      'Invalid usage of the option NEXT in the FETCH statement.',
    ],
    [
      "SELECT TOP ('1') InternalID FROM Patients",
      1060,
      'The number of rows provided for a TOP or FETCH clauses row count parameter must be an integer.',
    ],
    [
      'SELECT DISTINCT CAST(Notes AS ntext) FROM Patients',
      421,
      'The ntext data type cannot be selected as DISTINCT because it is not comparable.',
    ],
    [
      "SELECT CAST('31/01/2024' AS datetime)",
      242,
      'The conversion of a varchar data type to a datetime data type resulted in an out-of-range value.',
    ],
    [
      'SELECT 1 WHERE 1',
      4145,
      "An expression of non-boolean type specified in a context where a condition is expected, near '1'.",
    ],
    [
      "SELECT 'a\0b'",
      40510,
      "The demo practice's SQL does not support texts with the character U+0000 or a lone surrogate.",
    ],
    [`SELECT 1${'+1'.repeat(20_000)}`, 191, expect.stringContaining('nested too deeply')],
  ])('%.120s', (sql, errorCode, message) => {
    expect(() => practice.query(sql)).toThrow(expect.objectContaining({ errorCode, message }));
  });

  it('refuses a NUL in a parameter instead of cutting the text there', () => {
    expect(() => practice.query('SELECT @s', parameter('@s', 'NVarChar', 'a\0b'))).toThrow(
      /U\+0000/,
    );
  });
});
