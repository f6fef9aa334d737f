import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { describeDemoWrites } from '../../../test/support/demo-writes.ts';
import { type FhirBed, openFhirBed } from '../../../test/support/fhir-bed.ts';
import { copyPractice } from '../../../test/support/practice-copy.ts';
import { createSqliteDriver } from '../../sql/drivers/sqlite/create-sqlite-driver.ts';
import { ENTRY_POINT } from '../../sql/drivers/sqlite/testing/temporary-catalogues.ts';

const DEMO = fileURLToPath(new URL('../systems/demo-practice', import.meta.url));

let folder: string;
let bed: FhirBed;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parhelion-writes-'));
  const { Patients, Documents } = copyPractice(folder);
  const driver = createSqliteDriver({
    catalogues: [
      { name: 'Patients', file: Patients, isDefault: true },
      { name: 'Documents', file: Documents, isDefault: false },
    ],
    dialect: 'tsql',
    timeZone: 'Australia/Sydney',
    entryPoint: ENTRY_POINT,
    nodePath: process.execPath,
    env: process.env,
  });
  bed = await openFhirBed(driver, 'tsql', { folder: DEMO, now: Date.now });
});

afterAll(async () => {
  await bed?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

describeDemoWrites(() => bed);
