import { expect, test } from 'vitest';
import { cacheByText, checkValues, postgresText, sqliteText } from './statement-text.ts';

test('placeholders are numbered for PostgreSQL', () => {
  expect(postgresText('UPDATE t SET a = ? WHERE b = ? AND c = ?')).toEqual({
    sql: 'UPDATE t SET a = $1 WHERE b = $2 AND c = $3',
    placeholders: 3,
  });
});

test('a question mark inside quotes is no placeholder', () => {
  const sql = `SELECT 'why?', 'it''s ?', "odd?" FROM t WHERE a = ?`;
  expect(postgresText(sql)).toEqual({ sql: sql.replace(/\?$/, '$1'), placeholders: 1 });
  expect(sqliteText(sql)).toEqual({ sql, placeholders: 1 });
});

test('SQLite does without row locks', () => {
  expect(sqliteText('SELECT id FROM t LIMIT ? FOR UPDATE SKIP LOCKED').sql.trim()).toBe(
    'SELECT id FROM t LIMIT ?',
  );
});

test.each([
  ['a boolean', true],
  ['a missing value', undefined],
  ['not a number', Number.NaN],
  ['an infinite number', Number.POSITIVE_INFINITY],
  ['an object', {}],
  ['a bigint', 1n],
])('%s is refused and not shown', (_name, value) => {
  expect(() => checkValues([value], 1)).toThrow(/^A store statement was given a bad \w+\.$/);
});

test('a text with a NUL, which can only come from outside, is the caller’s mistake', () => {
  expect(() => checkValues(['a\0b'], 1)).toThrow('must not contain the character NUL');
});

test('texts, numbers and null pass; too many or too few do not', () => {
  expect(() => checkValues(['a', 1.5, null], 3)).not.toThrow();
  expect(() => checkValues(['a'], 2)).toThrow('takes 2 values but was given 1');
  expect(() => checkValues(['a', 'b'], 1)).toThrow('takes 1 values but was given 2');
});

test('a text is compiled once', () => {
  const compiled: string[] = [];
  const compile = cacheByText((sql) => compiled.push(sql));
  compile('a');
  compile('b');
  compile('a');
  expect(compiled).toEqual(['a', 'b']);
});
