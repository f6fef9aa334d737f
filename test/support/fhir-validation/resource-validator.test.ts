import { describe, expect, it } from 'vitest';
import type { Json } from './definition-types.ts';
import { fhirPackageFolder, readExamples, readFhirPackages } from './fhir-packages.ts';
import { ResourceValidator } from './resource-validator.ts';

const folder = fhirPackageFolder();

describe.skipIf(folder === undefined)('the checks of FHIR resources, by the FHIR packages', () => {
  const packages = folder === undefined ? undefined : readFhirPackages(folder);
  const examples = folder === undefined ? [] : readExamples(folder, 'au-core-2.');
  const validator = () => {
    if (packages === undefined) throw new Error('no packages');
    return new ResourceValidator(packages);
  };
  const example = (type: string, id: string): Json => {
    const found = examples.find((each) => each['resourceType'] === type && each['id'] === id);
    if (found === undefined) throw new Error(`no example ${type}/${id}`);
    return found;
  };

  it('find nothing wrong with the examples of AU Core', () => {
    const all = validator();
    const wrong = examples.flatMap((each) =>
      all
        .problems(each)
        .map((problem) => `${String(each['resourceType'])}/${String(each['id'])}: ${problem}`),
    );
    expect(examples.length).toBeGreaterThan(40);
    expect(wrong).toEqual([]);
  });

  it.each<
    [fault: string, type: string, id: string, change: (json: Record<string, unknown>) => void]
  >([
    ['Patient.name: 0 where 1 must be', 'Patient', 'wang-li', (json) => delete json['name']],
    ['Patient.gender: "f" is not of', 'Patient', 'wang-li', (json) => (json['gender'] = 'f')],
    ['Invalid additional property', 'Patient', 'wang-li', (json) => (json['colour'] = 'red')],
    ['au-core-pat-02', 'Patient', 'wang-li', (json) => (json['name'] = [{ text: 'Li Wang' }])],
    [
      'typed in spite of its digits',
      'Patient',
      'banks-mia-leanne',
      (json) => changeIdentifier(json, 'ihi', '8003608333647262'),
    ],
    [
      'no type with its digits',
      'Patient',
      'banks-mia-leanne',
      (json) => changeIdentifier(json, 'ihi', '8003608333647261', false),
    ],
    [
      'Observation.component:SystolicBP: 0 where 1 must be',
      'Observation',
      'bloodpressure-1',
      (json) => (json['component'] as unknown[]).shift(),
    ],
    [
      'Observation.category:VSCat: 0 where 1 must be',
      'Observation',
      'heartrate-1',
      (json) => (json['category'] = [{ text: 'vital signs' }]),
    ],
    [
      'Observation.value[x]:valueQuantity.code: "bpm" is not the fixed value',
      'Observation',
      'heartrate-1',
      (json) => ((json['valueQuantity'] as { code: string }).code = 'bpm'),
    ],
    [
      'Observation.code.coding:snomedHeartRateCode: 0 where 1 must be',
      'Observation',
      'heartrate-1',
      (json) =>
        (json['code'] as { coding: unknown[] }).coding.splice(
          (json['code'] as { coding: { system: string }[] }).coding.findIndex(
            ({ system }) => system === 'http://snomed.info/sct',
          ),
          1,
        ),
    ],
    [
      'Observation.subject: Group/1 is none of Patient',
      'Observation',
      'heartrate-1',
      (json) => (json['subject'] = { reference: 'Group/1' }),
    ],
    [
      'au-core-obs-01',
      'Observation',
      'smokingstatus-current-smoker',
      (json) => delete json['valueCodeableConcept'],
    ],
  ])('find %s', (fault, type, id, change) => {
    const broken = structuredClone(example(type, id)) as Record<string, unknown>;
    change(broken);
    expect(validator().problems(broken)).toContainEqual(expect.stringContaining(fault));
  });

  it('tell which elements that must be supported no resource had', () => {
    const one = validator();
    one.problems(example('Patient', 'wang-li'));
    const { 'au-core-patient': unseen } = one.unseen();
    expect(unseen).toContain('Patient.identifier:dva');
    expect(unseen).not.toContain('Patient.name.family');
  });
});

function changeIdentifier(
  json: Record<string, unknown>,
  system: string,
  value: string,
  isTyped = true,
): void {
  const identifiers = json['identifier'] as Record<string, unknown>[];
  const identifier = identifiers.find((each) => String(each['system']).includes(`/${system}/`));
  if (identifier === undefined) throw new Error(`no ${system}`);
  identifier['value'] = value;
  if (!isTyped) delete identifier['type'];
}
