import { OPERATION_SCRIPT } from './small-practice-operations.ts';

/** Patients that are not marked as deleted: 1 to {@link PATIENTS}, but for the one. */
export const PATIENTS = 12;
/** The one that is marked as deleted. */
export const DELETED_PATIENT = 6;

const TABLES = `
  CREATE TABLE "Patients" ("ID" int NOT NULL CONSTRAINT "PK_Patients" PRIMARY KEY,
    "Surname" nvarchar(50) COLLATE NOCASE NOT NULL, "Firstname" nvarchar(50) COLLATE NOCASE,
    "Sex" char(1) COLLATE NOCASE, "DOB" date, "PractitionerID" int, "UpdatedAt" datetime, "Version" int,
    "IsActive" bit NOT NULL, "IsDeleted" bit NOT NULL);
  CREATE TABLE "PatientNumbers" ("ID" int NOT NULL CONSTRAINT "PK_PatientNumbers" PRIMARY KEY,
    "PatientID" int NOT NULL, "System" nvarchar(80) COLLATE NOCASE NOT NULL, "Value" nvarchar(30) COLLATE NOCASE NOT NULL);
  CREATE TABLE "PatientPhones" ("ID" int NOT NULL CONSTRAINT "PK_PatientPhones" PRIMARY KEY,
    "PatientID" int NOT NULL, "Number" nvarchar(30) COLLATE NOCASE NOT NULL);
  CREATE TABLE "Practitioners" ("ID" int NOT NULL CONSTRAINT "PK_Practitioners" PRIMARY KEY,
    "Surname" nvarchar(50) COLLATE NOCASE NOT NULL, "Firstname" nvarchar(50) COLLATE NOCASE, "SupervisorID" int);
  CREATE TABLE "PractitionerNumbers" ("ID" int NOT NULL CONSTRAINT "PK_PractitionerNumbers" PRIMARY KEY,
    "PractitionerID" int NOT NULL, "System" nvarchar(80) COLLATE NOCASE NOT NULL, "Value" nvarchar(30) COLLATE NOCASE NOT NULL);
  CREATE TABLE "Conditions" ("ID" int NOT NULL CONSTRAINT "PK_Conditions" PRIMARY KEY, "PatientID" int NOT NULL,
    "PractitionerID" int, "Code" varchar(20) COLLATE NOCASE, "Term" nvarchar(100) COLLATE NOCASE NOT NULL,
    "Status" char(1) COLLATE NOCASE NOT NULL, "OnsetDate" date, "Notes" nvarchar(4000) COLLATE NOCASE);
  CREATE TABLE "Observations" ("ID" int NOT NULL CONSTRAINT "PK_Observations" PRIMARY KEY, "PatientID" int NOT NULL,
    "Code" varchar(20) COLLATE NOCASE NOT NULL, "Value" text_decimal(20,2) NOT NULL, "Unit" varchar(20) COLLATE NOCASE NOT NULL,
    "TakenAt" datetime NOT NULL);
  CREATE TABLE "Organizations" ("ID" int NOT NULL CONSTRAINT "PK_Organizations" PRIMARY KEY,
    "Name" nvarchar(50) COLLATE NOCASE NOT NULL, "ParentID" int);
  CREATE TABLE "__procedures" (name TEXT PRIMARY KEY COLLATE NOCASE, definition TEXT NOT NULL);
  INSERT INTO "Practitioners" VALUES (1, 'Adler', 'Ruth', NULL), (2, 'Bose', 'Anil', 1), (3, 'Chen', NULL, 1);
  INSERT INTO "PractitionerNumbers" VALUES (1, 1, 'urn:provider', 'P-1'), (2, 2, 'urn:provider', 'P-2');
  INSERT INTO "Organizations" VALUES (1, 'Room', 2), (2, 'Corridor', 3), (3, 'Floor', 4), (4, 'Wing', 5),
    (5, 'House', 6), (6, 'Campus', 7), (7, 'Practice', 8), (8, 'Group', 9), (9, 'Trust', NULL);`;

const SURNAMES = ['Ng', "O''Brien", 'Citizen', 'Éclair', 'Ngo', 'Gone'];

function patientRow(id: number): string {
  const surname = SURNAMES[(id - 1) % SURNAMES.length];
  const born = id % 5 === 0 ? 'NULL' : `'19${50 + id}-0${1 + (id % 9)}-1${id % 10}'`;
  const updated = id === 1 ? `'2024-01-15T09:30:00'` : 'NULL';
  const version = id === 1 ? '7' : 'NULL';
  const isDeleted = id === DELETED_PATIENT ? 1 : 0;
  return `(${id}, '${surname}', 'First${id}', '${id % 2 === 0 ? 'F' : 'M'}', ${born}, ${1 + (id % 3)}, ${updated}, ${version}, 1, ${isDeleted})`;
}

function patientDetails(id: number): string {
  // More digits than a JavaScript number keeps.
  const weight = id === 2 ? '123456789012345678.25' : `${60 + id}.50`;
  return `
    INSERT INTO "PatientNumbers" VALUES (${2 * id}, ${id}, 'urn:mrn', 'M${id}'), (${2 * id + 1}, ${id}, 'urn:card', 'C${id}');
    INSERT INTO "PatientPhones" VALUES (${id}, ${id}, '0400 000 00${id}');
    INSERT INTO "Conditions" VALUES
      (${2 * id}, ${id}, ${1 + (id % 3)}, '38341003', 'Hypertension', 'A', '2020-03-0${1 + (id % 9)}', 'Note ${id}'),
      (${2 * id + 1}, ${id}, NULL, NULL, 'Sore toe', 'R', NULL, NULL);
    INSERT INTO "Observations" VALUES (${id}, ${id}, '29463-7', '${weight}', 'kg', '2024-01-1${id % 10}T08:00:00');`;
}

const ids = Array.from({ length: PATIENTS }, (_, index) => index + 1);

/** Tables and rows of the small practice, in SQLite's SQL and in the form that the T-SQL driver reads too. */
export const SMALL_PRACTICE_SCRIPT = `${TABLES}
  ${OPERATION_SCRIPT}
  INSERT INTO "Patients" VALUES ${ids.map(patientRow).join(', ')};
  ${ids.map(patientDetails).join('')}`;
