import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_BASE_URL, DemoFhir } from './support/demo-fhir.ts';
import type { AnswerJson } from './support/fhir-bed.ts';
import { idsOf, linkOf } from './support/fhir-bed.ts';
import { copyPractice } from './support/practice-copy.ts';
import { type SummaryBundleJson, sectionsOf, summaryProblems } from './support/summary-bundle.ts';

const AU_PS = 'http://hl7.org.au/fhir/ps/StructureDefinition/au-ps-bundle';
const folder = mkdtempSync(join(tmpdir(), 'fhir-demo-operations-'));
let demo: DemoFhir;

beforeAll(() => {
  demo = new DemoFhir(copyPractice(folder));
}, 120_000);

afterAll(() => {
  demo[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

function summaryOf(patient: unknown): { bundle: SummaryBundleJson; statementCount: number } {
  const answer = demo.ask(`Patient/${String(patient)}/$summary?profile=${AU_PS}`);
  expect(answer.status).toBe(200);
  return { bundle: answer.json as SummaryBundleJson, statementCount: answer.statementCount };
}

const firstOf = (text: string) => demo.rows(text)[0]?.[0];

/** Patients with the most of something, and the first ones. */
function chosenPatients(): unknown[] {
  const tables = ['Conditions', 'Allergies', 'Medications', 'Observations', 'Immunisations'];
  return [
    ...tables.flatMap((table) =>
      demo.rows(
        `SELECT TOP (3) InternalID FROM ${table} GROUP BY InternalID ORDER BY COUNT(*) DESC`,
      ),
    ),
    ...demo.rows('SELECT TOP (60) InternalID FROM Patients ORDER BY InternalID'),
  ].map(([id]) => id);
}

it('summaries of the demo practice are documents that hold together', () => {
  const patients = chosenPatients().filter(
    (id) => demo.ask(`Patient/${String(id)}`).status === 200,
  );
  expect(patients.length).toBeGreaterThan(50);
  const seen = new Set<string>();
  for (const patient of patients) {
    const { bundle, statementCount } = summaryOf(patient);
    expect({ patient, problems: summaryProblems(bundle, true) }).toEqual({ patient, problems: [] });
    // Sections, their children, and in each of three rounds the types referred to.
    expect(statementCount).toBeLessThan(45);
    expect(JSON.stringify(bundle)).not.toContain('entered-in-error');
    for (const code of sectionsOf(bundle).keys()) seen.add(code);
  }
  expect(seen.size).toBe(9);
}, 120_000);

it('a summary neither repeats refuted problems nor denies what nobody has recorded', () => {
  const refuted = demo
    .rows(
      "SELECT ConditionID, InternalID FROM Conditions WHERE VerificationStatusCode = 'X' AND IsDeleted = 0 AND IsConfidential = 0",
    )
    .filter(([, patient]) => demo.ask(`Patient/${String(patient)}`).status === 200);
  expect(refuted.length).toBeGreaterThan(0);
  for (const [condition, patient] of refuted.slice(0, 3)) {
    const entries = [...sectionsOf(summaryOf(patient).bundle).values()].flatMap(
      ({ entry = [] }) => entry,
    );
    expect(entries).not.toContainEqual({
      reference: `${DEMO_BASE_URL}/Condition/${String(condition)}`,
    });
  }
  const unknown = firstOf(
    'SELECT MIN(p.InternalID) FROM Patients p WHERE p.AllergyStatusCode IS NULL AND NOT EXISTS (SELECT 1 FROM Allergies a WHERE a.InternalID = p.InternalID)',
  );
  const allergies = sectionsOf(summaryOf(unknown).bundle).get('48765-2');
  expect(allergies?.emptyReason?.coding[0].code).toBe('unavailable');
});

it('free slots of the demo practice are free, bookable and have their schedules', () => {
  const from = Date.now();
  const day = (days: number) => new Date(from + days * 86_400_000).toISOString();
  const window = `start=${day(0)}&end=${day(14)}`;
  const { status, json } = demo.ask(`Slot/$find-free?${window}&duration=30&_count=20`);
  expect(status).toBe(200);
  const bundle = json as AnswerJson;
  expect(idsOf(bundle).length).toBeGreaterThan(0);
  const shown = (bundle.entry ?? []).map(({ resource }) => resource);
  const ofType = (type: string) => shown.filter(({ resourceType }) => resourceType === type);
  expect(ofType('Slot').every((slot) => slot['status'] === 'free')).toBe(true);
  expect(ofType('Schedule').length).toBeGreaterThan(0);
  expect(ofType('Schedule').every((schedule) => schedule['active'] === true)).toBe(true);
  expect(linkOf(bundle, 'self')).toContain(`${DEMO_BASE_URL}/Slot/$find-free?`);
});
