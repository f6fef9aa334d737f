import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { createFirebirdDriver } from '../src/sql/drivers/firebird/create-firebird-driver.ts';
import { describeDemoWrites } from './support/demo-writes.ts';
import { type FhirBed, openFhirBed } from './support/fhir-bed.ts';
import {
  createFirebirdPractice,
  FIREBIRD_PRACTICE_TIMEOUT_MS,
  type FirebirdPractice,
} from './support/firebird-practice.ts';
import { describeOnFirebird } from './support/firebird-server.ts';

const MAPPING = fileURLToPath(new URL('../src/fhir/systems/demo-practice', import.meta.url));

describeOnFirebird('writes to the demo practice', () => {
  let practice: FirebirdPractice;
  let bed: FhirBed;

  beforeAll(async () => {
    practice = await createFirebirdPractice();
    const driver = createFirebirdDriver(practice.options);
    bed = await openFhirBed(driver, 'firebird', { folder: MAPPING, now: Date.now });
  }, FIREBIRD_PRACTICE_TIMEOUT_MS);

  afterAll(async () => {
    await bed?.[Symbol.asyncDispose]();
    await practice?.[Symbol.asyncDispose]();
  });

  describeDemoWrites(() => bed);
});
