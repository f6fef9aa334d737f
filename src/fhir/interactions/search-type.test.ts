import { expect, it } from 'vitest';
import { BASE_URL, idsOf, linkOf, resourceAt } from '../../../test/support/fhir-bed.ts';
import { describeDialects } from '../../../test/support/fhir-dialects.ts';
import { DELETED_PATIENT, PATIENTS } from '../../../test/support/small-practice-script.ts';

const STRICT = { prefer: 'handling=strict' };
const LIVING = PATIENTS - 1;

describeDialects('searching a type', (here) => {
  it('gives all matches, by id, in one statement and one for each child relation', async () => {
    const { status, json, statements } = await here.bed.ask('Patient');
    expect(status).toBe(200);
    expect(json).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: LIVING });
    expect(idsOf(json)).toHaveLength(LIVING);
    expect(idsOf(json)).not.toContain(`Patient/${DELETED_PATIENT}`);
    expect(json.entry?.[0]).toMatchObject({
      fullUrl: `${BASE_URL}/Patient/1`,
      search: { mode: 'match' },
      resource: { identifier: [{ value: 'M1' }, { value: 'C1' }] },
    });
    expect(linkOf(json, 'self')).toBe(`${BASE_URL}/Patient`);
    expect(linkOf(json, 'next')).toBeUndefined();
    expect(statements).toHaveLength(3);
  });

  it('has no entry when nothing matches, and asks for no children', async () => {
    const { json, statements } = await here.bed.ask('Patient?family=Nobody');
    expect(json).not.toHaveProperty('entry');
    expect(json.total).toBe(0);
    expect(statements).toHaveLength(1);
  });

  it('shows in self what was followed, and nothing else', async () => {
    const { json } = await here.bed.ask(
      'Patient?family=ng&_count=99999999999999999999&foo=1&gender=&_sort=birthdate&_include=Patient:nothing',
    );
    expect(linkOf(json, 'self')).toBe(`${BASE_URL}/Patient?family=ng&_sort=birthdate&_count=1000`);
    expect(idsOf(json).toSorted()).toEqual(['Patient/1', 'Patient/11', 'Patient/5', 'Patient/7']);
  });

  it('refuses what it does not know where the caller is strict, each by its name', async () => {
    const { status, json, statements } = await here.bed.ask(
      'Patient?foo=1&_include=Patient:nothing',
      {
        headers: STRICT,
      },
    );
    expect(status).toBe(400);
    expect(json.issue.map(({ expression }) => expression)).toEqual([
      ['http.foo'],
      ['http._include'],
    ]);
    expect(statements).toHaveLength(0);
  });

  it.each([
    ['_count=abc', '_count'],
    ['_count=-1', '_count'],
    ['_total=some', '_total'],
    ['_summary=maybe', '_summary'],
    ['_summary=true&_elements=name', '_elements'],
    ['_summary=text&_include=Patient:general-practitioner', '_summary'],
    ['birthdate=yesterday', 'birthdate'],
    ['_sort=nothing', '_sort'],
  ])('names the parameter that is wrong in %s', async (query, parameter) => {
    const { status, json } = await here.bed.ask(`Patient?${query}`);
    expect(status).toBe(400);
    expect(json.issue[0]?.expression).toEqual([`http.${parameter}`]);
  });

  it.each([['_count=0'], ['_summary=count']])('only counts with %s', async (query) => {
    const { json, statements } = await here.bed.ask(`Patient?gender=female&${query}`);
    expect(json).toMatchObject({ type: 'searchset', total: 5 });
    expect(json).not.toHaveProperty('entry');
    expect(statements).toHaveLength(1);
  });

  it('tells a total where it is asked for or cheap', async () => {
    const dear = await here.bed.ask('Patient?_count=3');
    expect(dear.json).not.toHaveProperty('total');
    expect(dear.statements).toHaveLength(3);
    const accurate = await here.bed.ask('Patient?_count=3&_total=accurate');
    expect(accurate.json.total).toBe(LIVING);
    expect(accurate.statements).toHaveLength(4);
    expect(accurate.steps).toBe(2);
    const second = await here.bed.ask(linkOf(accurate.json, 'next') ?? '');
    expect(second.json.total).toBe(LIVING);
    expect(second.statements).toHaveLength(3);
    const cheap = await here.bed.ask('Patient?_total=accurate');
    expect(cheap.json.total).toBe(LIVING);
    expect(cheap.statements).toHaveLength(3);
    expect((await here.bed.ask('Patient?_total=none')).json).not.toHaveProperty('total');
  });

  it('keeps of a summary what FHIR counts among it', async () => {
    const { json } = await here.bed.ask('Condition?_summary=true&_count=1');
    const condition = resourceAt(json, 0);
    expect(Object.keys(condition)).toEqual(
      expect.arrayContaining(['clinicalStatus', 'code', 'subject', 'onsetDateTime']),
    );
    expect(condition).not.toHaveProperty('note');
    expect(condition.meta.tag?.[0]?.code).toBe('SUBSETTED');
    const data = await here.bed.ask('Condition?_summary=data&_count=1');
    expect(resourceAt(data.json, 0)).toHaveProperty('note');
  });

  it('keeps mandatory elements and modifiers beside those of _elements', async () => {
    const { json, statements } = await here.bed.ask('Condition?_elements=onset,nothing&_count=1');
    const { meta, ...condition } = resourceAt(json, 0);
    expect(Object.keys(condition)).toEqual([
      'resourceType',
      'id',
      'clinicalStatus',
      'subject',
      'onsetDateTime',
    ]);
    expect(meta.tag).toHaveLength(1);
    expect(statements[0]?.text).not.toContain('Notes');
  });
});
