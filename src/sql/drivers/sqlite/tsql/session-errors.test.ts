import { beforeEach, describe, expect, it } from 'vitest';
import { SqlError } from '../../../sql-error.ts';
import { openPractice, type Practice } from './testing/small-practice.ts';

let practice: Practice;
beforeEach(() => {
  practice = openPractice();
});

function failure(run: () => unknown): { number: number; message: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof SqlError) return { number: error.errorCode, message: error.message };
    throw error;
  }
  throw new Error('expected a SqlError');
}

describe('errors', () => {
  it.each([
    ['selct', 2812, "Could not find stored procedure 'selct'."],
    ['selct * from x', 102, "Incorrect syntax near '*'."],
    ['SELECT * FROM FROM x', 156, "Incorrect syntax near the keyword 'FROM'."],
    ["SELECT 'abc", 105, "Unclosed quotation mark after the character string 'abc'."],
    ['SELECT @y', 137, 'Must declare the scalar variable "@y".'],
    ['SELECT foo(1)', 195, "'foo' is not a recognized built-in function name."],
    ['SELECT foo FROM Patients', 207, "Invalid column name 'foo'."],
    ['SELECT * FROM dbo.Nope', 208, "Invalid object name 'dbo.Nope'."],
    ['SELECT * FROM __procedures', 208, "Invalid object name '__procedures'."],
    ['SELECT InternalID FROM Patients, Visits', 209, "Ambiguous column name 'InternalID'."],
    [
      "SELECT 'a'+1",
      245,
      "Conversion failed when converting the varchar value 'a' to data type int.",
    ],
    [
      "SELECT CAST('x' AS date)",
      241,
      'Conversion failed when converting date and/or time from character string.',
    ],
    ["SELECT CAST('x' AS decimal(5,2))", 8114, 'Error converting data type varchar to numeric.'],
    [
      'SELECT 2147483647+1',
      8115,
      'Arithmetic overflow error converting expression to data type int.',
    ],
    ['SELECT 1/0', 8134, 'Divide by zero error encountered.'],
    ['SELECT (SELECT InternalID FROM Patients)', 512, /^Subquery returned more than 1 value/],
    [
      'SELECT Surname, COUNT(*) FROM Patients',
      8120,
      /^Column 'Patients.Surname' is invalid in the select list/,
    ],
    ['SELECT * FROM (SELECT 1) d', 8155, "No column name was specified for column 1 of 'd'."],
    ['SELECT 1 UNION SELECT 1,2', 205, /equal number of expressions/],
    ['SELECT DISTINCT Surname FROM Patients ORDER BY DOB', 145, /ORDER BY items must appear/],
    [
      "INSERT INTO Visits (InternalID, VisitDate) VALUES (99,'2024-01-01')",
      547,
      `The INSERT statement conflicted with the FOREIGN KEY constraint "FK_Visits_Patients". The conflict occurred in database "Patients", table "dbo.Patients", column 'InternalID'.`,
    ],
    [
      'DELETE FROM Patients WHERE InternalID=1',
      547,
      /^The DELETE statement conflicted with the REFERENCE constraint "FK_Visits_Patients"/,
    ],
    [
      "INSERT INTO Patients (Surname,Weight) VALUES ('x',-1)",
      547,
      /CHECK constraint "CK_Patients_Weight"/,
    ],
    [
      "INSERT INTO Visits (InternalID, VisitDate) VALUES (1,'2024-01-31 09:30')",
      2627,
      /^Violation of UNIQUE KEY constraint 'UQ_Visits'/,
    ],
    [
      "INSERT INTO Patients (Firstname) VALUES ('x')",
      515,
      "Cannot insert the value NULL into column 'Surname', table 'Patients.dbo.Patients'; column does not allow nulls. INSERT fails.",
    ],
    [
      "INSERT INTO Patients (Surname,Firstname) VALUES ('x',REPLICATE('1',21))",
      2628,
      /column 'Firstname'/,
    ],
    [
      "INSERT INTO Patients (InternalID,Surname) VALUES (50,'x')",
      544,
      /IDENTITY_INSERT is set to OFF/,
    ],
    ['USE Nope', 911, /^Database 'Nope' does not exist/],
    [
      'EXEC GetPatientID',
      201,
      "Procedure or function 'GetPatientID' expects parameter '@Surname', which was not supplied.",
    ],
    ['EXEC GetPatientID @foo=1', 8145, '@foo is not a parameter for procedure GetPatientID.'],
    ['MERGE INTO x USING y ON 1=1', 40510, "The demo practice's SQL does not support MERGE."],
    ["SELECT FORMAT(GETDATE(),'d')", 40510, /FORMAT/],
    ["THROW 50001,'mine',1", 50001, 'mine'],
  ])('%s gives %i', (sql, number, message) => {
    const error = failure(() => practice.query(sql));
    expect(error.number).toBe(number);
    expect(error.message).toMatch(message);
  });
});
