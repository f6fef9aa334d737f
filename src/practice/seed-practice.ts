import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Day, dayOf, formatDay } from './calendar.ts';
import { createCatalogue, readSeedMark, type SeedMark } from './catalogues.ts';
import type { PracticeDatabase } from './practice-database.ts';
import { practiceFacts } from './practice-facts.ts';
import {
  documentsCatalogue,
  insertDocumentsCatalogue,
  insertPatientsCatalogue,
  patientsCatalogue,
} from './seed-rows.ts';
import { topUpSlots } from './top-up-slots.ts';

export interface SeedPracticeOptions {
  readonly openDatabase: (file: string) => PracticeDatabase;
  /** Where the files lie; made where it does not exist. */
  readonly folder: string;
  readonly today: Date;
}

export interface Practice {
  readonly catalogues: readonly {
    readonly name: string;
    readonly isDefault: boolean;
    readonly file: string;
  }[];
  readonly practiceName: string;
  readonly practiceManagementSiteId: string;
  readonly practiceManagementVersion: string;
  /** IANA name of the zone of all stored times. */
  readonly timeZone: string;
  /** False where the folder held a finished practice. */
  readonly isNew: boolean;
}

/** Opens the demo practice in `folder`, seeding it first where it is missing, unfinished or of another version. */
export function seedPractice(options: SeedPracticeOptions): Practice {
  const { openDatabase, folder } = options;
  const today = dayOf(options.today);
  const files = {
    patients: join(folder, 'Patients.db'),
    documents: join(folder, 'Documents.db'),
  };
  mkdirSync(folder, { recursive: true });
  const isNew = !isComplete(openDatabase, Object.values(files));
  if (isNew) seed(openDatabase, files, today);
  use(openDatabase(files.patients), (database) => {
    // Not before the file has its name: the log beside it is found by name.
    database.exec('PRAGMA journal_mode = WAL');
    topUpSlots(database, today);
  });
  use(openDatabase(files.documents), (database) => {
    database.exec('PRAGMA journal_mode = WAL');
  });
  return {
    catalogues: [
      { name: 'Patients', isDefault: true, file: files.patients },
      { name: 'Documents', isDefault: false, file: files.documents },
    ],
    practiceName: practiceFacts.practiceName,
    practiceManagementSiteId: practiceFacts.practiceManagementSiteId,
    practiceManagementVersion: practiceFacts.practiceManagementVersion,
    timeZone: practiceFacts.timeZone,
    isNew,
  };
}

function use<T>(database: PracticeDatabase, work: (database: PracticeDatabase) => T): T {
  try {
    return work(database);
  } finally {
    database.close();
  }
}

function isComplete(
  openDatabase: SeedPracticeOptions['openDatabase'],
  files: readonly string[],
): boolean {
  if (!files.every((file) => existsSync(file))) return false;
  const marks = files.map((file) => use(openDatabase(file), readSeedMark));
  return marks.every(
    (mark) =>
      mark !== undefined &&
      mark.schemaVersion === practiceFacts.schemaVersion &&
      mark.seededOn === marks[0]?.seededOn,
  );
}

function seed(
  openDatabase: SeedPracticeOptions['openDatabase'],
  files: { readonly patients: string; readonly documents: string },
  today: Day,
): void {
  const mark: SeedMark = {
    schemaVersion: practiceFacts.schemaVersion,
    seededOn: formatDay(today),
  };
  const fill = (file: string, work: (database: PracticeDatabase) => void) => {
    removeDatabase(unfinished(file));
    use(openDatabase(unfinished(file)), work);
  };
  fill(files.patients, (patients) =>
    createCatalogue(patients, patientsCatalogue, mark, (patientWriter) => {
      const rows = insertPatientsCatalogue(patientWriter, today);
      fill(files.documents, (documents) =>
        createCatalogue(documents, documentsCatalogue, mark, (writer) =>
          insertDocumentsCatalogue(writer, rows),
        ),
      );
    }),
  );
  for (const file of [files.documents, files.patients]) {
    removeDatabase(file);
    syncToDisk(unfinished(file));
    renameSync(unfinished(file), file);
  }
}

function unfinished(file: string): string {
  return `${file}.unfinished`;
}

/** With what write-ahead logging leaves beside it: a new file must not meet an old log. */
function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}

function syncToDisk(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
