import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { documentsCatalogue, patientsCatalogue } from '../../src/practice/seed-rows.ts';
import type { FirebirdOptions } from '../../src/sql/drivers/firebird/options.ts';
import { buildPractice } from './firebird-practice/build-practice.ts';
import { ONE_APPOINTMENT_PER_SLOT } from './firebird-practice/definitions.ts';
import {
  backUpFirebirdDatabase,
  createFirebirdDatabase,
  restoreFirebirdDatabase,
  type TestDatabase,
} from './firebird-server.ts';
import { copyPractice, practiceKey } from './practice-copy.ts';
import { until } from './until.ts';

const CACHE = fileURLToPath(
  new URL('../../node_modules/.cache/parhelion-firebird-practice', import.meta.url),
);
const SOURCE = fileURLToPath(new URL('firebird-practice', import.meta.url));

/** Keys of long texts need large pages: a key may take a quarter of one. */
const PAGE_BYTES = 16_384;

/** A building that takes longer has died. */
const BUILDING_LIMIT_MS = 120_000;

const OLD_AFTER_MS = 24 * 60 * 60_000;

/** How long a hook that makes a practice may take: the first of a day builds it. */
export const FIREBIRD_PRACTICE_TIMEOUT_MS = BUILDING_LIMIT_MS + 30_000;

/** Copies of both catalogues, in files of the server. */
interface Backups {
  readonly Patients: string;
  readonly Documents: string;
}

/**
 * The demo practice on Firebird, for one test file: the tables, rows, keys, rules and indexes of `src/practice`, the
 * way a practice system on Firebird 3 would have them.
 *
 * - Names are upper case, as names without quotes are. `VALUE` is reserved and needs its quotes.
 * - `nvarchar` is `UNICODE_CI_AI`: `'eclair'` finds `'Éclair'`. `varchar` and `char`, which hold codes and numbers, compare
 *   exactly. Long texts are text blobs.
 * - `bit` is a SMALLINT of 0 and 1, a GUID `CHAR(36)` in lower case, a row version a BIGINT from a generator.
 * - Times are local: a `datetimeoffset` is a TIMESTAMP without its offset, since Firebird 3 has no type with one. Fractions
 *   are cut to ten-thousandths of a second.
 * - Decimals of more than 18 digits are kept as text.
 */
export interface FirebirdPractice extends AsyncDisposable {
  readonly patients: TestDatabase;
  readonly documents: TestDatabase;
  /** Both catalogues by the names that they have in the demo; Patients is the default one. */
  readonly options: FirebirdOptions;
}

async function build(): Promise<Backups> {
  const folder = mkdtempSync(join(tmpdir(), 'parhelion-practice-'));
  await using patients = await createFirebirdDatabase('UTF8', PAGE_BYTES);
  await using documents = await createFirebirdDatabase('UTF8', PAGE_BYTES);
  try {
    const files = copyPractice(folder);
    const { tables } = patientsCatalogue;
    await buildPractice(patients, tables, files.Patients, [ONE_APPOINTMENT_PER_SLOT]);
    await buildPractice(documents, documentsCatalogue.tables, files.Documents, []);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return {
    Patients: await backUpFirebirdDatabase(patients),
    Documents: await backUpFirebirdDatabase(documents),
  };
}

function readBackups(record: string): Backups | undefined {
  if (!existsSync(record)) return undefined;
  return JSON.parse(readFileSync(record, 'utf8')) as Backups;
}

function forget(record: string): void {
  const backups = readBackups(record);
  rmSync(record, { force: true });
  for (const file of Object.values(backups ?? {})) {
    try {
      rmSync(file, { force: true });
    } catch {
      // The files are the server's; whoever may not remove them leaves them.
    }
  }
}

function forgetOld(): void {
  for (const name of readdirSync(CACHE).filter((file) => file.endsWith('.json'))) {
    const record = join(CACHE, name);
    const { mtimeMs } = statSync(record, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > OLD_AFTER_MS) forget(record);
  }
}

/** Takes the lock of a building; false while another process has it. */
function takes(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const { mtimeMs } = statSync(lock, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > BUILDING_LIMIT_MS) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

/** Building takes some ten seconds: it is done once, and other test files and later runs copy the result. */
async function backupsOf(record: string): Promise<Backups> {
  mkdirSync(CACHE, { recursive: true });
  const lock = `${record}.building`;
  await until(
    'another process builds the practice on Firebird',
    () => existsSync(record) || takes(lock),
    BUILDING_LIMIT_MS,
  );
  const known = readBackups(record);
  if (known) return known;
  try {
    forgetOld();
    const backups = await build();
    writeFileSync(`${record}.draft`, JSON.stringify(backups));
    renameSync(`${record}.draft`, record);
    return backups;
  } finally {
    rmdirSync(lock);
  }
}

async function restore(backups: Backups): Promise<[TestDatabase, TestDatabase]> {
  const patients = await restoreFirebirdDatabase(backups.Patients);
  try {
    return [patients, await restoreFirebirdDatabase(backups.Documents)];
  } catch (error) {
    await patients[Symbol.asyncDispose]();
    throw error;
  }
}

/** Makes a demo practice of the caller's own on the Firebird server. */
export async function createFirebirdPractice(): Promise<FirebirdPractice> {
  const record = join(CACHE, `${practiceKey(SOURCE)}.json`);
  const isKnown = existsSync(record);
  let databases: [TestDatabase, TestDatabase];
  try {
    databases = await restore(await backupsOf(record));
  } catch (error) {
    if (!isKnown) throw error;
    // The server has lost its files, or is another one.
    forget(record);
    databases = await restore(await backupsOf(record));
  }
  const [patients, documents] = databases;
  return {
    patients,
    documents,
    options: {
      ...patients.options,
      catalogues: [
        { name: 'Patients', file: patients.file, isDefault: true },
        { name: 'Documents', file: documents.file, isDefault: false },
      ],
    },
    async [Symbol.asyncDispose]() {
      await patients[Symbol.asyncDispose]();
      await documents[Symbol.asyncDispose]();
    },
  };
}
