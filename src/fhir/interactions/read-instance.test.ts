import { expect, it } from 'vitest';
import { resourceAt } from '../../../test/support/fhir-bed.ts';
import { describeDialects } from '../../../test/support/fhir-dialects.ts';
import { DELETED_PATIENT } from '../../../test/support/small-practice-script.ts';

const STRICT = { prefer: 'handling=strict' };

describeDialects('reading a resource', (here) => {
  it('gives a resource with its version, in one statement and one for each child relation', async () => {
    const { status, headers, json, statements } = await here.bed.ask('Patient/1');
    expect(status).toBe(200);
    expect(headers).toEqual({
      'content-type': 'application/fhir+json; charset=utf-8',
      etag: 'W/"7"',
      'last-modified': 'Sun, 14 Jan 2024 22:30:00 GMT',
    });
    expect(json).toEqual({
      resourceType: 'Patient',
      id: '1',
      meta: {
        versionId: '7',
        lastUpdated: '2024-01-15T09:30:00+11:00',
        profile: ['http://hl7.org.au/fhir/core/StructureDefinition/au-core-patient'],
      },
      identifier: [
        { system: 'urn:mrn', value: 'M1' },
        { system: 'urn:card', value: 'C1' },
      ],
      active: true,
      name: [{ family: 'Ng', given: ['First1'] }],
      telecom: [{ system: 'phone', value: '0400 000 001' }],
      gender: 'male',
      birthDate: '1951-02-11',
      generalPractitioner: [{ reference: 'Practitioner/2' }],
    });
    expect(statements).toHaveLength(3);
  });

  it('keeps the digits of decimals', async () => {
    const { body } = await here.bed.ask('Observation/2');
    expect(body).toContain('"value":123456789012345678.25');
  });

  it.each([
    ['Patient/999'],
    ['Patient/abc'],
    ['Patient/1-2'],
    ['Patient/%20'],
    [`Patient/${'9'.repeat(70)}`],
  ])('answers 404 for %s', async (path) => {
    const { status, json } = await here.bed.ask(path);
    expect(status).toBe(404);
    expect(json).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ code: 'not-found' }],
    });
  });

  it('answers 410 for what the practice marks as deleted', async () => {
    const { status, json } = await here.bed.ask(`Patient/${DELETED_PATIENT}`);
    expect(status).toBe(410);
    expect(json.issue[0]?.code).toBe('deleted');
  });

  it('answers 304 to who has it, without reading children', async () => {
    const answer = await here.bed.ask('Patient/1', { headers: { 'if-none-match': '"5", W/"7"' } });
    expect(answer).toMatchObject({ status: 304, headers: { etag: 'W/"7"' } });
    expect(answer.body).toBeUndefined();
    expect(answer.statements).toHaveLength(1);
    const since = await here.bed.ask('Patient/1', {
      headers: { 'if-modified-since': 'Sun, 14 Jan 2024 22:30:00 GMT' },
    });
    expect(since.status).toBe(304);
    const changed = await here.bed.ask('Patient/1', {
      headers: { 'if-modified-since': 'Sun, 14 Jan 2024 22:29:59 GMT' },
    });
    expect(changed.status).toBe(200);
    const other = await here.bed.ask('Patient/1', {
      headers: { 'if-none-match': 'W/"6"', 'if-modified-since': 'Sun, 14 Jan 2029 22:30:00 GMT' },
    });
    expect(other.status).toBe(200);
  });

  it('makes a version out of the values where there is no column for it', async () => {
    const first = await here.bed.ask('Practitioner/1');
    const again = await here.bed.ask('Practitioner/1');
    const other = await here.bed.ask('Practitioner/2');
    expect(first.headers['etag']).toMatch(/^W\/"[0-9a-f]{32}"$/);
    expect(again.headers['etag']).toBe(first.headers['etag']);
    expect(other.headers['etag']).not.toBe(first.headers['etag']);
    const page = await here.bed.ask('Practitioner?_id=1');
    const { versionId } = resourceAt(page.json, 0).meta;
    expect(first.headers['etag']).toBe(`W/"${versionId}"`);
    const kept = await here.bed.ask('Practitioner/1', {
      headers: { 'if-none-match': first.headers['etag'] },
    });
    expect(kept.status).toBe(304);
  });

  it('reads the current version by its address, and no other', async () => {
    expect((await here.bed.ask('Patient/1/_history/7')).status).toBe(200);
    const other = await here.bed.ask('Patient/1/_history/6');
    expect(other.status).toBe(404);
    expect(other.json.issue[0]?.code).toBe('not-found');
  });

  it('leaves out, and does not read, what is not asked for', async () => {
    const { json, statements } = await here.bed.ask('Patient/1?_elements=birthDate');
    expect(Object.keys(json)).toEqual(['resourceType', 'id', 'meta', 'active', 'birthDate']);
    expect(json['meta'].tag).toMatchObject([{ code: 'SUBSETTED' }]);
    expect(statements).toHaveLength(1);
    expect(statements[0]?.text).not.toMatch(/Surname|Sex/);
  });

  it('has no body for HEAD', async () => {
    const answer = await here.bed.ask('Patient/1', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ etag: 'W/"7"' });
    expect(answer.body).toBeUndefined();
  });

  it('refuses unknown parameters only where the caller is strict', async () => {
    expect((await here.bed.ask('Patient/1?foo=1')).status).toBe(200);
    const strict = await here.bed.ask('Patient/1?foo=1', { headers: STRICT });
    expect(strict.status).toBe(400);
    expect(strict.json.issue[0]?.expression).toEqual(['http.foo']);
  });
});
