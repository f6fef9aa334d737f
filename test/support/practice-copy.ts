import { createHash, randomUUID } from 'node:crypto';
import {
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seedPractice } from '../../src/practice/index.ts';
import { openPracticeFile } from '../../src/sql/drivers/sqlite/open-practice-file.ts';

const SOURCE = fileURLToPath(new URL('../../src/practice', import.meta.url));
const SEEDED = fileURLToPath(
  new URL('../../node_modules/.cache/parhelion-practice', import.meta.url),
);

const OLD_AFTER_MS = 60 * 60_000;

/** Changes with whatever the practice is made from, also in the other folders given, and with the day. */
export function practiceKey(...others: readonly string[]): string {
  return keyOf(new Date(), others);
}

function keyOf(today: Date, others: readonly string[] = []): string {
  const hash = createHash('sha256').update(today.toISOString().slice(0, 10));
  for (const folder of [SOURCE, ...others]) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
    for (const file of files) hash.update(relative(folder, file)).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/** What older sources made is of no use; a run that goes on beside this one may still copy what is new. */
function removeOld(): void {
  mkdirSync(SEEDED, { recursive: true });
  for (const name of readdirSync(SEEDED)) {
    const path = join(SEEDED, name);
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > OLD_AFTER_MS) rmSync(path, { recursive: true, force: true });
  }
}

/** Seeding takes seconds: it is done once, and other test files and later runs copy the result. */
function seededFolder(today: Date): string {
  const folder = join(SEEDED, keyOf(today));
  if (existsSync(folder)) return folder;
  removeOld();
  const draft = `${folder}.${randomUUID()}`;
  mkdirSync(draft, { recursive: true });
  seedPractice({ openDatabase: openPracticeFile, folder: draft, today });
  try {
    renameSync(draft, folder);
  } catch {
    // Another test file was faster.
    rmSync(draft, { recursive: true });
  }
  return folder;
}

/** The files of the demo practice, by catalogue. */
export interface PracticeFiles {
  readonly Patients: string;
  readonly Documents: string;
}

/** Puts a demo practice of the caller's own into a folder. @param today the day around which its data lies */
export function copyPractice(folder: string, today = new Date()): PracticeFiles {
  const from = seededFolder(today);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(from)) {
    cpSync(join(from, name), join(folder, name), { mode: constants.COPYFILE_FICLONE });
  }
  return { Patients: join(folder, 'Patients.db'), Documents: join(folder, 'Documents.db') };
}
