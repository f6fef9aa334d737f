import { describe, expect, it } from 'vitest';
import type { SqlParameter } from '../../../../driver.ts';
import { StatementContext } from '../bind/statement-context.ts';
import { Catalogue } from '../catalogue.ts';
import { openPractice, parameter } from '../testing/small-practice.ts';
import { Frame } from './frame.ts';
import { ParsedBatches, planOf, type QueryPlans } from './plans.ts';
import { parameterType, storedOf } from './values.ts';

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

describe('the plan of a parameterised query', () => {
  const { database } = openPractice();
  const catalogue = new Catalogue(database, 'Patients');
  const batches = new ParsedBatches();
  const plans: QueryPlans = new WeakMap();
  const session = {
    serverName: 'DEMO',
    version: '',
    timeZone: undefined,
    clock: () => new Date(),
    currentCatalogue: 'Patients',
    rowCount: 0,
    identity: null,
    transactionDepth: 0,
    caught: undefined,
  };

  function plan(text: string, ...parameters: SqlParameter[]) {
    const frame = new Frame(0);
    for (const own of parameters) {
      const type = parameterType(own);
      frame.declare(own.name, type, storedOf(own.value, type));
    }
    const [statement] = batches.parse(text);
    if (statement?.kind !== 'query') throw new Error('not a query');
    const context = new StatementContext(database, catalogue, session, frame.variables);
    return planOf(statement.query, context, plans);
  }

  const like =
    'SELECT InternalID FROM Patients WHERE Surname LIKE @a AND DOB >= @b AND Balance < @c';
  const values = (a: string, b: string, c: string) => [
    parameter('@a', 'NVarChar', a),
    parameter('@b', 'NVarChar', b),
    parameter('@c', 'Decimal', c),
  ];

  it('serves other values, and gives them to the statement', () => {
    const first = plan(like, ...values('N%', '1990-01-01', '10.50'));
    const second = plan(like, ...values('Sm%', '31 Jan 2001', '99.25'));
    expect(second.columns).toBe(first.columns);
    expect(second.sql).toBe(first.sql);
    expect(second.args).toEqual(expect.arrayContaining(['[sS][mM]*', '2001-01-31', 9925n]));
  });

  it('serves no values that it would be wrong for', () => {
    const first = plan(like, ...values('N%', '1990-01-01', '10.50'));
    const others = [
      values('%son', '1990-01-01', '10.50'),
      values('[sš]m%', '1990-01-01', '10.50'),
      values('N%', '1990-01-01', '10.505'),
    ].map((other) => plan(like, ...other));
    for (const other of others) expect(other.columns).not.toBe(first.columns);
    // Each has left a plan of its own.
    const again = plan(like, ...values('%ing', '1980-01-01', '0.50'));
    expect(again.columns).toBe(others[0]?.columns);
  });

  it('ends with a change of the schema', () => {
    const text = 'SELECT * FROM Extra WHERE A = @a';
    database.exec('CREATE TABLE Extra (A int)');
    const first = plan(text, parameter('@a', 'Int', 1));
    expect(plan(text, parameter('@a', 'Int', 2)).columns).toBe(first.columns);
    database.exec('ALTER TABLE Extra ADD COLUMN B bit');
    expect(plan(text, parameter('@a', 'Int', 3)).columns).toHaveLength(2);
  });
});
