import { expect } from 'vitest';
import { parseBatch } from '../../src/sql/drivers/sqlite/tsql/parse/parse-statement.ts';

/** A text is one SELECT of T-SQL, no more: read by the parser of the demo, which refuses what SQL Server would. */
export function requireSelect(text: string): string {
  expect(parseBatch(text).map(({ kind }) => kind)).toEqual(['query']);
  return text;
}
