import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { provesReadOnly } from './reads-only.ts';

describe('a text that is proved to read', () => {
  it.each([
    'SELECT 1',
    '  select top 5 * from Patients;  ',
    ';WITH p AS (SELECT * FROM Patients) SELECT * FROM p',
    'WITH a (x, y) AS (SELECT 1, 2), b (z) AS (SELECT 3) SELECT * FROM a, b',
    'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r',
    'SELECT TOP (@n) * FROM dbo.[Patients] WITH (NOLOCK) WHERE ID IN (SELECT ID FROM x)',
    'SELECT a FROM t UNION ALL SELECT a FROM u EXCEPT SELECT DISTINCT a FROM v',
    "SELECT 'DELETE FROM t; -- it''s text' AS \"UPDATE\", [INTO], N'x' FROM t",
    "SELECT COUNT(*), DATEADD(day, -1, GETDATE()), ISNULL(a, 'x') FROM t GROUP BY a HAVING (1=1)",
    'SELECT a -- DROP TABLE t\n FROM t /* EXEC p; */ WHERE a >= 0x1F AND b <> 1.5e-3',
    'SELECT * FROM t ORDER BY a OFFSET 10 ROWS FETCH NEXT 5 ROWS ONLY',
    'SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) FROM t OPTION (RECOMPILE)',
    'SELECT CAST(a AS decimal(10, 2)), v.x FROM t CROSS APPLY (VALUES (1), (2)) AS v(x)',
    'SELECT FIRST 5 SKIP 10 CAST(a AS VARCHAR(10)) FROM PATIENT WHERE ID = ?',
    'SELECT * FROM (SELECT 1 AS a) q(a) WHERE a = :id',
    "SELECT a FROM t FOR XML PATH('')",
    'SELECT CASE WHEN (a = 1) THEN (2) ELSE (3) END FROM t LEFT JOIN u ON (t.a = u.a)',
  ])('%s', (text) => {
    expect(provesReadOnly(text)).toBe(true);
  });
});

describe('a text that may write, or that leaves a doubt', () => {
  it.each([
    '',
    ';',
    '-- SELECT 1',
    'INSERT INTO t VALUES (1)',
    'UPDATE t SET a = 1',
    'DELETE FROM t',
    'EXEC GetPatients',
    'GetPatients',
    '(SELECT 1)',
    'DECLARE @a int SELECT @a = 1',
    'SET NOCOUNT ON SELECT 1',
    'SELECT * INTO #t FROM t',
    'SELECT 1; DELETE FROM t',
    'SELECT 1 DELETE FROM t',
    'SELECT 1 SELECT 2',
    'SELECT 1; SELECT 2',
    'SELECT 1 EXEC p',
    'SELECT 1 execute p',
    'SELECT 1\nMERGE t USING u ON (1=1) WHEN MATCHED THEN DELETE;',
    'WITH a AS (SELECT 1 AS x) DELETE FROM a',
    'WITH a AS (SELECT 1 AS x) INSERT t SELECT x FROM a',
    'WITH a AS (INSERT INTO t VALUES (1) RETURNING a) SELECT * FROM a',
    'WITH a AS (SELECT 1)',
    'SELECT NEXT VALUE FOR dbo.Numbers',
    'SELECT next\n value for Numbers FROM RDB$DATABASE',
    'SELECT GEN_ID(numbers, 1) FROM RDB$DATABASE',
    "SELECT * FROM OPENROWSET('x', 'y', 'z')",
    "SELECT * FROM OPENQUERY(server, 'DELETE FROM t')",
    'SELECT * FROM t FOR UPDATE',
    'SELECT * FROM t WITH LOCK',
    'SELECT * FROM ADD_VISIT(1)',
    'SELECT * FROM "ADD_VISIT"(1)',
    'SELECT * FROM a JOIN ADD_VISIT(1) ON 1 = 1',
    'SELECT my_function(1) FROM t',
    'SELECT dbo.my_function(1)',
    'SELECT pkg.count(1) FROM t',
    "SELECT rdb$set_context('USER_SESSION', 'a', 'b') FROM RDB$DATABASE",
    "SELECT load_extension('x')",
    "SELECT 'open",
    'SELECT "open',
    'SELECT [open',
    'SELECT 1 /* open',
    'SELECT 1 /* a /* b */ DELETE FROM t */',
    'SELECT 1 -- a\rDELETE FROM t',
    "SELECT q'{it's}' FROM t WHERE a = 'DELETE'",
    'SELECT {fn NOW()}',
    'SELECT 1)',
    'SELECT (1',
    'SELECT 1 ENABLE TRIGGER x ON t',
    "SELECT 1 WAITFOR DELAY '00:00:10'",
    'BEGIN TRAN SELECT 1 COMMIT',
    'IF 1 = 1 SELECT 1',
    'PRAGMA table_info(t)',
    'EXPLAIN SELECT 1',
    'VALUES (1)',
  ])('%s', (text) => {
    expect(provesReadOnly(text)).toBe(false);
  });

  it('whatever surrounds a data change', () => {
    const filler = fc.constantFrom(
      'SELECT 1',
      "'text'",
      '"name"',
      '[name]',
      '/* c */',
      '-- c\n',
      '(',
      ')',
      ';',
      'WITH a AS (SELECT 1)',
      ',',
      'FROM t',
    );
    const write = fc.constantFrom(
      'DELETE FROM t',
      'insert t',
      'Update t',
      'EXEC p',
      'DROP TABLE t',
    );
    fc.assert(
      fc.property(fc.array(filler), write, fc.array(filler), (before, change, after) => {
        expect(provesReadOnly([...before, change, ...after].join(' '))).toBe(false);
      }),
    );
  });

  it('is answered for any text, quickly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(typeof provesReadOnly(text)).toBe('boolean');
      }),
    );
    expect(provesReadOnly(`SELECT ${'('.repeat(50_000)}`)).toBe(false);
    expect(provesReadOnly(`SELECT ${"'".repeat(100_001)}`)).toBe(false);
    expect(provesReadOnly(`SELECT '${"''x".repeat(5_000_000)}'`)).toBe(true);
    expect(provesReadOnly(`SELECT 1 ${'/* '.repeat(50_000)}`)).toBe(false);
  });
});
