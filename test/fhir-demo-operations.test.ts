import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_BASE_URL, DemoFhir } from './support/demo-fhir.ts';
import type { AnswerJson } from './support/fhir-bed.ts';
import { idsOf, linkOf } from './support/fhir-bed.ts';
import { DocumentValidator } from './support/fhir-validation/document-validator.ts';
import {
  fhirPackageFolder,
  readSummaryPackages,
  SUMMARY_PACKAGES,
} from './support/fhir-validation/fhir-packages.ts';
import { copyPractice } from './support/practice-copy.ts';
import {
  namedIn,
  type SummaryBundleJson,
  sectionsOf,
  summaryProblems,
} from './support/summary-bundle.ts';

const AU_PS = 'http://hl7.org.au/fhir/ps/StructureDefinition/au-ps-bundle';
const IPS = 'http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips';
const folder = mkdtempSync(join(tmpdir(), 'fhir-demo-operations-'));
let demo: DemoFhir;

beforeAll(() => {
  demo = new DemoFhir(copyPractice(folder));
}, 120_000);

afterAll(() => {
  demo[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

function summaryOf(
  patient: unknown,
  profile = AU_PS,
): { bundle: SummaryBundleJson; statementCount: number } {
  const answer = demo.ask(`Patient/${String(patient)}/$summary?profile=${profile}`);
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
    expect({ patient, problems: summaryProblems(bundle) }).toEqual({ patient, problems: [] });
    // Sections, their children, and in each round the types referred to.
    expect(statementCount).toBeLessThan(30);
    // Beside appointments, which are no part of a summary, only what was entered in error is not in it.
    for (const named of namedIn(bundle).filter((each) => !each.startsWith('Appointment: '))) {
      const { json } = demo.ask(named.slice(named.indexOf(' ') + 1));
      expect(JSON.stringify(json)).toContain('"entered-in-error"');
    }
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

/** Patients of whom something is there, or is missing, that profiles make rules for. */
const KINDS = {
  'many problems': 'Conditions GROUP BY InternalID ORDER BY COUNT(*) DESC',
  'many allergies': 'Allergies GROUP BY InternalID ORDER BY COUNT(*) DESC',
  'many medicines': 'Medications GROUP BY InternalID ORDER BY COUNT(*) DESC',
  'many observations': 'Observations GROUP BY InternalID ORDER BY COUNT(*) DESC',
  'many immunisations': 'Immunisations GROUP BY InternalID ORDER BY COUNT(*) DESC',
  'no name': 'Patients WHERE Surname IS NULL AND Firstname IS NULL AND PreferredName IS NULL',
  'no date of birth': 'Patients WHERE DOB IS NULL',
  'no number': 'Patients WHERE IHI IS NULL AND MedicareNo IS NULL AND RecordNo IS NULL',
  'nothing recorded':
    'Patients p WHERE NOT EXISTS (SELECT 1 FROM Conditions x WHERE x.InternalID = p.InternalID) AND NOT EXISTS (SELECT 1 FROM Observations x WHERE x.InternalID = p.InternalID) AND NOT EXISTS (SELECT 1 FROM Medications x WHERE x.InternalID = p.InternalID)',
  'an onset in words': 'Conditions WHERE OnsetText IS NOT NULL AND IsDeleted = 0',
  'a medicine without a time':
    "Medications WHERE StartDate IS NULL AND EndDate IS NULL AND MedicationStatusCode = 'A'",
  'a procedure without a time': 'Procedures WHERE PerformedDate IS NULL AND PerformedStart IS NULL',
  'a visit that is deleted': 'Visits WHERE IsDeleted = 1',
} as const;

/** The first of each kind who is not deleted. */
function patientsOfEachKind(): string[] {
  // The demo practice has deleted no visit that anything refers to.
  demo.rows(
    'UPDATE Visits SET IsDeleted = 1 WHERE VisitID = (SELECT TOP (1) VisitID FROM Procedures WHERE VisitID IS NOT NULL)',
  );
  return Object.entries(KINDS).map(([kind, from]) => {
    const rows = demo.rows(`SELECT TOP (20) InternalID FROM ${from}`);
    const found = rows.find(([id]) => demo.ask(`Patient/${String(id)}`).status === 200);
    if (found === undefined) throw new Error(`the demo practice has nobody with ${kind}`);
    return String(found[0]);
  });
}

/** What IPS 1.1.0 misses in a section without entries. */
const WANTED_BY_IPS: Readonly<Record<string, readonly string[]>> = {
  '11450-4': ['sectionProblems.entry', 'sectionProblems.entry:problem'],
  '48765-2': ['sectionAllergies.entry', 'sectionAllergies.entry:allergyOrIntolerance'],
  '10160-0': ['sectionMedications.entry'],
};

/** The difference of AU PS and IPS 1.1.0, which has no reason for a section to be empty: all of it. */
function differenceOf(bundle: SummaryBundleJson): string[] {
  const empty = [...sectionsOf(bundle)].filter(([, { emptyReason }]) => emptyReason !== undefined);
  return empty.flatMap(([code]) => [
    'Composition.section.emptyReason: 1 where 0 may be',
    ...(WANTED_BY_IPS[code] ?? []).map((id) => `Composition.section:${id}: 0 where 1 must be`),
  ]);
}

/** What entries of these sections should fit, one of each. */
const RESULTS: Readonly<Record<string, readonly string[]>> = {
  Results: [
    'http://hl7.org.au/fhir/ps/StructureDefinition/au-ps-diagnosticresult-path',
    'http://hl7.org/fhir/uv/ips/StructureDefinition/Observation-results-radiology-uv-ips',
  ],
  'Vital Signs': ['http://hl7.org/fhir/StructureDefinition/vitalsigns'],
  'Social History': ['http://hl7.org.au/fhir/ps/StructureDefinition/au-ps-smokingstatus'],
};

const summaryFolder = fhirPackageFolder(SUMMARY_PACKAGES);

describe.skipIf(summaryFolder === undefined)(
  'summaries of the demo practice, by the FHIR packages',
  () => {
    let validator: DocumentValidator;
    let patients: readonly string[];
    let summaries: readonly (readonly [patient: string, bundle: SummaryBundleJson])[];

    beforeAll(() => {
      validator = new DocumentValidator(readSummaryPackages(summaryFolder ?? ''));
      patients = [...new Set(patientsOfEachKind())];
      summaries = patients.map((patient) => [patient, summaryOf(patient).bundle]);
    });

    it('are valid by AU PS 1.0.0 and by what their entries claim', () => {
      for (const [patient, bundle] of summaries) {
        const problems = [
          ...validator.problems(bundle, AU_PS),
          ...validator.problemsOfEntries(bundle),
        ];
        expect({ patient, problems }).toEqual({ patient, problems: [] });
        expect(bundle.meta?.profile).toEqual([AU_PS]);
      }
    });

    it('have observations that fit their sections', () => {
      const seen = new Set<string>();
      for (const [patient, bundle] of summaries) {
        const byUrl = new Map(bundle.entry.map(({ fullUrl, resource }) => [fullUrl, resource]));
        for (const { title, entry = [] } of sectionsOf(bundle).values()) {
          const profiles = RESULTS[title] ?? [];
          if (profiles.length > 0) seen.add(title);
          for (const resource of entry.map(({ reference }) => byUrl.get(reference) ?? {})) {
            const problems = profiles.map((url) => validator.problemsBy(bundle, url, resource));
            const fits = profiles.length === 0 || problems.some((list) => list.length === 0);
            expect({ patient, title, fits, problems: fits || problems }).toMatchObject({
              fits: true,
            });
          }
        }
      }
      expect([...seen].toSorted()).toEqual(Object.keys(RESULTS).toSorted());
    });

    it('are valid by IPS 1.1.0, but for required sections in which nothing stands', () => {
      const composition = IPS.replace('Bundle', 'Composition');
      const valid = patients.filter((patient) => {
        const { bundle } = summaryOf(patient, IPS);
        const expected = differenceOf(bundle);
        const first = bundle.entry[0]?.resource ?? {};
        expect({
          patient,
          bundle: validator.problems(bundle, IPS),
          composition: validator.problemsBy(bundle, composition, first).toSorted(),
          entries: validator.problemsOfEntries(bundle),
        }).toEqual({
          patient,
          bundle: expected.length > 0 ? ['Bundle.entry:composition: 0 where 1 must be'] : [],
          composition: expected.toSorted(),
          entries: [],
        });
        expect(bundle.meta?.profile).toEqual(expected.length > 0 ? undefined : [IPS]);
        return expected.length === 0;
      });
      expect(valid.length).toBeGreaterThan(0);
      expect(valid.length).toBeLessThan(patients.length);
    });

    it('lack of what must be supported what nobody knows: who attests them, and sections of what is not recorded', () => {
      const { 'au-ps-composition': lacking = [] } = validator.unseen(/au-ps-composition$/);
      const names = lacking.map((id) => id.split('.')[1]?.replace('section:', '') ?? id);
      expect([...new Set(names)].toSorted()).toEqual([
        'attester',
        'sectionAdvanceDirectives',
        'sectionAlerts',
        'sectionFunctionalStatus',
        'sectionMedicalDevices',
        'sectionPatientStory',
        'sectionPlanOfCare',
        'sectionPregnancyHx',
        'sectionResults',
      ]);
      expect(lacking.filter((id) => id.includes('sectionResults'))).toEqual([
        'Composition.section:sectionResults.entry:results-diagnosticReport',
      ]);
    });
  },
);

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
