import { expect, it } from 'vitest';
import { BASE_URL, idsOf, linkOf } from '../../../test/support/fhir-bed.ts';
import { describeDialects } from '../../../test/support/fhir-dialects.ts';
import { OPERATION_SCRIPT } from '../../../test/support/small-practice-operations.ts';
import { SMALL_PRACTICE_SCRIPT } from '../../../test/support/small-practice-script.ts';

const DAY = 'start=2024-06-10&end=2024-06-10';
const WEEK = 'start=2024-06-10&end=2024-06-16';

/** Slots of a quarter of an hour without a gap, from midnight of a day on. */
function manySlots(count: number): string {
  const at = (index: number) =>
    new Date(Date.UTC(2024, 6, 1) + index * 900_000).toISOString().slice(0, 19);
  const rows = Array.from(
    { length: count },
    (_, index) => `(${100 + index}, 1, 'F', NULL, '${at(index)}', '${at(index + 1)}')`,
  );
  return SMALL_PRACTICE_SCRIPT.replace(
    OPERATION_SCRIPT,
    `${OPERATION_SCRIPT} INSERT INTO "Slots" VALUES ${rows.join(', ')};`,
  );
}

describeDialects('Slot/$find-free', (here) => {
  it('gives the free slots of a window with their schedules, in two statements', async () => {
    const { status, json, statements } = await here.bed.ask(`Slot/$find-free?${DAY}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 5 });
    expect(idsOf(json)).toEqual(['Slot/1', 'Slot/6', 'Slot/2', 'Slot/4', 'Slot/5']);
    expect(idsOf(json, 'include').toSorted()).toEqual(['Schedule/1', 'Schedule/2']);
    expect(json.entry?.[0]).toMatchObject({
      fullUrl: `${BASE_URL}/Slot/1`,
      resource: { status: 'free', start: '2024-06-10T09:00:00+10:00' },
    });
    expect(linkOf(json, 'self')).toBe(`${BASE_URL}/Slot/$find-free?${DAY}&_count=50`);
    expect(statements).toHaveLength(2);
  });

  it.each([
    [`${WEEK}&practitioner=2`, ['Slot/6', 'Slot/7']],
    [`${WEEK}&practitioner=Practitioner/2&location=Location/2`, ['Slot/6', 'Slot/7']],
    [`${WEEK}&practitioner=${BASE_URL}/Practitioner/2`, ['Slot/6', 'Slot/7']],
    [`${WEEK}&practitioner=1,2&_count=2`, ['Slot/1', 'Slot/6']],
    [`${WEEK}&practitioner=1&location=2`, []],
    // The schedule is not active.
    [`${WEEK}&practitioner=3`, []],
    [`${WEEK}&location=Location/1`, ['Slot/1', 'Slot/2', 'Slot/4', 'Slot/5']],
    // A slot without a type is there for every type.
    [`${DAY}&appointment-type=urn:types|LONG`, ['Slot/1', 'Slot/2', 'Slot/4', 'Slot/5']],
    [`${DAY}&appointment-type=STD`, ['Slot/1', 'Slot/6', 'Slot/2', 'Slot/5']],
    ['start=2024-06-10T09:15:00%2B10:00&end=2024-06-10T10:30:00%2B10:00', ['Slot/2', 'Slot/4']],
    // Without an offset, in the zone of the practice; the slot must have ended by then.
    ['start=2024-06-10T09:00&end=2024-06-10T09:20', ['Slot/1', 'Slot/6']],
    ['start=2024-06-09T23:00:00Z&end=2024-06-09T23:15:00Z', ['Slot/1', 'Slot/6']],
    [`${DAY}&duration=30`, ['Slot/1', 'Slot/4']],
    [`${DAY}&duration=45`, ['Slot/4']],
    [`${DAY}&duration=60`, ['Slot/4']],
    [`${DAY}&duration=1 h`, ['Slot/4']],
    [`${DAY}&duration=61`, []],
    ['start=2024-06-10T09:00&end=2024-06-10T10:40&duration=60', []],
    [`${DAY}&duration=15&practitioner=2`, ['Slot/6']],
    ['start=2023-01-01&end=2023-02-01', []],
  ])('finds %s', async (query, ids) => {
    const { status, json } = await here.bed.ask(`Slot/$find-free?${query}`);
    expect(status).toBe(200);
    expect(idsOf(json)).toEqual(ids);
  });

  it.each([
    ['end=2024-06-10', 'start'],
    ['start=2024-06-10', 'end'],
    ['start=&end=2024-06-10', 'start'],
    ['start=soon&end=2024-06-10', 'start'],
    ['start=ge2024-06-10&end=2024-06-11', 'start'],
    ['start=2024-06-10&end=2024-13-01', 'end'],
    ['start=2024-06-10&end=2024', 'end'],
    ['start=2024-06-10&end=2024-06-09', 'end'],
    ['start=2024-06-10T09:00&end=2024-06-10T09:00', 'end'],
    ['start=2024-06-10&end=2024-09-10', 'end'],
    ['start=2024-06-10&start=2024-06-11&end=2024-06-12', 'start'],
    [`${DAY}&duration=0`, 'duration'],
    [`${DAY}&duration=-5`, 'duration'],
    [`${DAY}&duration=1500`, 'duration'],
    [`${DAY}&duration=long`, 'duration'],
    [`${DAY}&_count=0`, '_count'],
    [`${DAY}&_count=x`, '_count'],
    [`${DAY}&practitioner=Patient/1`, 'practitioner'],
    [`${DAY}&location=https://other.example/Location/1`, 'location'],
    [`${DAY}&practitioner=Practitioner/1/2`, 'practitioner'],
    [`${DAY}&appointment-type=a|b|c`, 'appointment-type'],
  ])('refuses %s by the name of %s, and reads nothing', async (query, name) => {
    const { status, json, statements } = await here.bed.ask(`Slot/$find-free?${query}`);
    expect({ status, issue: json.issue }).toMatchObject({
      status: 400,
      issue: [{ expression: [`http.${name}`] }],
    });
    expect(json.resourceType).toBe('OperationOutcome');
    expect(statements).toHaveLength(0);
  });

  it('takes a Parameters resource and a form', async () => {
    const parameter = [
      { name: 'start', valueDateTime: '2024-06-10T09:00:00+10:00' },
      { name: 'end', valueDate: '2024-06-10' },
      { name: 'practitioner', valueReference: { reference: 'Practitioner/1' } },
      { name: 'duration', valueDuration: { value: 30, code: 'min' } },
    ];
    const headers = { 'content-type': 'application/fhir+json; charset=utf-8' };
    const body = JSON.stringify({ resourceType: 'Parameters', parameter });
    const json = await here.bed.ask('Slot/$find-free', { method: 'POST', headers, body });
    expect(idsOf(json.json)).toEqual(['Slot/1', 'Slot/4']);
    const form = await here.bed.ask('Slot/$find-free?duration=30', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `${DAY}&practitioner=1`,
    });
    expect(idsOf(form.json)).toEqual(['Slot/1', 'Slot/4']);
  });

  it('ignores what it does not know, and refuses it where the caller is strict', async () => {
    const query = `Slot/$find-free?${DAY}&colour=red`;
    const { json } = await here.bed.ask(query);
    expect(linkOf(json, 'self')).not.toContain('colour');
    const strict = await here.bed.ask(query, { headers: { prefer: 'handling=strict' } });
    expect(strict.status).toBe(400);
    expect(strict.json.issue).toMatchObject([{ expression: ['http.colour'] }]);
  });

  it('says so when it stops before the end of the window', async () => {
    await here.withOther(manySlots(5_200), async (bed) => {
      const window = 'start=2024-07-01&end=2024-08-30';
      const long = await bed.ask(`Slot/$find-free?${window}&duration=1440&_count=1000`);
      expect(idsOf(long.json)).toHaveLength(1000);
      expect(long.json.total).toBeUndefined();
      expect(idsOf(long.json, 'outcome')).toHaveLength(0);
      expect(long.statements.length).toBeLessThanOrEqual(3);
      const none = await bed.ask(`Slot/$find-free?${window}&duration=1440&location=1&_count=3`);
      expect(idsOf(none.json)).toEqual(['Slot/100', 'Slot/101', 'Slot/102']);
    });
    const gaps = manySlots(5_200).replaceAll(/:15:00'\)/g, ":14:00')");
    await here.withOther(gaps, async (bed) => {
      const window = 'start=2024-07-01&end=2024-08-30';
      const { json, statements } = await bed.ask(`Slot/$find-free?${window}&duration=120`);
      expect(idsOf(json)).toHaveLength(0);
      expect(json.total).toBeUndefined();
      expect(json.entry?.at(-1)).toMatchObject({
        search: { mode: 'outcome' },
        resource: { issue: [{ severity: 'warning', code: 'incomplete' }] },
      });
      expect(statements).toHaveLength(5);
    });
  });

  it('stands at the type, by GET and POST', async () => {
    expect((await here.bed.ask('Slot/1/$find-free')).status).toBe(404);
    const { status, headers } = await here.bed.ask(`Slot/$find-free?${DAY}`, { method: 'PUT' });
    expect(status).toBe(405);
    expect(headers['allow']).toBe('GET, HEAD, POST');
    expect((await here.bed.ask(`Slot/$find-free?${DAY}`, { method: 'POST' })).status).toBe(200);
  });
});
