import { describe, expect, it } from 'vitest';
import { openPractice } from '../testing/small-practice.ts';

describe('a query that was run before', () => {
  it('sees rows that came since', () => {
    const practice = openPractice();
    const count = 'SELECT COUNT(*) FROM Visits';
    expect(practice.query(count)).toEqual([[3]]);
    practice.query("INSERT INTO Visits (InternalID, VisitDate) VALUES (2, '2025-01-01')");
    expect(practice.query(count)).toEqual([[4]]);
  });

  it('sees columns that came since', () => {
    const practice = openPractice();
    const text = 'SELECT * FROM Extra';
    practice.query('CREATE TABLE Extra (A int)');
    practice.query('INSERT INTO Extra VALUES (1)');
    expect(practice.query(text)).toEqual([[1]]);
    practice.query('DROP TABLE Extra');
    expect(() => practice.query(text)).toThrow('Invalid object name');
    practice.query('CREATE TABLE Extra (A nvarchar(5), B bit)');
    practice.query("INSERT INTO Extra VALUES ('x', 1)");
    expect(practice.query(text)).toEqual([['x', true]]);
  });

  it('does not take another batch’s temporary table for its own', () => {
    const practice = openPractice();
    const text = (type: string, value: string) =>
      `CREATE TABLE #t (A ${type}); INSERT INTO #t VALUES (${value}); SELECT * FROM #t`;
    expect(practice.query(text('int', '1'))).toEqual([[1]]);
    expect(practice.query(text('bit', '1'))).toEqual([[true]]);
    expect(practice.query(text('int', '1'))).toEqual([[1]]);
    expect(() => practice.query('SELECT * FROM #t')).toThrow('Invalid object name');
  });

  it('asks the clock, the variables and the session anew', () => {
    const practice = openPractice();
    const variable = (value: number) => `DECLARE @x int = ${value}; SELECT @x + 1`;
    expect(practice.query(variable(1))).toEqual([[2]]);
    expect(practice.query(variable(5))).toEqual([[6]]);
    const ids = () => practice.query('SELECT NEWID()')[0]?.[0];
    expect(ids()).not.toBe(ids());
    const loop =
      'DECLARE @i int = 0; WHILE @i < 3 BEGIN SET @i = @i + 1; IF @i = 3 SELECT @i, @@ROWCOUNT END';
    expect(practice.query(loop)).toEqual([[3, 1]]);
    expect(practice.query(loop)).toEqual([[3, 1]]);
    expect(practice.query('SELECT InternalID FROM Visits; SELECT @@ROWCOUNT')).toEqual([
      [1],
      [1],
      [2],
    ]);
  });
});
