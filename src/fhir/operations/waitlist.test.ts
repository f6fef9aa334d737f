import { expect, it } from 'vitest';
import { BASE_URL, idsOf, linkOf } from '../../../test/support/fhir-bed.ts';
import { describeDialects } from '../../../test/support/fhir-dialects.ts';

describeDialects('Appointment/$waitlist', (here) => {
  it('gives those who wait, in one statement', async () => {
    const { status, json, statements } = await here.bed.ask('Appointment/$waitlist');
    expect(status).toBe(200);
    expect(idsOf(json).toSorted()).toEqual(['Appointment/-1', 'Appointment/-2', 'Appointment/-3']);
    expect(json.entry?.map(({ resource }) => resource['status'])).toEqual(
      Array.from({ length: 3 }, () => 'waitlist'),
    );
    expect(json.entry?.every(({ resource }) => !('start' in resource))).toBe(true);
    expect(statements).toHaveLength(1);
  });

  it.each([
    ['patient=7', ['Appointment/-1']],
    ['patient=Patient/8', ['Appointment/-2']],
    [`patient=${BASE_URL}/Patient/8`, ['Appointment/-2']],
    ['patient=7,8', ['Appointment/-1', 'Appointment/-2']],
    ['practitioner=2', ['Appointment/-3']],
    // The mapping has no parameter `location`, but `actor`.
    ['location=2', ['Appointment/-2']],
    ['appointment-type=urn:types|STD', ['Appointment/-1']],
    ['patient=7&practitioner=2', []],
    ['patient=99', []],
    // No location can have this id.
    ['location=Room', []],
  ])('finds %s', async (query, ids) => {
    const { json } = await here.bed.ask(`Appointment/$waitlist?${query}`);
    expect(idsOf(json).toSorted()).toEqual(ids);
  });

  it('goes on as the search that it is', async () => {
    const first = await here.bed.ask('Appointment/$waitlist?_count=2');
    const next = linkOf(first.json, 'next') ?? '';
    const second = await here.bed.ask(next);
    expect([...idsOf(first.json), ...idsOf(second.json)].toSorted()).toEqual([
      'Appointment/-1',
      'Appointment/-2',
      'Appointment/-3',
    ]);
    expect(linkOf(first.json, 'self')).toBe(`${BASE_URL}/Appointment?status=waitlist&_count=2`);
    const search = await here.bed.ask(linkOf(first.json, 'self') ?? '');
    expect(idsOf(search.json)).toEqual(idsOf(first.json));
  });

  it('gives ids that can be read and that no appointment has', async () => {
    const waiting = await here.bed.ask('Appointment/-1');
    expect(waiting.json).toMatchObject({ status: 'waitlist', id: '-1' });
    expect((await here.bed.ask('Appointment/1')).json).toMatchObject({ status: 'booked' });
    const all = await here.bed.ask('Appointment?patient=7');
    expect(idsOf(all.json).toSorted()).toEqual(['Appointment/-1', 'Appointment/1']);
  });

  it('takes a Parameters resource', async () => {
    const parameter = [{ name: 'patient', valueReference: { reference: 'Patient/7' } }];
    const { json } = await here.bed.ask('Appointment/$waitlist', {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Parameters', parameter }),
    });
    expect(idsOf(json)).toEqual(['Appointment/-1']);
  });

  it.each([
    ['patient=Practitioner/1', 'patient'],
    ['_count=0', '_count'],
    ['patient=1&patient=2', 'patient'],
  ])('answers %s with an outcome that names %s', async (query, name) => {
    const { status, json } = await here.bed.ask(`Appointment/$waitlist?${query}`);
    expect(status).toBe(400);
    expect(json.issue).toMatchObject([{ expression: [`http.${name}`] }]);
  });
});
