import { afterAll, beforeAll, expect, test } from 'vitest';
import { DevSystem, TempFolder } from './support/dev-system.ts';
import type { Json } from './support/fhir-validation/definition-types.ts';
import { fhirPackageFolder, readFhirPackages } from './support/fhir-validation/fhir-packages.ts';
import { ResourceValidator } from './support/fhir-validation/resource-validator.ts';
import type { Answer } from './support/http-client.ts';

/** So many patients' resources are walked through: more make the walk longer, and nothing else. */
const PATIENTS = Number(process.env['FHIR_WALK_PATIENTS'] ?? 3);
const PAGE_SIZE = 10;
/** Of types that belong to no patient, and of those that have very many, so many pages are turned. */
const MAX_PAGES = 5;
/** Whose patients are walked through: those of the types that few patients have, then any. */
const FIRST_OF = [
  ['Procedure', 1],
  ['DocumentReference', 1],
  ['AllergyIntolerance', 1],
  ['Encounter', 100],
] as const;

interface Resource extends Json {
  readonly resourceType: string;
  readonly id: string;
}
interface Bundle {
  readonly type: string;
  readonly total?: number;
  readonly entry?: readonly { fullUrl: string; resource: Resource; search: { mode: string } }[];
  readonly link: readonly { relation: string; url: string }[];
}
interface Offered {
  readonly type: string;
  readonly interaction: readonly { code: string }[];
  readonly searchParam?: readonly { name: string; type: string }[];
}

const folder = new TempFolder();
const packageFolder = fhirPackageFolder();
/** Without the packages resources are read and searched, and their profiles stay unchecked. */
const validator =
  packageFolder === undefined ? undefined : new ResourceValidator(readFhirPackages(packageFolder));
let system: DevSystem;
let base: string;
let offered: readonly Offered[];
let patients: readonly string[];

const get = (below: string): Promise<Answer> => system.integrator.get(`${base}/${below}`);

async function bundleOf(answer: Answer | Promise<Answer>, what: string): Promise<Bundle> {
  const { status, json, text } = await answer;
  expect([what, status, status === 200 ? '' : text.slice(0, 300)]).toEqual([what, 200, '']);
  return json as Bundle;
}

/** What is read of a type: of its patients, where it belongs to patients. */
function searchesOf({ type, searchParam = [] }: Offered): string[] {
  const isOfPatients = searchParam.some(({ name }) => name === 'patient');
  return isOfPatients ? patients.map((id) => `${type}?patient=${id}`) : [`${type}?`];
}

/** The pages of a search; every link leads to another page of the same search. */
async function walk(search: string): Promise<Resource[]> {
  const found: Resource[] = [];
  let page = await bundleOf(get(`${search}&_count=${PAGE_SIZE}`), search);
  for (let pages = 1; ; pages += 1) {
    expect(page.type).toBe('searchset');
    const entries = page.entry ?? [];
    expect(entries.length).toBeLessThanOrEqual(PAGE_SIZE);
    for (const { fullUrl, resource, search: how } of entries) {
      expect(how.mode).toBe('match');
      expect(fullUrl).toBe(
        `${system.facts.baseUrl}${base}/${resource.resourceType}/${resource.id}`,
      );
      found.push(resource);
    }
    const next = page.link.find(({ relation }) => relation === 'next')?.url;
    if (next === undefined || pages === MAX_PAGES) break;
    expect(entries).toHaveLength(PAGE_SIZE);
    page = await bundleOf(system.integrator.get(next.slice(system.facts.baseUrl.length)), search);
  }
  return found;
}

/** Patients who have had what few have, first. */
async function patientsToWalk(): Promise<string[]> {
  const ids = new Set<string>();
  for (const [type, count] of FIRST_OF) {
    const { entry = [] } = await bundleOf(
      get(`${type}?_count=${count}&_elements=subject,patient`),
      type,
    );
    for (const { resource } of entry) {
      const of = resource['subject'] ?? resource['patient'];
      ids.add((of as { reference: string }).reference.slice('Patient/'.length));
    }
  }
  return [...ids].slice(0, PATIENTS);
}

beforeAll(async () => {
  system = await DevSystem.start(folder.path);
  base = `/integrator/sites/${system.facts.site.siteId}/fhir/R4`;
  const { rest } = (await get('metadata')).json as { rest: { resource: Offered[] }[] };
  offered = rest[0]?.resource ?? [];
  patients = await patientsToWalk();
}, 120_000);
afterAll(async () => {
  await system?.program.stop();
  folder[Symbol.dispose]();
});

test('every type that is offered is read and searched as it says, and is valid', async () => {
  const wrong: string[] = [];
  const empty: string[] = [];
  expect(patients).toHaveLength(PATIENTS);
  for (const type of offered) {
    const codes = type.interaction.map(({ code }) => code);
    if (!codes.includes('search-type')) continue;
    let total = 0;
    for (const search of searchesOf(type)) {
      const found = await walk(search);
      total += found.length;
      const ids = found.map(({ id }) => id);
      expect([search, new Set(ids).size]).toEqual([search, ids.length]);
      for (const resource of found) {
        const read = await get(`${type.type}/${resource.id}`);
        expect([resource.id, read.status, read.json]).toEqual([resource.id, 200, resource]);
        const problems = validator?.problems(resource) ?? [];
        wrong.push(...problems.map((problem) => `${type.type}/${resource.id}: ${problem}`));
      }
      await expectSameByForm(search, ids);
      await expectSameByReference(search, ids);
    }
    if (total === 0) empty.push(type.type);
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(empty).toEqual([]);
}, 120_000);

/** A search by form finds what the one by address found. */
async function expectSameByForm(search: string, ids: readonly string[]): Promise<void> {
  const [type = '', query = ''] = search.split('?');
  const answer = system.integrator.send({
    method: 'POST',
    path: `${base}/${type}/_search`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `${query}&_count=${MAX_PAGES * PAGE_SIZE}`,
  });
  const { entry = [] } = await bundleOf(answer, `${search} by form`);
  expect(entry.map(({ resource }) => resource.id)).toEqual(ids);
}

/** A reference with its type, and as a whole address, finds what the bare id found. */
async function expectSameByReference(search: string, ids: readonly string[]): Promise<void> {
  const [, id] = search.split('patient=');
  if (id === undefined) return;
  for (const reference of [`Patient/${id}`, `${system.facts.baseUrl}${base}/Patient/${id}`]) {
    const query = search.replace(/patient=.*/, `patient=${encodeURIComponent(reference)}`);
    const { entry = [] } = await bundleOf(get(`${query}&_count=${MAX_PAGES * PAGE_SIZE}`), query);
    expect(entry.map(({ resource }) => resource.id)).toEqual(ids);
  }
}
