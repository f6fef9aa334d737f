import Database from 'libsql';
import type { Value } from '../../../../../protocol/values.ts';
import type { SqlCommand, SqlParameter } from '../../../../driver.ts';
import type { SqliteDatabase } from '../database.ts';
import { openTsqlSession, type TsqlSession, type TsqlSessionOptions } from '../session.ts';

const SCHEMA = `
CREATE TABLE "Patients" (
  "InternalID" INTEGER NOT NULL CONSTRAINT "PK_Patients" PRIMARY KEY AUTOINCREMENT,
  "Surname" nvarchar(40) COLLATE NOCASE NOT NULL,
  "Firstname" varchar(20) COLLATE NOCASE,
  "Code" char(5) COLLATE NOCASE,
  "DOB" date,
  "Created" datetime,
  "Balance" decimal(10,2),
  "Fee" money,
  "Weight" float,
  "Active" bit NOT NULL DEFAULT 1,
  "Guid" uniqueidentifier,
  "Wide" text_decimal(38,10),
  "Photo" "varbinary(max)",
  "Seen" datetimeoffset(7),
  "At" time(7),
  "Big" bigint,
  "Small" smallint,
  "Tiny" tinyint,
  "Notes" "nvarchar(max)" COLLATE NOCASE,
  CONSTRAINT "CK_Patients_Weight" CHECK ("Weight" >= 0)
);
CREATE INDEX "IX_Surname" ON "Patients"("Surname");
CREATE TABLE "Visits" (
  "VisitID" INTEGER NOT NULL CONSTRAINT "PK_Visits" PRIMARY KEY AUTOINCREMENT,
  "InternalID" int NOT NULL,
  "VisitDate" datetime NOT NULL,
  "Minutes" int,
  "Doctor" varchar(20) COLLATE NOCASE,
  CONSTRAINT "UQ_Visits" UNIQUE ("InternalID", "VisitDate"),
  CONSTRAINT "FK_Visits_Patients" FOREIGN KEY ("InternalID") REFERENCES "Patients"("InternalID")
);
CREATE TABLE "__procedures" (name TEXT PRIMARY KEY COLLATE NOCASE, definition TEXT NOT NULL);
INSERT INTO "Patients" VALUES
 (1,'Ng','Ann','A1   ','1980-02-29','2024-01-31T09:30:00',1250,15000,70.5,1,'0b1e7a52-9c1d-4f7e-8a43-2d6c0f9be001','12345678901234567890.1234567890',x'0102ff','2024-01-31T09:30:00+10:00','09:30:00',9007199254740993,-5,250,'First note'),
 (2,'Éclair','bob','B2   ','1990-12-01','2024-02-01T00:00:00.997',-5,-5000,80,0,'0b1e7a52-9c1d-4f7e-8a43-2d6c0f9be002','-0.5000000000',NULL,NULL,NULL,5,7,3,NULL),
 (3,'O''Brien',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'100% sure_'),
 (4,'eagle','Cy','b2   ','1990-12-01','2023-06-15T23:59:59',333,3300,0,1,NULL,'2.0000000000',x'','2024-01-31T00:00:00+00:00','23:59:59.5',1,0,0,'');
INSERT INTO "Visits" VALUES
 (1,1,'2024-01-31T09:30:00',15,'Dr A'),(2,1,'2024-02-29T10:00:00',20,'Dr B'),(3,2,'2024-03-01T11:00:00',NULL,'dr a');
`;

const PROCEDURES: Readonly<Record<string, string>> = {
  GetPatientID: `CREATE PROCEDURE dbo.GetPatientID @Surname nvarchar(40), @ID int = 0 OUTPUT AS
BEGIN
  SET NOCOUNT ON;
  SELECT @ID = InternalID FROM Patients WHERE Surname = @Surname;
  SELECT InternalID, Surname FROM Patients WHERE InternalID = @ID;
  RETURN 7;
END`,
  AddVisit: `CREATE PROC AddVisit (@InternalID int, @Minutes int = 10) AS
INSERT INTO Visits (InternalID, VisitDate, Minutes) VALUES (@InternalID, '2025-01-01 08:00', @Minutes);
SELECT SCOPE_IDENTITY() AS NewID;`,
};

/** A small practice with a column of every type, in memory. */
export interface Practice {
  readonly session: TsqlSession;
  readonly database: SqliteDatabase;
  /** Rows of the first result set that has columns. */
  query(sql: string, ...parameters: readonly SqlParameter[]): (readonly Value[])[];
  /** How SQLite would run the last statement of a text, a line for each table. */
  plan(sql: string, ...parameters: readonly SqlParameter[]): string[];
  names(sql: string): string[];
  types(sql: string): string[];
}

export function parameter(
  name: string,
  typeName: string,
  value: Value,
  direction: SqlParameter['direction'] = 'input',
): SqlParameter {
  return { name, typeName, value, direction };
}

const OPTIONS: TsqlSessionOptions = {
  catalogue: 'Patients',
  clock: () => new Date('2024-03-15T02:30:15.123Z'),
  timeZone: 'Australia/Brisbane',
};

/** Runs the command in a session that has prepared nothing yet, and explains the last text that it prepares. */
function planOf(database: SqliteDatabase, command: SqlCommand): string[] {
  const texts: string[] = [];
  const recorded: SqliteDatabase = {
    exec: (text) => database.exec(text),
    prepare(text) {
      texts.push(text);
      return database.prepare(text);
    },
  };
  for (const _ of openTsqlSession(recorded, OPTIONS).run(command));
  const last = texts.findLast((text) => !/PRAGMA|sqlite_master/.test(text)) ?? '';
  const args = [...new Set(last.match(/\?\d+/g))].map(() => null);
  const rows = database.prepare(`EXPLAIN QUERY PLAN ${last}`).raw(true).all(args);
  return (rows as (readonly unknown[])[]).map((row) => String(row[3]));
}

export function openPractice(): Practice {
  const database: SqliteDatabase & { exec(sql: string): unknown } = new Database(
    ':memory:',
  ) as unknown as SqliteDatabase;
  database.exec('PRAGMA foreign_keys=ON');
  database.exec(SCHEMA);
  database.exec(`ATTACH ':memory:' AS "BPSDocuments"`);
  database.exec(
    'CREATE TABLE "BPSDocuments"."Documents" ("DocID" int NOT NULL CONSTRAINT "PK_Documents" PRIMARY KEY, "InternalID" int, "Title" nvarchar(50) COLLATE NOCASE)',
  );
  database.exec(`INSERT INTO "BPSDocuments"."Documents" VALUES (10, 1, 'Letter')`);
  for (const [name, definition] of Object.entries(PROCEDURES)) {
    database.prepare('INSERT INTO "__procedures" VALUES (?, ?)').run([name, definition]);
  }
  const session = openTsqlSession(database, OPTIONS);
  const run = (sql: string, parameters: readonly SqlParameter[]) => [
    ...session.run({ text: sql, type: 'text', parameters }),
  ];
  return {
    session,
    database,
    query(sql, ...parameters) {
      const events = run(sql, parameters);
      const rows: (readonly Value[])[] = [];
      let sets = 0;
      for (const event of events) {
        if (event.kind === 'columns') sets += 1;
        if (event.kind === 'rows' && sets === 1) rows.push(...event.rows);
      }
      return rows;
    },
    plan: (sql, ...parameters) => planOf(database, { text: sql, type: 'text', parameters }),
    names: (sql) =>
      run(sql, []).flatMap((event) =>
        event.kind === 'columns' ? event.columns.map((column) => column.name) : [],
      ),
    types: (sql) =>
      run(sql, []).flatMap((event) =>
        event.kind === 'columns' ? event.columns.map((column) => column.type) : [],
      ),
  };
}
