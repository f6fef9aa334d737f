import { afterAll, beforeAll, describe } from 'vitest';
import {
  type TemporaryCatalogues,
  temporaryCatalogues,
} from '../../src/sql/drivers/sqlite/testing/temporary-catalogues.ts';
import { type FhirBed, openFhirBed } from './fhir-bed.ts';
import { SMALL_PRACTICE_SCRIPT } from './small-practice-script.ts';

/** What a test of one dialect has. */
export interface DialectBed {
  /** As it is from the first test on. */
  readonly bed: FhirBed;
  /** Opens a bed on a database of the test's own, made by a script. */
  withOther<Result>(
    script: string,
    use: (bed: FhirBed) => Promise<Result>,
    options?: Parameters<typeof openFhirBed>[2],
  ): Promise<Result>;
}

/** Runs tests on the small practice in each dialect that SQLite files are reached by. */
export function describeDialects(title: string, tests: (here: DialectBed) => void): void {
  describe.each(['sqlite', 'tsql'] as const)(`${title}, in the dialect %s`, (dialect) => {
    let catalogues: TemporaryCatalogues;
    let opened: FhirBed;

    beforeAll(async () => {
      catalogues = temporaryCatalogues({ Practice: SMALL_PRACTICE_SCRIPT }, dialect);
      opened = await openFhirBed(catalogues.driver, dialect);
    });

    afterAll(async () => {
      await opened?.[Symbol.asyncDispose]();
      catalogues?.[Symbol.dispose]();
    });

    tests({
      get bed() {
        return opened;
      },
      async withOther(script, use, options) {
        using other = temporaryCatalogues({ Practice: script }, dialect);
        await using bed = await openFhirBed(other.driver, dialect, options);
        return await use(bed);
      },
    });
  });
}
