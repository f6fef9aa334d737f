import type { Command } from '../../src/protocol/command.ts';

/*
 * Statements over the demo practice, which has 2000 patients. Products of its tables make them slow or large at will.
 */

/** A read that takes far longer than any test waits. */
export const ENDLESS_READ =
  'SELECT COUNT(*) AS n FROM Patients a, Patients b, Patients c, Patients d';

const SECONDS_OF_WORK =
  '(SELECT COUNT(*) FROM Patients a, Patients b, Patients c WHERE c.InternalID <= 60) > 0';

/** A write that takes seconds and then leaves its mark on one patient. */
export const slowWrite = (mark: string, patient = 1) =>
  `UPDATE Patients SET Middlename = '${mark}' WHERE InternalID = ${patient} AND ${SECONDS_OF_WORK}`;

export const readMark = (patient = 1) =>
  `SELECT Middlename FROM Patients WHERE InternalID = ${patient}`;

/** A result far above every limit, in many rows. */
export const LARGE_RESULT =
  'SELECT a.InternalID AS A, b.InternalID AS B, a.Surname AS Surname FROM Patients a, Patients b';

const wide = (from: string): Command => ({
  text: `SELECT a.InternalID AS ID, @pad AS Pad ${from}`,
  parameters: [{ name: '@pad', type: 'VarChar', value: 'x'.repeat(4000) }],
});

/** Four megabytes of rows, at once. */
export const FOUR_MEGABYTES = wide('FROM Patients a WHERE a.InternalID <= 1000');

/** Four megabytes of rows that come one by one, for many seconds. */
export const SLOW_ROWS = wide(
  `FROM Patients a WHERE a.InternalID <= 1000 AND
   (SELECT COUNT(*) FROM Patients b, Patients c WHERE b.InternalID <> a.InternalID) > 0`,
);

/** A result whose decoded JSON has exactly so many bytes. */
export function resultOfBytes(bytes: number): Command {
  return {
    text: 'SELECT @v AS v',
    parameters: [
      { name: '@v', type: 'VarChar', value: 'x'.repeat(bytes - '[{"v":""}]'.length), size: -1 },
    ],
  };
}
