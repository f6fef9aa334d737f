import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SqlError } from '../../../sql-error.ts';
import { openPractice, parameter } from './testing/small-practice.ts';

const practice = openPractice();

function literal(text: string): string {
  return `N'${text.replaceAll("'", "''")}'`;
}

/** Half away from zero at `digits` fewer digits. */
function withScale(scaled: bigint, scale: number): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(scale + 1, '0');
  const sign = scaled < 0n ? '-' : '';
  return scale === 0
    ? `${sign}${digits}`
    : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Rows and SQL Server's errors are fine; what only SQLite rejected, or any other exception, is not. */
function outcome(sql: string): string {
  try {
    practice.query(sql);
    return 'understood';
  } catch (error) {
    return error instanceof SqlError && error.errorCode !== 40197 ? 'understood' : String(error);
  }
}

describe('properties', () => {
  it('gives texts back unchanged, as literal and as parameter', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\0')),
        (text) => {
          expect(
            practice.query(`SELECT ${literal(text)}, @p`, parameter('@p', 'NVarChar', text)),
          ).toEqual([[text, text]]);
        },
      ),
    );
  });

  it('adds, subtracts and multiplies decimals exactly', () => {
    const number = fc.record({
      scaled: fc.bigInt({ min: -99999999n, max: 99999999n }),
      scale: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(number, number, (a, b) => {
        const scale = Math.max(a.scale, b.scale);
        const left = a.scaled * 10n ** BigInt(scale - a.scale);
        const right = b.scaled * 10n ** BigInt(scale - b.scale);
        const [x, y] = [a, b].map(
          (n) => `CAST('${withScale(n.scaled, n.scale)}' AS decimal(12,${n.scale}))`,
        );
        expect(practice.query(`SELECT ${x}+${y}, ${x}-${y}, ${x}*${y}`)).toEqual([
          [
            withScale(left + right, scale),
            withScale(left - right, scale),
            withScale(a.scaled * b.scaled, a.scale + b.scale),
          ],
        ]);
      }),
    );
  });

  it('divides decimals as long division does, cut at the scale', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -99999999n, max: 99999999n }),
        fc.bigInt({ min: 1n, max: 9999n }),
        (a, b) => {
          const sql = `SELECT CAST('${withScale(a, 2)}' AS decimal(10,2))/CAST('${withScale(b, 2)}' AS decimal(4,2))`;
          expect(practice.query(sql)).toEqual([[withScale((a * 10n ** 7n) / b, 7)]]);
        },
      ),
    );
  });

  it('counts days and seconds between dates, and adds them back', () => {
    const date = fc.date({
      min: new Date('1800-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, date, (a, b) => {
        const [from, to] = [a, b].map((moment) => moment.toISOString().slice(0, 19)) as [
          string,
          string,
        ];
        const days =
          Math.floor(Date.parse(`${to}Z`) / 86_400_000) -
          Math.floor(Date.parse(`${from}Z`) / 86_400_000);
        expect(
          practice.query(
            `SELECT DATEDIFF(day,'${from}','${to}'), DATEADD(day,${days},CAST('${from}' AS date))`,
          ),
        ).toEqual([[days, to.slice(0, 10)]]);
        const seconds = (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 1000;
        expect(practice.query(`SELECT DATEDIFF_BIG(second,'${from}','${to}')`)).toEqual([
          [seconds],
        ]);
      }),
    );
  });

  it('matches LIKE as a backtracking reference does', () => {
    const matches = (text: string, pattern: string): boolean => {
      if (pattern === '') return text === '';
      if (pattern.startsWith('%'))
        return matches(text, pattern.slice(1)) || (text !== '' && matches(text.slice(1), pattern));
      return (
        text !== '' &&
        (pattern[0] === '_' || pattern[0]?.toLowerCase() === text[0]?.toLowerCase()) &&
        matches(text.slice(1), pattern.slice(1))
      );
    };
    const word = (letters: string): fc.Arbitrary<string> =>
      fc.string({ unit: fc.constantFrom(...letters.split('')), maxLength: 8 });
    fc.assert(
      fc.property(word('aAbé*?\\'), word('aBé%_*?\\'), (text, pattern) => {
        expect(
          practice.query(
            `SELECT CASE WHEN ${literal(text)} LIKE ${literal(pattern)} THEN 1 ELSE 0 END`,
          ),
        ).toEqual([[matches(text, pattern) ? 1 : 0]]);
      }),
    );
  });

  it('answers any soup of tokens with rows or a SqlError', () => {
    const token = fc.constantFrom(
      ...`SELECT FROM WHERE Patients Visits InternalID Surname Balance Created Guid , ( ) = < + - * / % AND OR NOT IN NULL IS LIKE BETWEEN CASE WHEN THEN ELSE END 1 2.5 'a' N'é' 0x01 COUNT(*) SUM( LEN( DATEADD( day GROUP BY ORDER DISTINCT TOP UNION ALL JOIN ON AS x @v ; DECLARE SET INT EXEC . [ ' " /* -- CAST( VARCHAR OVER PARTITION WITH EXISTS INSERT UPDATE DELETE VALUES`.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 14 }), (tokens) => {
        expect(outcome(`SELECT ${tokens.join(' ')}`)).toBe('understood');
      }),
      { numRuns: 1500 },
    );
  });
});
