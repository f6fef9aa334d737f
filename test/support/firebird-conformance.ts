import type { ConformanceTarget } from '../../src/sql/conformance/expectations.ts';
import { createFirebirdDriver } from '../../src/sql/drivers/firebird/create-firebird-driver.ts';
import { createFirebirdDatabase } from './firebird-server.ts';

const SCHEMA = [
  'CREATE TABLE PATIENTS (ID INTEGER NOT NULL PRIMARY KEY, NAME VARCHAR(40) NOT NULL, WEIGHT DOUBLE PRECISION)',
  'CREATE TABLE VISITS (ID INTEGER NOT NULL PRIMARY KEY, PATIENT_ID INTEGER NOT NULL REFERENCES PATIENTS (ID))',
  'CREATE TABLE CHANGES (ID INTEGER NOT NULL PRIMARY KEY, N SMALLINT, T VARCHAR(5))',
  `CREATE TABLE BOOKINGS (ID INTEGER NOT NULL PRIMARY KEY, SLOT INTEGER NOT NULL,
     STATUS CHAR(1) NOT NULL CHECK (STATUS IN ('F', 'B')))`,
  'CREATE UNIQUE INDEX UQ_BOOKINGS_SLOT ON BOOKINGS (SLOT)',
  `CREATE PROCEDURE NUMBERS (UPTO INTEGER) RETURNS (N INTEGER, T VARCHAR(10)) AS BEGIN
     N = 1; WHILE (N <= UPTO) DO BEGIN T = 'x' || N; SUSPEND; N = N + 1; END END`,
  `CREATE PROCEDURE ADD_ONE (A INTEGER, B VARCHAR(20) = 'default')
     RETURNS (S INTEGER, TXT BLOB SUB_TYPE TEXT) AS BEGIN S = A + 1; TXT = B; END`,
  `CREATE PROCEDURE WEIGH (ID INTEGER) AS BEGIN
     IN AUTONOMOUS TRANSACTION DO UPDATE PATIENTS SET WEIGHT = 99 WHERE ID = :ID; END`,
  "INSERT INTO BOOKINGS VALUES (1, 1, 'F')",
  "INSERT INTO PATIENTS VALUES (1, 'Ng', NULL)",
  "INSERT INTO PATIENTS VALUES (2, 'O''Brien', 70.5)",
  "INSERT INTO PATIENTS VALUES (3, 'Éclair', 0)",
];

/** Two databases on the server with the suite's schema. */
export async function firebirdConformanceTarget(): Promise<ConformanceTarget> {
  const practice = await createFirebirdDatabase();
  const images = await createFirebirdDatabase();
  await practice.run(...SCHEMA);
  await images.run('CREATE TABLE SCANS (NAME VARCHAR(10))');
  await images.run("INSERT INTO SCANS VALUES ('x-ray')");
  const options = {
    ...practice.options,
    catalogues: [
      { name: 'Practice', file: practice.file, isDefault: true },
      { name: 'Images', file: images.file, isDefault: false },
    ],
  };
  return {
    driver: createFirebirdDriver(options),
    strangerDriver: createFirebirdDriver({ ...options, password: 'wrong' }),
    unreachableDriver: createFirebirdDriver({ ...options, port: 1 }),
    async countSessions() {
      const [row] = await practice.query(
        `SELECT COUNT(*) AS N FROM MON$ATTACHMENTS
         WHERE MON$SYSTEM_FLAG = 0 AND MON$ATTACHMENT_ID <> CURRENT_CONNECTION`,
      );
      return Number(row?.['N']);
    },
    killSessions: () =>
      practice.run(
        'DELETE FROM MON$ATTACHMENTS WHERE MON$SYSTEM_FLAG = 0 AND MON$ATTACHMENT_ID <> CURRENT_CONNECTION',
      ),
    async isRunning() {
      const rows = await practice.query(
        `SELECT 1 AS X FROM MON$STATEMENTS
         WHERE MON$STATE = 1 AND MON$ATTACHMENT_ID <> CURRENT_CONNECTION`,
      );
      return rows.length > 0;
    },
    async [Symbol.asyncDispose]() {
      await practice[Symbol.asyncDispose]();
      await images[Symbol.asyncDispose]();
    },
  };
}
