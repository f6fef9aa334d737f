import { expect, it } from 'vitest';
import { describeDialects } from '../../test/support/fhir-dialects.ts';

describeDialects('what is not offered', (here) => {
  it.each([
    ['GET', 'Immunization/1', 404, 'not-supported'],
    ['GET', 'Nonsense', 404, 'not-supported'],
    ['GET', 'Patient/1/$everything', 404, 'not-supported'],
    ['GET', '$convert', 404, 'not-supported'],
    ['GET', 'Patient/1/Condition', 404, 'not-found'],
    ['GET', 'Patient/1/_history', 501, 'not-supported'],
    ['GET', '_history', 501, 'not-supported'],
    ['POST', '', 501, 'not-supported'],
    ['GET', '_search?_type=Patient', 501, 'not-supported'],
    ['PATCH', 'Patient/1', 405, 'not-supported'],
    ['DELETE', 'Patient/1', 405, 'not-supported'],
    ['GET', 'Patient/_search', 405, 'not-supported'],
    ['POST', 'metadata', 405, 'not-supported'],
    ['GET', 'Patient/%zz', 400, 'invalid'],
    ['GET', 'Patient?name=%zz', 400, 'invalid'],
    ['GET', 'Patient?_format=xml', 406, 'not-supported'],
  ] as const)('%s %s is %i', async (method, address, status, code) => {
    const answer = await here.bed.ask(address, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/fhir+json; charset=utf-8');
    expect(answer.json).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code }] });
    expect(answer.statements).toHaveLength(0);
  });

  it('says with 405 what is', async () => {
    expect((await here.bed.ask('Patient/1', { method: 'PATCH' })).headers['allow']).toBe(
      'GET, HEAD',
    );
    expect((await here.bed.ask('Patient/_search')).headers['allow']).toBe('POST');
  });

  it('takes a search in a body as a form only', async () => {
    const request = { method: 'POST', body: '{}' } as const;
    const headers = { 'content-type': 'application/json' };
    expect((await here.bed.ask('Patient/_search', { ...request, headers })).status).toBe(415);
    expect((await here.bed.ask('Patient/_search', { method: 'POST' })).status).toBe(200);
  });

  it('tells problems in the form that is accepted', async () => {
    const headers = { accept: 'application/json' };
    const { headers: answered } = await here.bed.ask('Nonsense', { headers });
    expect(answered['content-type']).toBe('application/json; charset=utf-8');
  });

  it('says that a mapping does not fit, without the words of the database', async () => {
    const faults: unknown[] = [];
    const { status, json, body } = await here.withOther(
      'CREATE TABLE "Other" ("ID" int)',
      (bed) => bed.ask('Patient?family=Citizen'),
      { onFault: (cause) => faults.push(cause) },
    );
    expect(status).toBe(500);
    expect(json.issue[0]).toMatchObject({
      severity: 'fatal',
      code: 'exception',
      diagnostics: 'Patient: the mapping does not fit the database',
    });
    expect(body).not.toMatch(/Surname|Citizen|no such|SELECT/i);
    expect(faults).toMatchObject([{ name: 'SqlError', kind: 'statement' }]);
  });
});
