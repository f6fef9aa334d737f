import { describe, expect, it } from 'vitest';
import { openPractice } from './testing/small-practice.ts';

const practice = openPractice();

/** Expressions of everyday queries, which nest functions in functions. */
describe('nested expressions', () => {
  it.each([
    [
      'SELECT DATEDIFF(year, DOB, GETDATE()) - CASE WHEN DATEADD(year, DATEDIFF(year, DOB, GETDATE()), DOB) > GETDATE() THEN 1 ELSE 0 END FROM Patients ORDER BY InternalID',
      [[44], [33], [null], [33]],
    ],
    [
      'SELECT DATEADD(day,-1,DATEADD(month,DATEDIFF(month,0,Created)+1,0)) FROM Patients WHERE InternalID<3',
      [['2024-01-31T00:00:00'], ['2024-02-29T00:00:00']],
    ],
    [
      'SELECT DATEADD(day, 1, DATEADD(month, 1, DATEADD(day, 1-DAY(Created), CAST(Created AS date)))) FROM Patients WHERE InternalID=1',
      [['2024-02-02']],
    ],
    [
      'SELECT ((((((((InternalID+1)*2)+3)*4)+5)*6)+7)*8)-9 FROM Patients WHERE InternalID=1',
      [[1631]],
    ],
    [
      "SELECT UPPER(LEFT(LTRIM(RTRIM(ISNULL(Firstname,''))),1)) + LOWER(SUBSTRING(LTRIM(RTRIM(ISNULL(Firstname,''))),2,50)) FROM Patients WHERE InternalID=2",
      [['Bob']],
    ],
    [
      'SELECT CAST(((Fee+1)*(Fee+2)/3.5)*(Fee-1) AS decimal(10,4)) FROM Patients WHERE InternalID=1',
      [['1.2500']],
    ],
  ])('%s', (sql, rows) => {
    expect(practice.query(sql)).toEqual(rows);
  });

  it('may stand in a part of a long union, within subqueries', () => {
    const part = 'SELECT a.InternalID FROM Patients a INNER JOIN Patients b ON b.Code = a.Code';
    const union = Array.from({ length: 20 }, () => part).join(' UNION ALL ');
    const found = `SELECT u.InternalID FROM (${union}) u`;
    expect(
      practice.query(
        `SELECT InternalID FROM Patients WHERE (Fee > 1 AND InternalID IN (${found}))`,
      ),
    ).toEqual([[1]]);
  });

  it('are equal when they are written alike', () => {
    expect(
      practice.query(
        'SELECT (YEAR(DOB)+1)*2, COUNT(*) FROM Patients GROUP BY (YEAR(DOB)+1)*2 ORDER BY (YEAR(DOB)+1)*2',
      ),
    ).toEqual([
      [null, 1],
      [3962, 1],
      [3982, 2],
    ]);
  });

  it('are refused as SQL Server refuses them when they go too deep', () => {
    const deep = `SELECT ${'CASE WHEN Balance > 0 THEN '.repeat(60)}1${' END'.repeat(60)} FROM Patients`;
    expect(() => practice.query(deep)).toThrow(
      expect.objectContaining({
        errorCode: 191,
        message:
          'Some part of your SQL statement is nested too deeply. Rewrite the query or break it up into smaller queries.',
      }),
    );
  });
});
