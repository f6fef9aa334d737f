import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { policyPath } from '../src/link/policy/policy-file.ts';
import { CANARIES } from './support/canaries.ts';
import { DesktopUser } from './support/desktop-user.ts';
import { FhirWireBed, sendFhir } from './support/fhir-wire-bed.ts';
import { type Answer, HttpClient } from './support/http-client.ts';
import { runCommand } from './support/program.ts';
import { queryOf, rowsOf } from './support/query-client.ts';
import { readMark } from './support/statements.ts';
import { createIntegrator, createPairedSite } from './support/system.ts';
import { until } from './support/until.ts';

const MAX_BODY_BYTES = 8 * 1024 * 1024;
const FHIR_JSON = 'application/fhir+json; charset=utf-8';
const FORM = 'application/x-www-form-urlencoded';

let bed: FhirWireBed;
beforeAll(async () => {
  bed = await FhirWireBed.start({
    gatewayEnv: { PARHELION_IMMEDIATE_EXECUTION_LIMIT_MS: '8000', PARHELION_LOG_LEVEL: 'debug' },
  });
});
afterAll(async () => {
  await bed[Symbol.asyncDispose]();
});

interface Outcome {
  readonly resourceType: string;
  readonly issue: readonly { severity: string; code: string; diagnostics: string }[];
}

/** Status, issue code and sentence of an OperationOutcome. */
function outcomeOf(answer: Answer) {
  const { resourceType, issue } = answer.json as Outcome;
  expect(resourceType).toBe('OperationOutcome');
  expect(answer.headers['content-type']).toBe(FHIR_JSON);
  expect(answer.headers['x-request-id']).toMatch(/\S/);
  expect(answer.headers['cache-control']).toBe('no-store');
  const [{ code, severity, diagnostics } = { code: '', severity: '', diagnostics: '' }] = issue;
  return { status: answer.status, code, severity, diagnostics };
}

const echoOf = (answer: Answer) =>
  answer.json as {
    method: string;
    path: string;
    query: string;
    headers: Record<string, string>;
    body?: string;
    baseUrl: string;
  };

const recordOf = async (answer: Answer) =>
  queryOf(await bed.system.queries.record(String(answer.headers['x-query-id'])));

const middlenameOf = (id: number) => bed.system.queries.scalar(readMark(id));

describe('a request', () => {
  test('reaches the site as it came, and its answer comes back', async () => {
    const { system } = bed;
    const answer = await bed.send({
      method: 'POST',
      below: 'echo/a%2Fb/_search?name=Ng%20%2B&_count=5',
      headers: {
        'content-type': FORM,
        accept: 'application/fhir+json',
        prefer: 'handling=strict',
        'if-match': 'W/"3"',
        'x-own': 'stays at the gateway',
      },
      body: 'family=CanarySurname%20%C3%89',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': FHIR_JSON,
      'cache-control': 'no-store',
      'x-request-id': expect.any(String),
    });
    expect(echoOf(answer)).toEqual({
      method: 'POST',
      path: 'echo/a%2Fb/_search',
      query: 'name=Ng%20%2B&_count=5',
      headers: {
        'content-type': FORM,
        accept: 'application/fhir+json',
        prefer: 'handling=strict',
        'if-match': 'W/"3"',
      },
      body: 'family=CanarySurname%20%C3%89',
      baseUrl: `${system.url}/integrator/sites/${system.siteId}/fhir/R4`,
    });
  });

  test.each([
    ['GET', 'echo?given=John', undefined],
    ['GET', 'echo%3Fgiven%3DJohn%2520Q', undefined],
    ['POST', 'echo', '{"resourceType":"Patient"}'],
    ['PUT', 'echo/1', '{"resourceType":"Patient"}'],
    ['PATCH', 'echo/1', '[]'],
    ['DELETE', 'echo/1', undefined],
    ['POST', 'echo/1/$summary', undefined],
    ['GET', 'echo/$find-free?start=1', undefined],
  ])('%s %s', async (method, below, body) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/fhir+json' };
    const answer = await bed.send({ method, below, headers, ...(body && { body }) });
    expect(answer.status).toBe(200);
    const [path = '', query = ''] = below.replace('%3F', '?').replace('%3D', '=').split('?');
    expect(echoOf(answer)).toMatchObject({ method, path, query: query.replace('%25', '%') });
    expect(echoOf(answer).body).toBe(body);
  });

  test('HEAD answers without a body', async () => {
    const answer = await bed.send({ method: 'HEAD', below: 'Patient/1' });
    expect([answer.status, answer.body.length, answer.headers.etag]).toEqual([200, 0, 'W/"1"']);
  });

  test('gets the headers that FHIR has a use for, and no others', async () => {
    const { headers, status } = await bed.get('Headers');
    expect(status).toBe(201);
    expect(headers).toMatchObject({ location: 'http://x/Patient/1', allow: 'GET' });
    expect(headers).not.toHaveProperty('x-secret');
    const unchanged = await bed.get('Patient/1', { 'if-none-match': 'W/"1"' });
    expect([unchanged.status, unchanged.body.length]).toEqual([304, 0]);
    expect(unchanged.headers.etag).toBe('W/"1"');
    expect(unchanged.headers).not.toHaveProperty('content-type');
  });

  test('leaves a record like an immediate query, and is counted', async () => {
    const usage = async () => {
      const { json } = await bed.system.http.get('/integrator/usage');
      const [today] = (json as { usage: { queries: number; bytes: number }[] }).usage;
      return today ?? { queries: 0, bytes: 0 };
    };
    const before = await usage();
    const answer = await bed.get('Patient/2');
    expect(await recordOf(answer)).toMatchObject({
      mode: 'fhir',
      status: 'successful',
      requestSize: 0,
      resultSize: answer.body.length,
      result: { rows: 1, size: answer.body.length },
      metrics: { sqlExecutionDuration: expect.any(Number) },
    });
    const unknown = await bed.get('Patient/1753086420');
    expect(outcomeOf(unknown)).toMatchObject({ status: 404, code: 'not-found' });
    expect(await recordOf(unknown)).toMatchObject({
      status: 'executionFailed',
      errorDetails: { errorType: 'http', errorCode: 404 },
    });
    const after = await usage();
    expect(after.queries - before.queries).toBeGreaterThanOrEqual(2);
    expect(after.bytes - before.bytes).toBeGreaterThanOrEqual(answer.body.length);
    const metrics = (await new HttpClient(bed.system.url).get('/metrics')).text;
    expect(metrics).toContain('mode="fhir",status="successful"');
    expect(metrics).not.toContain('1753086420');
  });

  test('reads several catalogues without holding two connections at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => bed.get('Both')));
    for (const { status, json } of answers) {
      expect([status, json]).toEqual([200, [2000, expect.any(Number), 2000]]);
    }
  });

  test('of megabytes goes and comes by the data socket', async () => {
    const body = `{"name":"${'y'.repeat(3_000_000)}"}`;
    const answer = await bed.send({ method: 'POST', below: 'echo', body });
    expect(echoOf(answer).body).toBe(body);
  });
});

describe('changes', () => {
  test('are made in one transaction, or not at all', async () => {
    expect((await bed.put('Patient/3', 'Changed')).json).toMatchObject({
      name: [{ given: ['Changed'] }],
    });
    expect(outcomeOf(await bed.put('Undone/3', 'Never')).status).toBe(422);
    expect(await middlenameOf(3)).toBe('Changed');
    expect((await bed.put('Patient/3', 'Again')).status).toBe(200);
    expect(await middlenameOf(3)).toBe('Again');
  });

  test('that were made, but could not be told of, are never called a failure that invites to repeat', async () => {
    const answer = await bed.put('AfterCommit/4', 'Made');
    expect(outcomeOf(answer)).toMatchObject({ status: 504, code: 'incomplete' });
    expect(outcomeOf(answer).diagnostics).toContain('Do not repeat it');
    expect(await middlenameOf(4)).toBe('Made');
  });

  test('whose commit got lost may stand: nobody is told that they do not', async () => {
    const answer = await bed.put('LostCommit/7', 'Perhaps');
    expect(outcomeOf(answer)).toMatchObject({ status: 504, code: 'incomplete' });
    expect(outcomeOf(answer).diagnostics).toContain('its outcome is unknown');
    const after = await until('a new connection answers', async () => {
      const next = await bed.put('Patient/7', 'Surely');
      return next.status === 200 && next;
    });
    expect(after.json).toMatchObject({ name: [{ given: ['Surely'] }] });
  });

  test('that have begun finish when the caller is gone, and are recorded', async () => {
    const caller = new AbortController();
    const gone = bed.put('Slow/5', 'Finished', { signal: caller.signal }).catch(() => 'gone');
    await until('the write runs', () => bed.link.status().counters.queriesRunning > 0);
    caller.abort();
    expect(await gone).toBe('gone');
    await until('the write is done', async () => (await middlenameOf(5)) === 'Finished');
  });

  test('are undone when they take too long', async () => {
    const answer = await bed.put('EndlessChange/6', 'TooLate');
    expect(outcomeOf(answer)).toMatchObject({ status: 504, code: 'timeout' });
    expect(await middlenameOf(6)).not.toBe('TooLate');
    expect((await bed.put('Patient/6', 'Unlocked')).status).toBe(200);
  });
});

describe('errors are OperationOutcomes', () => {
  test('of who may ask', async () => {
    const { system } = bed;
    const { siteId } = system;
    const ask = (http: HttpClient, site: string, below = 'Patient/1') =>
      sendFhir(http, 'integrator', site, { below });
    const nobody = new HttpClient(system.url);
    expect(outcomeOf(await ask(nobody, siteId))).toMatchObject({ status: 401, code: 'login' });
    const wrong = nobody.with({ 'ocp-apim-subscription-key': 'wrong' });
    expect(outcomeOf(await ask(wrong, siteId))).toMatchObject({ status: 401, code: 'login' });
    const stranger = await createIntegrator(system.admin, 'Stranger to FHIR');
    const strange = nobody.with({ 'ocp-apim-subscription-key': stranger.primaryKey });
    expect(outcomeOf(await ask(strange, siteId))).toMatchObject({ status: 403, code: 'forbidden' });
    expect(outcomeOf(await ask(system.http, randomUUID()))).toMatchObject({
      status: 404,
      code: 'not-found',
    });
    expect(outcomeOf(await ask(system.http, siteId, '%zz'))).toMatchObject({ status: 400 });
    expect(outcomeOf(await system.http.get(`/integrator/sites/${siteId}/fhir/R5/x`))).toMatchObject(
      { status: 404 },
    );
    const offline = await createPairedSite(system.admin, 'Z-FHIR', system.integrator.id);
    expect(outcomeOf(await ask(system.http, offline))).toMatchObject({
      status: 503,
      code: 'transient',
    });
  });

  test('of bodies', async () => {
    const post = (body: string | Buffer, contentType: string) =>
      bed.send({ method: 'POST', below: 'echo', body, headers: { 'content-type': contentType } });
    expect(outcomeOf(await post('<a/>', 'application/fhir+xml'))).toMatchObject({ status: 415 });
    expect(outcomeOf(await post('{}', 'application/json; charset=utf-16'))).toMatchObject({
      status: 415,
      code: 'not-supported',
    });
    expect(outcomeOf(await post(Buffer.from([0x7b, 0xff]), 'application/json'))).toMatchObject({
      status: 400,
      code: 'invalid',
    });
    const large = 'x'.repeat(33 * 1024 * 1024);
    expect(outcomeOf(await post(large, FORM))).toMatchObject({ status: 413, code: 'too-long' });
  });

  test('of rates and of requests under way', async () => {
    const { system } = bed;
    const held = await createIntegrator(system.admin, 'Held back');
    const pairing = `/admin/sites/${system.siteId}/pairings/${held.id}`;
    await system.admin.send({ method: 'PUT', path: pairing });
    const settings = { requestsPerSecond: 1, dailyQueriesPerSite: 2 };
    const path = `/admin/integrators/${held.id}/settings`;
    const set = await system.admin.send({ method: 'PATCH', path, body: settings });
    expect(set.status).toBe(200);
    const http = new HttpClient(system.url, { 'ocp-apim-subscription-key': held.primaryKey });
    const limited = await until('the rate is met', async () => {
      const answer = await sendFhir(http, 'integrator', system.siteId, { below: 'metadata' });
      return answer.status === 429 && answer;
    });
    expect(outcomeOf(limited)).toMatchObject({ status: 429, code: 'throttled' });
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    const used = await until('the quota is met', async () => {
      const answer = await sendFhir(http, 'integrator', system.siteId, { below: 'metadata' });
      return answer.status === 403 && answer;
    });
    expect(outcomeOf(used)).toMatchObject({ status: 403, code: 'throttled' });
  });

  test('of the size of an answer', async () => {
    const exactly = await bed.get(`Bytes/${MAX_BODY_BYTES}`);
    expect([exactly.status, exactly.body.length]).toEqual([200, MAX_BODY_BYTES]);
    const more = await bed.get(`Bytes/${MAX_BODY_BYTES + 1}`);
    expect(outcomeOf(more)).toMatchObject({ status: 413, code: 'too-costly' });
    expect(outcomeOf(await bed.get('ManyRows'))).toMatchObject({ status: 413, code: 'too-costly' });
    expect((await bed.get('Patient/1')).status).toBe(200);
  });

  test('of time: what takes too long is stopped', async () => {
    const answer = await bed.get('Endless');
    expect(outcomeOf(answer)).toMatchObject({ status: 504, code: 'timeout' });
    expect(outcomeOf(answer).diagnostics).toContain('more than 8 seconds');
    await until('nothing runs', () => bed.link.status().counters.queriesRunning === 0);
  });

  test('of what nobody has foreseen, without the words of the database', async () => {
    for (const below of ['Broken', 'Bug', 'WrongHeader', 'Sly']) {
      const outcome = outcomeOf(await bed.get(below));
      expect(outcome).toMatchObject({ status: 500, code: 'exception', severity: 'fatal' });
      expect(outcome.diagnostics).not.toMatch(/Nothing|Nowhere|bug|UPDATE/);
    }
    expect(await middlenameOf(9)).not.toBe('Sly');
    expect((await bed.get('Caught')).status).toBe(409);
  });
});

test('a read is stopped when the caller is gone', async () => {
  const caller = new AbortController();
  const gone = bed.send({ below: 'Endless', signal: caller.signal }).catch(() => 'gone');
  await until('the read runs', () => bed.link.status().counters.queriesRunning > 0);
  caller.abort();
  expect(await gone).toBe('gone');
  await until('nothing runs', () => bed.link.status().counters.queriesRunning === 0);
  expect((await bed.get('Patient/1')).status).toBe(200);
});

test('a desktop asks below its own mount', async () => {
  const { system } = bed;
  const desktop = await DesktopUser.of(system, 'reception-fhir');
  const ask = (below: string) => sendFhir(desktop.http, 'desktop', system.siteId, { below });
  const answer = await ask('echo?x=1');
  expect(echoOf(answer).baseUrl).toBe(`${system.url}/desktop/sites/${system.siteId}/fhir/R4`);
  const mine = await desktop.getQuery(String(answer.headers['x-query-id']));
  expect(queryOf(mine)).toMatchObject({ mode: 'fhir', status: 'successful' });
  const other = await sendFhir(desktop.http, 'desktop', randomUUID(), { below: 'metadata' });
  expect(outcomeOf(other).status).toBe(404);
  const nobody = new HttpClient(system.url);
  const refused = await sendFhir(nobody, 'desktop', system.siteId, { below: 'metadata' });
  expect(outcomeOf(refused)).toMatchObject({ status: 401, code: 'login' });
});

describe("the practice's word", () => {
  const setPolicy = (policy: object) =>
    writeFileSync(policyPath(bed.system.linkDir), JSON.stringify(policy));

  afterEach(async () => {
    setPolicy({});
    await until('the practice allows everything', async () => {
      return (await bed.put('Patient/8', 'Allowed')).status === 200;
    });
  });

  test('read-only lets reads through and refuses changes', async () => {
    setPolicy({ readOnly: true });
    const refused = await until('the change is refused', async () => {
      const answer = await bed.put('Patient/7', 'Refused');
      return answer.status === 403 && answer;
    });
    expect(outcomeOf(refused)).toMatchObject({
      code: 'forbidden',
      diagnostics: expect.stringMatching(/^Refused by the practice: only reading/),
    });
    expect((await bed.get('Patient/7')).status).toBe(200);
    expect(await middlenameOf(7)).not.toBe('Refused');
  });

  test('a pause refuses everything, what needs no database too', async () => {
    setPolicy({ paused: true });
    await until('it is refused', async () => (await bed.get('Patient/7')).status === 403);
    expect(outcomeOf(await bed.get('metadata'))).toMatchObject({
      status: 403,
      diagnostics: 'Refused by the practice: queries are paused.',
    });
  });

  test('is asked of each request, and the audit trail tells of it', async () => {
    const search = `echo/_search?a=${CANARIES.inPath}`;
    const form = `family=${CANARIES.inBody}`;
    const asked = { method: 'POST', below: search, body: form, headers: { 'content-type': FORM } };
    const answer = await bed.send(asked);
    const audit = async () => {
      const args = ['link', 'audit', '--data-dir', bed.system.linkDir, '--format', 'json'];
      return JSON.parse(await runCommand(args, {})) as Record<string, unknown>[];
    };
    const entryOf = async ({ headers }: Answer) =>
      (await audit()).find(({ queryId }) => queryId === headers['x-query-id']);
    const text = `POST ${search}&${form}`;
    const statementHash = createHash('sha256').update(text).digest('hex');
    const entry = await entryOf(answer);
    expect(entry).toMatchObject({
      mode: 'fhir',
      integratorId: bed.system.integrator.id,
      outcome: 'successful',
      bytes: answer.body.length,
      statementHash,
    });
    expect(entry).not.toHaveProperty('statement');
    setPolicy({ audit: { statement: 'text' } });
    const told = await until('the text is kept', async () => {
      const found = await entryOf(await bed.send(asked));
      return found?.['statement'] !== undefined && found;
    });
    expect(told['statement']).toBe(text);
    expect(await entryOf(await bed.get('Patient/1753086420'))).toMatchObject({
      outcome: 'failed',
      errorType: 'http',
      errorCode: 404,
    });
  });
});

test('a site without FHIR says so, and a link that goes away is told', async () => {
  const { system } = bed;
  await bed.link.stop();
  expect(outcomeOf(await bed.get('Patient/1'))).toMatchObject({ status: 503, code: 'transient' });
  system.link = system.startLink();
  await system.untilAnswering();
  expect(outcomeOf(await bed.get('Patient/1'))).toMatchObject({
    status: 501,
    code: 'not-supported',
    diagnostics: 'The site offers no FHIR.',
  });
  expect(rowsOf(await system.queries.run('SELECT 1 AS n'))).toEqual([{ n: 1 }]);
});
