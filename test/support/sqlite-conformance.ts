import { readdirSync, readlinkSync } from 'node:fs';
import type { ConformanceTarget } from '../../src/sql/conformance/expectations.ts';
import { temporaryCatalogues } from '../../src/sql/drivers/sqlite/testing/temporary-catalogues.ts';

const PRACTICE = `
  CREATE TABLE "Patients" ("ID" int NOT NULL CONSTRAINT "PK_Patients" PRIMARY KEY,
    "Name" nvarchar(40) COLLATE NOCASE NOT NULL, "Weight" float);
  CREATE TABLE "Visits" ("ID" int NOT NULL CONSTRAINT "PK_Visits" PRIMARY KEY, "PatientID" int NOT NULL,
    CONSTRAINT "FK_Visits_Patients" FOREIGN KEY ("PatientID") REFERENCES "Patients"("ID"));
  CREATE TABLE "Changes" ("ID" int NOT NULL CONSTRAINT "PK_Changes" PRIMARY KEY, "N" smallint,
    "T" varchar(5) COLLATE NOCASE);
  CREATE TABLE "Bookings" ("ID" int NOT NULL CONSTRAINT "PK_Bookings" PRIMARY KEY, "Slot" int NOT NULL,
    "Status" char(1) COLLATE NOCASE NOT NULL, CONSTRAINT "CK_Bookings_Status" CHECK ("Status" IN ('F', 'B')));
  CREATE UNIQUE INDEX "UQ_Bookings_Slot" ON "Bookings" ("Slot");
  INSERT INTO "Bookings" VALUES (1, 1, 'F');
  CREATE TABLE "Extremes" ("Lowest" bigint, "Highest" bigint, "Odd" bigint, "Debt" money);
  INSERT INTO "Extremes" VALUES (-9223372036854775808, 9223372036854775807, 9007199254740993,
    -9223372036854775808);
  CREATE TABLE "__procedures" (name TEXT PRIMARY KEY COLLATE NOCASE, definition TEXT NOT NULL);
  INSERT INTO "Patients" VALUES (1, 'Ng', NULL), (2, 'O''Brien', 70.5), (3, 'Éclair', 0);
  INSERT INTO "Visits" VALUES (1, 1);
  INSERT INTO "__procedures" VALUES
    ('GetPatients', 'CREATE PROCEDURE dbo.GetPatients @Below int AS
       SELECT ID, Name FROM Patients WHERE ID < @Below ORDER BY ID'),
    ('Weigh', 'CREATE PROCEDURE dbo.Weigh @ID int AS UPDATE Patients SET Weight = 99 WHERE ID = @ID'),
    ('AddOne', 'CREATE PROCEDURE dbo.AddOne @A int, @B nvarchar(20) = N''default'', @S int = 0 OUTPUT AS
     BEGIN SET @S = ISNULL(@S, 0) + @A + 1; SELECT @S AS S, @B AS B; RETURN 7; END');`;

/** Processes that have a file of the folder open. */
function processesIn(folder: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    if (pid === process.pid) return false;
    try {
      const files = readdirSync(`/proc/${pid}/fd`);
      return files.some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith(folder));
    } catch {
      return false;
    }
  });
}

/** Two files with the suite's schema. */
export async function sqliteConformanceTarget(): Promise<ConformanceTarget> {
  const catalogues = temporaryCatalogues(
    {
      Practice: PRACTICE,
      Images: `CREATE TABLE "Scans" ("Name" nvarchar(10) COLLATE NOCASE); INSERT INTO "Scans" VALUES ('x-ray');`,
    },
    'tsql',
  );
  return {
    driver: catalogues.driver,
    countSessions: async () => processesIn(catalogues.folder).length,
    async killSessions() {
      for (const pid of processesIn(catalogues.folder)) process.kill(pid, 'SIGKILL');
    },
    async [Symbol.asyncDispose]() {
      catalogues[Symbol.dispose]();
    },
  };
}
