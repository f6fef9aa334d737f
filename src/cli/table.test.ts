import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderTable } from './table.ts';
import { cutLine, displayWidth, escapeLine, escapeText } from './terminal-text.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom('語', 'é', '👩‍⚕️', '🇦🇺', 'a', '\u001b', '\ud800') }),
);

describe('renderTable', () => {
  test('no line is wider than the terminal, and nothing in it could drive the terminal', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(text, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 40, max: 120 }),
        (rows, columns) => {
          const [head = [], ...body] = rows;
          const lines = renderTable({ head, rows: body }, columns).split('\n');
          for (const line of lines) {
            expect(displayWidth(line)).toBeLessThanOrEqual(columns);
            expect(line).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/u);
          }
        },
      ),
    );
  });

  test('without a width nothing is cut', () => {
    const long = 'x'.repeat(5000);
    expect(renderTable({ head: ['a'], rows: [[long]] })).toContain(long);
  });

  test('a result of many rows is laid out in full', () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => [String(at), 'x', 'y']);
    const table = renderTable({ head: ['n', 'a', 'b'], rows }, 80);
    expect(table.split('\n')).toHaveLength(50_003);
    expect(table.endsWith(' 49999 │ x │ y\n')).toBe(true);
  });

  test('short columns keep their width; long ones share the rest', () => {
    const table = renderTable(
      { head: ['id', 'first', 'second'], rows: [['abc', 'y'.repeat(90), 'z'.repeat(90)]] },
      60,
    );
    expect(table).toContain(' abc │ yyy');
    expect(table.match(/y+…/)?.[0]).toHaveLength(24);
    expect(table.match(/z+…/)?.[0]).toHaveLength(24);
  });
});

describe('cutLine', () => {
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abcde…'],
    ['日本語', 6, '日本語'],
    ['日本語', 5, '日本…'],
    ['a👩‍⚕️b', 3, 'a…'],
    ['', 3, ''],
  ])('%s to %i columns', (line, columns, expected) => {
    expect(cutLine(line, columns)).toBe(expected);
  });
});

test('escapes show what cannot be seen', () => {
  expect(escapeLine('a\n\r\t\u001b\u009b\u202e\ud800é👍')).toBe(
    'a\\n\\r\\t\\u001b\\u009b\\u202e\\ud800é👍',
  );
  expect(escapeText('a\r\nb\n\tc\rd\u001b')).toBe('a\r\nb\n\tc\\u000dd\\u001b');
});
