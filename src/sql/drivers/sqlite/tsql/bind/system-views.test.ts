import { describe, expect, it } from 'vitest';
import { openPractice } from '../testing/small-practice.ts';

const practice = openPractice();

describe('system views', () => {
  it.each([
    [
      "SELECT DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, CHARACTER_OCTET_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION, COLUMN_DEFAULT, IS_NULLABLE FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME='patients' AND COLUMN_NAME IN ('Surname','Fee','Active','Notes','Seen') ORDER BY ORDINAL_POSITION",
      [
        ['nvarchar', 40, 80, null, null, null, null, 'NO'],
        ['money', null, null, 19, 4, null, null, 'YES'],
        ['bit', null, null, null, null, null, '((1))', 'NO'],
        ['datetimeoffset', null, null, null, null, 7, null, 'YES'],
        ['nvarchar', -1, -1, null, null, null, null, 'YES'],
      ],
    ],
    [
      "SELECT c.name, ty.name, c.max_length, c.precision, c.scale, c.is_identity FROM sys.tables t JOIN sys.columns c ON c.object_id=t.object_id JOIN sys.types ty ON ty.user_type_id=c.user_type_id WHERE t.name=N'Visits' ORDER BY c.column_id",
      [
        ['VisitID', 'int', 4, 10, 0, true],
        ['InternalID', 'int', 4, 10, 0, false],
        ['VisitDate', 'datetime', 8, 23, 3, false],
        ['Minutes', 'int', 4, 10, 0, false],
        ['Doctor', 'varchar', 20, 0, 0, false],
      ],
    ],
    [
      'SELECT name, type FROM sys.objects ORDER BY object_id',
      [
        ['Patients', 'U '],
        ['Visits', 'U '],
        ['AddVisit', 'P '],
        ['GetPatientID', 'P '],
        ['PK_Patients', 'PK'],
        ['UQ_Patients_Guid', 'UQ'],
        ['UQ_Visits', 'UQ'],
        ['PK_Visits', 'PK'],
        ['FK_Visits_Patients', 'F '],
      ],
    ],
    [
      "SELECT PARAMETER_NAME, PARAMETER_MODE, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH FROM INFORMATION_SCHEMA.PARAMETERS WHERE SPECIFIC_NAME='GetPatientID' ORDER BY ORDINAL_POSITION",
      [
        ['@Surname', 'IN', 'nvarchar', 40],
        ['@ID', 'INOUT', 'int', null],
      ],
    ],
    [
      "SELECT k.COLUMN_NAME, r.UNIQUE_CONSTRAINT_NAME FROM INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS r JOIN INFORMATION_SCHEMA.KEY_COLUMN_USAGE k ON k.CONSTRAINT_NAME=r.CONSTRAINT_NAME JOIN INFORMATION_SCHEMA.TABLE_CONSTRAINTS c ON c.CONSTRAINT_NAME=k.CONSTRAINT_NAME AND c.CONSTRAINT_TYPE='FOREIGN KEY'",
      [['InternalID', 'PK_Patients']],
    ],
    [
      "SELECT OBJECT_NAME(OBJECT_ID('dbo.Visits')), OBJECT_ID('Visits','P'), COL_LENGTH('Visits','Doctor'), COL_LENGTH('Visits','Nope'), OBJECT_ID('BPSDocuments..Visits'), OBJECT_ID('tempdb..#none')",
      [['Visits', null, 20, null, null, null]],
    ],
    [
      'SELECT f.name, p.name FROM sys.foreign_key_columns k JOIN sys.foreign_keys f ON f.object_id=k.constraint_object_id JOIN sys.columns p ON p.object_id=k.referenced_object_id AND p.column_id=k.referenced_column_id',
      [['FK_Visits_Patients', 'InternalID']],
    ],
    [
      'SELECT name FROM master.sys.databases ORDER BY database_id',
      [['Patients'], ['BPSDocuments']],
    ],
    ['SELECT ROUTINE_NAME FROM INFORMATION_SCHEMA.ROUTINES', [['AddVisit'], ['GetPatientID']]],
  ])('%.100s', (sql, rows) => {
    expect(practice.query(sql)).toEqual(rows);
  });

  it('finds a temporary table by its name in tempdb', () => {
    expect(
      practice.query("CREATE TABLE #x (a int); SELECT 1 WHERE OBJECT_ID('tempdb..#x') IS NOT NULL"),
    ).toEqual([[1]]);
  });

  it('refuses views that it does not have by their name', () => {
    expect(() => practice.query('SELECT * FROM sys.indexes')).toThrow(
      "The demo practice's SQL does not support the system view sys.indexes.",
    );
  });
});
