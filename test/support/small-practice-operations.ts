/** Tables and rows of the small practice for which operations are: what a summary shows, calendars, who waits. */
export const OPERATION_SCRIPT = `
  CREATE TABLE "Allergies" ("ID" int NOT NULL CONSTRAINT "PK_Allergies" PRIMARY KEY, "PatientID" int NOT NULL,
    "Code" varchar(20) COLLATE NOCASE, "Substance" nvarchar(100) COLLATE NOCASE, "Verification" char(1) COLLATE NOCASE,
    "Notes" nvarchar(4000) COLLATE NOCASE);
  CREATE TABLE "AllergyReactions" ("ID" int NOT NULL CONSTRAINT "PK_AllergyReactions" PRIMARY KEY,
    "AllergyID" int NOT NULL, "Name" nvarchar(100) COLLATE NOCASE NOT NULL);
  CREATE TABLE "Drugs" ("ID" int NOT NULL CONSTRAINT "PK_Drugs" PRIMARY KEY, "Name" nvarchar(100) COLLATE NOCASE NOT NULL);
  CREATE TABLE "Scripts" ("ID" int NOT NULL CONSTRAINT "PK_Scripts" PRIMARY KEY, "PatientID" int NOT NULL,
    "DrugID" int NOT NULL, "PractitionerID" int, "ReasonID" int, "Status" char(1) COLLATE NOCASE NOT NULL,
    "Dosage" nvarchar(100) COLLATE NOCASE);
  CREATE TABLE "Locations" ("ID" int NOT NULL CONSTRAINT "PK_Locations" PRIMARY KEY, "Name" nvarchar(50) COLLATE NOCASE NOT NULL);
  CREATE TABLE "Schedules" ("ID" int NOT NULL CONSTRAINT "PK_Schedules" PRIMARY KEY, "PractitionerID" int NOT NULL,
    "LocationID" int NOT NULL, "IsActive" bit NOT NULL);
  CREATE TABLE "Slots" ("ID" int NOT NULL CONSTRAINT "PK_Slots" PRIMARY KEY, "ScheduleID" int NOT NULL,
    "Status" char(1) COLLATE NOCASE NOT NULL, "TypeCode" varchar(10) COLLATE NOCASE, "StartTime" datetime NOT NULL,
    "EndTime" datetime NOT NULL);
  CREATE TABLE "Appointments" ("ID" int NOT NULL CONSTRAINT "PK_Appointments" PRIMARY KEY, "PatientID" int NOT NULL,
    "PractitionerID" int, "LocationID" int, "TypeCode" varchar(10) COLLATE NOCASE, "Status" char(1) COLLATE NOCASE NOT NULL,
    "StartTime" datetime NOT NULL, "EndTime" datetime NOT NULL);
  CREATE TABLE "WaitingList" ("ID" int NOT NULL CONSTRAINT "PK_WaitingList" PRIMARY KEY, "PatientID" int NOT NULL,
    "PractitionerID" int, "LocationID" int, "TypeCode" varchar(10) COLLATE NOCASE, "EarliestDate" date);
  INSERT INTO "Allergies" VALUES (1, 7, '294505008', 'Amoxicillin', 'C', 'Seen in 2019'),
    (2, 7, NULL, 'Latex', 'E', NULL), (3, 7, NULL, 'Egg', 'X', NULL),
    (4, 8, '716186003', 'No known allergy', 'C', NULL);
  INSERT INTO "AllergyReactions" VALUES (1, 1, 'Rash'), (2, 1, 'Wheeze');
  INSERT INTO "Drugs" VALUES (1, 'Perindopril 4 mg'), (2, 'Old drug');
  INSERT INTO "Scripts" VALUES (1, 7, 1, 3, 15, 'A', 'one each morning'), (2, 7, 2, 2, NULL, 'S', NULL);
  INSERT INTO "Locations" VALUES (1, 'Room 1'), (2, 'Room 2');
  INSERT INTO "Schedules" VALUES (1, 1, 1, 1), (2, 2, 2, 1), (3, 3, 1, 0);
  INSERT INTO "Slots" VALUES
    (1, 1, 'F', NULL, '2024-06-10T09:00:00', '2024-06-10T09:15:00'),
    (2, 1, 'F', NULL, '2024-06-10T09:15:00', '2024-06-10T09:30:00'),
    (3, 1, 'B', NULL, '2024-06-10T09:30:00', '2024-06-10T09:45:00'),
    (4, 1, 'F', 'LONG', '2024-06-10T09:45:00', '2024-06-10T10:30:00'),
    (5, 1, 'F', NULL, '2024-06-10T10:30:00', '2024-06-10T10:45:00'),
    (6, 2, 'F', 'STD', '2024-06-10T09:00:00', '2024-06-10T09:15:00'),
    (7, 2, 'F', 'STD', '2024-06-11T09:00:00', '2024-06-11T09:15:00'),
    (8, 3, 'F', NULL, '2024-06-10T09:00:00', '2024-06-10T09:15:00');
  INSERT INTO "Appointments" VALUES (1, 7, 1, 1, 'STD', 'B', '2024-06-10T09:30:00', '2024-06-10T09:45:00');
  INSERT INTO "WaitingList" VALUES (1, 7, 1, 1, 'STD', '2024-06-20'), (2, 8, NULL, 2, NULL, NULL), (3, 9, 2, NULL, 'LONG', NULL);`;
