import { expect, it } from 'vitest';
import { idsOf, resourceAt } from '../../../../test/support/fhir-bed.ts';
import { describeDialects } from '../../../../test/support/fhir-dialects.ts';
import {
  DELETED_PATIENT,
  SMALL_PRACTICE_SCRIPT,
} from '../../../../test/support/small-practice-script.ts';

describeDialects('included resources', (here) => {
  it('reads each included type in one statement, and no resource twice', async () => {
    const { json, statements, steps } = await here.bed.ask(
      'Condition?_include=Condition:patient&_include=Condition:asserter&_count=8',
    );
    expect(idsOf(json)).toHaveLength(8);
    const included = idsOf(json, 'include');
    expect(new Set(included).size).toBe(included.length);
    expect(included.toSorted()).toEqual([
      'Patient/1',
      'Patient/2',
      'Patient/3',
      'Patient/4',
      'Practitioner/1',
      'Practitioner/2',
      'Practitioner/3',
    ]);
    // The page, two included types, two child relations of Patient and one of Practitioner.
    expect(statements).toHaveLength(6);
    expect(steps).toBe(3);
    expect(json).not.toHaveProperty('total');
  });

  it('goes on from what was included only with :iterate', async () => {
    const once = await here.bed.ask('Condition?_id=2&_include=Condition:patient');
    expect(idsOf(once.json, 'include')).toEqual(['Patient/1']);
    const plain = await here.bed.ask(
      'Condition?_id=3&_include=Condition:patient&_include=Patient:general-practitioner',
    );
    expect(idsOf(plain.json, 'include')).toEqual(['Patient/1']);
    const iterated = await here.bed.ask(
      'Condition?_id=3&_include=Condition:patient&_include:iterate=Patient:general-practitioner',
    );
    expect(idsOf(iterated.json, 'include')).toEqual(['Patient/1', 'Practitioner/2']);
  });

  it('brings what refers to the matches', async () => {
    const { json, statements } = await here.bed.ask(
      'Patient?_id=2,3&_revinclude=Condition:patient&_revinclude=Observation:patient',
    );
    expect(idsOf(json)).toEqual(['Patient/2', 'Patient/3']);
    expect(idsOf(json, 'include').toSorted()).toEqual([
      'Condition/4',
      'Condition/5',
      'Condition/6',
      'Condition/7',
      'Observation/2',
      'Observation/3',
    ]);
    expect(json.total).toBe(2);
    expect(statements).toHaveLength(5);
  });

  it('takes types and wildcards', async () => {
    const other = await here.bed.ask('Condition?_id=2&_include=Condition:patient:Practitioner');
    expect(idsOf(other.json, 'include')).toEqual([]);
    const all = await here.bed.ask('Condition?_id=2&_include=*');
    expect(idsOf(all.json, 'include').toSorted()).toEqual(['Patient/1', 'Practitioner/2']);
    const back = await here.bed.ask('Patient?_id=1&_revinclude=*');
    expect(idsOf(back.json, 'include').toSorted()).toEqual([
      'Condition/2',
      'Condition/3',
      'Observation/1',
    ]);
  });

  it('leaves out what is deleted or missing', async () => {
    const { json } = await here.bed.ask(
      `Condition?_id=${2 * DELETED_PATIENT}&_include=Condition:patient`,
    );
    expect(idsOf(json)).toHaveLength(1);
    expect(idsOf(json, 'include')).toEqual([]);
  });

  it('follows :iterate to a limit, and says so', async () => {
    const { json } = await here.bed.ask('Organization?_id=1&_include:iterate=Organization:partof');
    expect(idsOf(json, 'include')).toEqual([2, 3, 4, 5, 6, 7].map((id) => `Organization/${id}`));
    expect(json.entry?.at(-1)).toMatchObject({
      search: { mode: 'outcome' },
      resource: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'warning', code: 'incomplete' }],
      },
    });
    expect(json.entry?.at(-1)).not.toHaveProperty('fullUrl');
    const end = await here.bed.ask('Organization?_id=7&_include:iterate=Organization:partof');
    expect(idsOf(end.json, 'include')).toHaveLength(2);
    expect(idsOf(end.json, 'outcome')).toEqual([]);
  });

  it('includes no more than there is room for, and says so', async () => {
    const many = `WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
      INSERT INTO "Observations" SELECT i, 1, '8867-4', '70.00', '/min', '2024-02-01T08:00:00' FROM n;`;
    const { json } = await here.withOther(SMALL_PRACTICE_SCRIPT + many, (bed) =>
      bed.ask('Patient?_id=1&_revinclude=Observation:patient'),
    );
    expect(idsOf(json, 'include')).toHaveLength(4_000);
    expect(json.entry?.at(-1)?.search.mode).toBe('outcome');
  });

  it('has the reference read although _elements leaves it out, and included ones whole', async () => {
    const { json } = await here.bed.ask(
      'Patient?_id=1&_elements=name&_include=Patient:general-practitioner',
    );
    expect(resourceAt(json, 0)).not.toHaveProperty('generalPractitioner');
    expect(resourceAt(json, 1)).toMatchObject({ identifier: [{ value: 'P-2' }] });
    expect(resourceAt(json, 1).meta).not.toHaveProperty('tag');
  });
});
