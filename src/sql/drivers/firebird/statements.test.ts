import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitStatements } from './statements.ts';

const texts = (text: string): string[] => splitStatements(text).map((statement) => statement.text);

describe('named parameters', () => {
  it('become ? in their order, as often as they are written', () => {
    const [statement] = splitStatements('SELECT @b, @A FROM T WHERE X = @b');
    expect(statement).toEqual({
      text: 'SELECT ?, ? FROM T WHERE X = ?',
      placeholders: ['@b', '@A', '@b'],
    });
  });

  it.each([
    ["SELECT '@p' FROM T"],
    ["SELECT 'it''s @p' FROM T"],
    ['SELECT "@p" FROM T'],
    ["SELECT q'{it's @p}' FROM T"],
    ["SELECT Q'!@p'!' FROM T"],
    ['SELECT 1 -- @p\nFROM T'],
    ['SELECT 1 /* @p */ FROM T'],
  ])('are left alone in %s', (text) => {
    expect(splitStatements(text)).toEqual([{ text, placeholders: [] }]);
  });

  it('are found after a string, a name or a comment', () => {
    expect(splitStatements(`SELECT 'a', "b", q'<'>', @p /* ' */, @q`)[0]?.placeholders).toEqual([
      '@p',
      '@q',
    ]);
  });

  it('may not be mixed with ?', () => {
    expect(() => splitStatements('SELECT ?; SELECT @p')).toThrow('Use one kind');
  });

  it('number through all statements of a text when they are ?', () => {
    const placeholders = splitStatements('SELECT ?, ?; SELECT ?').map((one) => one.placeholders);
    expect(placeholders).toEqual([[0, 1], [2]]);
  });

  it('are found wherever strings and comments end', () => {
    const quiet = fc.constantFrom("'a@x''b'", '"n@x"', '/*@x;*/', "q'(@x)'", '--@x\n', 'CASE');
    fc.assert(
      fc.property(fc.array(fc.oneof(quiet, fc.constant('@p'))), (parts) => {
        const found = splitStatements(parts.join(' ')).flatMap((one) => one.placeholders);
        expect(found).toEqual(parts.filter((part) => part === '@p'));
      }),
    );
  });
});

describe('a batch', () => {
  it('is cut at its semicolons', () => {
    expect(texts("A; B ';' ;; -- c;\n C /* ; */;")).toEqual(['A', "B ';'", 'C']);
    expect(texts(' ; -- nothing')).toEqual([]);
  });

  it('keeps the bodies of procedures and blocks together', () => {
    const block = 'EXECUTE BLOCK AS DECLARE A INT; BEGIN IF (1=1) THEN BEGIN A = 1; END A = 2; END';
    const trigger =
      'CREATE OR ALTER TRIGGER T FOR X BEFORE INSERT AS BEGIN NEW.A = CASE WHEN 1=1 THEN 1 END; END';
    expect(texts(`${block}; SELECT 1; ${trigger}; SELECT CASE 1 WHEN 1 THEN 2 END; D`)).toEqual([
      block,
      'SELECT 1',
      trigger,
      'SELECT CASE 1 WHEN 1 THEN 2 END',
      'D',
    ]);
  });

  it('takes long strings and open ends', () => {
    const long = `SELECT '${'a;'.repeat(1_000_000)}'`;
    expect(texts(`${long}; B`)).toEqual([long, 'B']);
    expect(texts("SELECT 'open; B")).toEqual(["SELECT 'open; B"]);
  });
});
