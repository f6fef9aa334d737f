import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFirebirdDriver } from '../src/sql/drivers/firebird/create-firebird-driver.ts';
import { createSqliteDriver } from '../src/sql/drivers/sqlite/create-sqlite-driver.ts';
import { type BedAnswer, type FhirBed, idsOf, linkOf, openFhirBed } from './support/fhir-bed.ts';
import searches from './support/firebird-practice/fhir-searches.json' with { type: 'json' };
import {
  createFirebirdPractice,
  FIREBIRD_PRACTICE_TIMEOUT_MS,
  type FirebirdPractice,
} from './support/firebird-practice.ts';
import { describeOnFirebird } from './support/firebird-server.ts';
import { jsonDifferences } from './support/json-differences.ts';
import { copyPractice } from './support/practice-copy.ts';

const MAPPING = fileURLToPath(new URL('../src/fhir/systems/demo-practice', import.meta.url));
const CHILD = fileURLToPath(new URL('../dist/bin/sqlite-connection.js', import.meta.url));

/** Firebird keeps ten-thousandths of a second, and row versions as numbers, which cursors hold too. */
function isAlike(left: unknown, right: unknown, path: string): boolean {
  const place = path.replace(/^.*\.(?=[^.]+\.[^.]+$)/, '');
  if (place === 'meta.versionId' || (/^link\.\d+\.url$/.test(path) && hasCursor(left, right))) {
    return typeof left === typeof right;
  }
  const [here, there] = [left, right].map((moment) => String(moment).replace(SURPLUS, '$1'));
  const trimmed = there?.replace(/\.?0+(?=[+-]\d\d:\d\d$)/, '');
  return SURPLUS.test(String(right)) && here === trimmed;
}

const SURPLUS = /(T\d\d:\d\d:\d\d\.\d{4})\d{1,3}(?=[+-]\d\d:\d\d$)/;

const hasCursor = (...urls: readonly unknown[]): boolean =>
  urls.every((url) => String(url).includes('_cursor='));

describeOnFirebird('FHIR of the demo practice', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parhelion-fhir-firebird-'));
  let practice: FirebirdPractice;
  let firebird: FhirBed;
  let tsql: FhirBed;

  beforeAll(async () => {
    practice = await createFirebirdPractice();
    firebird = await openFhirBed(createFirebirdDriver(practice.options), 'firebird', {
      folder: MAPPING,
    });
    const catalogues = Object.entries(copyPractice(folder)).map(([name, file]) => ({
      name,
      file,
      isDefault: name === 'Patients',
    }));
    const driver = createSqliteDriver({
      catalogues,
      dialect: 'tsql',
      entryPoint: CHILD,
      nodePath: process.execPath,
      env: process.env,
    });
    tsql = await openFhirBed(driver, 'tsql', { folder: MAPPING });
  }, FIREBIRD_PRACTICE_TIMEOUT_MS);

  afterAll(async () => {
    await firebird?.[Symbol.asyncDispose]();
    await tsql?.[Symbol.asyncDispose]();
    await practice?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Asks both, and expects the same of them. */
  async function same(address: string): Promise<BedAnswer> {
    const [here, there] = [await firebird.ask(address), await tsql.ask(address)];
    const differences = jsonDifferences(here.json, there.json, isAlike);
    expect([address, here.status, differences.slice(0, 5)]).toEqual([address, there.status, []]);
    return here;
  }

  describe.each(Object.entries(searches))('%s resources', (type, queries) => {
    it('is the same resource by resource', async () => {
      const { json } = await same(`${type}?_count=100`);
      const ids = idsOf(json);
      expect(ids.length).toBeGreaterThan(2);
      for (const id of ids.slice(0, 3)) {
        const { status, headers } = await same(id);
        expect([id, status, headers['etag']]).toEqual([id, 200, expect.stringMatching(/^W\//)]);
      }
      expect((await same(`${type}/999999999`)).status).toBe(404);
    });

    it.each(queries)('finds the same by %s', async (query) => {
      const { json } = await same(`${type}?${query}`);
      expect(idsOf(json)).not.toEqual([]);
    });
  });

  it('gives all pages, and each resource once', async () => {
    const ids: string[][] = [];
    for (const bed of [firebird, tsql]) {
      const found: string[] = [];
      let next: string | undefined = 'Patient?name=ng&_sort=family,-birthdate&_count=3';
      for (let pages = 0; next !== undefined && pages < 100; pages += 1) {
        const { json } = await bed.ask(next);
        found.push(...idsOf(json));
        next = linkOf(json, 'next');
      }
      ids.push(found);
    }
    const [here = [], there = []] = ids;
    expect(here.length).toBeGreaterThan(6);
    expect(new Set(here).size).toBe(here.length);
    expect(here.toSorted()).toEqual(there.toSorted());
  });

  it.each([
    'Patient?_summary=count&gender=female',
    'Observation?_total=accurate&_summary=count&date=ge2026',
    'Appointment?_total=accurate&_count=1&status=booked',
  ])('counts the same by %s', async (address) => {
    expect((await same(address)).json.total).toBeGreaterThan(1);
  });

  it('holds codes in the case that they have', async () => {
    expect(
      (await same('Encounter?class=http://terminology.hl7.org/CodeSystem/v3-ActCode|amb')).json
        .entry,
    ).toBeUndefined();
  });

  it('tells that a state is known already, and refuses the same', async () => {
    const { headers } = await firebird.ask('Patient/1');
    const again = await firebird.ask('Patient/1', {
      headers: { 'if-none-match': headers['etag'] },
    });
    expect(again.status).toBe(304);
    for (const address of ['Patient?birthdate=soon', 'Patient?family:of-type=x', 'Nobody/1']) {
      expect((await same(address)).status).toBeGreaterThanOrEqual(400);
    }
  });
});
