import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openPractice } from '../src/sql/drivers/sqlite/tsql/testing/small-practice.ts';
import { SqlError } from '../src/sql/sql-error.ts';

const page = readFileSync(new URL('../docs/reference/sql-of-the-demo.md', import.meta.url), 'utf8');

/** Words between backticks in a row of one of the page's tables. */
function wordsOf(section: 'Accepted' | 'Refused', part: string): string[] {
  const [, text = ''] = page.split(`\n## ${section}\n`);
  const row = text.split('\n').find((line) => line.startsWith(`| ${part} |`)) ?? '';
  return [...row.matchAll(/`([^`]+)`/g)].flatMap((match) => (match[1] ?? '').split(' '));
}

const UNKNOWN_FUNCTION = 195;
const NOT_SUPPORTED = 40_510;

/** The number of the error that a text is answered with; undefined when it runs. */
function errorOf(sql: string): number | undefined {
  try {
    openPractice().query(sql);
    return undefined;
  } catch (error) {
    if (error instanceof SqlError) return error.errorCode;
    throw error;
  }
}

describe('the page about the SQL of the demo', () => {
  const accepted = ['text', 'number', 'date', 'other'].flatMap((kind) =>
    wordsOf('Accepted', `${kind} functions`),
  );
  const refused = wordsOf('Refused', 'functions');
  const administration = wordsOf('Refused', 'administration');

  test('names functions in every row that this test reads', () => {
    expect(accepted.length).toBeGreaterThan(60);
    expect(refused.length).toBeGreaterThan(5);
    expect(administration.length).toBeGreaterThan(5);
  });

  test.each(accepted)('%s is a function, whatever it says about missing arguments', (name) => {
    expect([UNKNOWN_FUNCTION, NOT_SUPPORTED]).not.toContain(errorOf(`SELECT ${name}()`));
  });

  test.each(refused)('the function %s is refused by name', (name) => {
    expect(errorOf(`SELECT ${name}(1)`)).toBe(NOT_SUPPORTED);
  });

  test.each(administration)('%s is refused by name', (name) => {
    expect(errorOf(`${name} x`)).toBe(NOT_SUPPORTED);
  });
});
