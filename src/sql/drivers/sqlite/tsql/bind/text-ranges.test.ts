import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPractice, parameter } from '../testing/small-practice.ts';

/** Letters around the places where an index and T-SQL order texts differently. */
const LETTERS = [
  'a',
  'A',
  'b',
  'e',
  'é',
  'É',
  'ë',
  'ß',
  'š',
  'S',
  'z',
  'Ω',
  'ω',
  '日',
  ' ',
  '!',
  '-',
  "'",
];
const text = fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 5 });
const pattern = fc.string({
  unit: fc.constantFrom(...LETTERS, '%', '_', '[aé]', '[^b]', '[a-e]', '!%', '!['),
  maxLength: 4,
});

const CONDITIONS = [
  'X = @v',
  'X <> @v',
  'X < @v',
  'X <= @v',
  'X > @v',
  'X >= @v',
  '@v > X',
  '@v <= X',
  'X BETWEEN @v AND @w',
  'X >= @v AND X < @w',
  'X IN (@v, @w)',
  'X > @v OR (X = @v AND InternalID > 3)',
];

function practiceOf(surnames: readonly string[]) {
  const practice = openPractice();
  const rows = surnames.map((_, index) => `(@s${index})`).join(',');
  practice.query(
    `DELETE FROM Visits; DELETE FROM Patients; INSERT INTO Patients (Surname) VALUES ${rows}`,
    ...surnames.map((surname, index) => parameter(`@s${index}`, 'NVarChar', surname)),
  );
  return (condition: string, ...parameters: ReturnType<typeof parameter>[]) =>
    practice.query(
      `SELECT InternalID FROM Patients WHERE ${condition} ORDER BY InternalID`,
      ...parameters,
    );
}

describe('the ranges that an index is kept to', () => {
  it('leave nothing out that a comparison holds for', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 12, maxLength: 12 }), text, text, (stored, v, w) => {
        const find = practiceOf([...stored, v, w]);
        for (const condition of CONDITIONS) {
          const values = [parameter('@v', 'NVarChar', v), parameter('@w', 'NVarChar', w)];
          // What is computed has no index.
          const wanted = find(condition.replaceAll('X', "(Surname + N'')"), ...values);
          expect(find(condition.replaceAll('X', 'Surname'), ...values)).toEqual(wanted);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leave nothing out that a pattern matches', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 12, maxLength: 12 }), pattern, (stored, like) => {
        const find = practiceOf(stored);
        const value = parameter('@p', 'NVarChar', like);
        const wanted = find("(Surname + N'') LIKE @p ESCAPE '!'", value);
        expect(find("Surname LIKE @p ESCAPE '!'", value)).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });

  it('leave nothing out that equals the text of another row', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 12, maxLength: 12 }), (stored) => {
        const find = practiceOf(stored);
        const pairs = (other: string) =>
          `EXISTS (SELECT 1 FROM Patients o WHERE o.InternalID <> Patients.InternalID AND ${other} = Patients.Surname)`;
        expect(find(pairs('o.Surname'))).toEqual(find(pairs("(o.Surname + N'')")));
      }),
      { numRuns: 100 },
    );
  });
});

it.each([
  ['É', 'é', true],
  ['É', '[a-f]', true],
  ['B', '[^a-e]', false],
  ['Ö', '[^ö]', false],
  ['A', '[a-]', true],
  ['-', '[a-]', true],
  ['^', '[a^]', true],
  ['É', '[^^é]', false],
  ['ΣΑΣ', 'σας', false],
  ['ΣΑς', 'σας', true],
  ['*?', '*_', true],
  ["O'Brien", "o'b%", true],
])('%s LIKE %s is %s', (value, like, matches) => {
  const find = practiceOf([value]);
  const found = find('Surname LIKE @p', parameter('@p', 'NVarChar', like));
  expect(found.length > 0).toBe(matches);
});
