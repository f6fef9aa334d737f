import Database from 'libsql';

/** Opens a SQLite file, made where it does not exist, for whoever fills a demo practice. */
export function openPracticeFile(file: string): Database.Database {
  return new Database(file);
}
