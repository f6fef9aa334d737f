import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CANARIES, plant } from './support/canaries.ts';
import { TempFolder } from './support/dev-system.ts';
import { sendFhir } from './support/fhir-wire-bed.ts';
import type { Answer } from './support/http-client.ts';
import { copyPractice } from './support/practice-copy.ts';
import { Program, runCommand } from './support/program.ts';
import { createPairedSite, type System, startSystem } from './support/system.ts';
import { until } from './support/until.ts';

const mappingFolder = (name: string) =>
  fileURLToPath(new URL(`support/fhir-mappings/${name}`, import.meta.url));

interface Patient {
  readonly resourceType: string;
  readonly id: string;
  readonly name: readonly { family?: string; given?: string[]; text?: string }[];
}
interface Bundle {
  readonly resourceType: string;
  readonly entry?: readonly { fullUrl: string; resource: Patient }[];
  readonly link: readonly { relation: string; url: string }[];
}

let system: System;
const folder = new TempFolder();

function setFhir(dataDir: string, mapping: string): void {
  const path = join(dataDir, 'link.json');
  const config = JSON.parse(readFileSync(path, 'utf8')) as object;
  const fhir = { mapping, timeZone: 'Australia/Sydney' };
  writeFileSync(path, JSON.stringify({ ...config, fhir }));
}

beforeAll(async () => {
  const debug = { PARHELION_LOG_LEVEL: 'debug' };
  system = await startSystem({ gatewayEnv: debug, linkEnv: debug });
  await system.link.stop();
  setFhir(system.linkDir, mappingFolder('little'));
  system.link = system.startLink();
  await system.untilAnswering();
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const ask = (below: string, siteId = system.siteId) =>
  sendFhir(system.http, 'integrator', siteId, { below });

const bundleOf = (answer: Answer) => {
  expect([answer.status, answer.text.slice(0, 200)]).toEqual([200, expect.any(String)]);
  return answer.json as Bundle;
};

describe('a link with a mapping', () => {
  test('reads a resource, and tells when it has not changed', async () => {
    const answer = await ask('Patient/1');
    expect(answer.json).toMatchObject({ resourceType: 'Patient', id: '1' });
    expect(answer.headers['content-type']).toBe('application/fhir+json; charset=utf-8');
    const { etag } = answer.headers;
    expect(etag).toMatch(/^W\/"/);
    const again = await sendFhir(system.http, 'integrator', system.siteId, {
      below: 'Patient/1',
      headers: { 'if-none-match': etag },
    });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect((await ask('Patient/1999888777')).status).toBe(404);
  });

  test('searches by GET and by POST, page by page to the end', async () => {
    const first = bundleOf(await ask('Patient?name=ng&_count=2'));
    const ids = new Set<string>();
    for (let page: Bundle | undefined = first; page; ) {
      for (const { resource, fullUrl } of page.entry ?? []) {
        expect(fullUrl).toBe(
          `${system.url}/integrator/sites/${system.siteId}/fhir/R4/Patient/${resource.id}`,
        );
        expect(ids.has(resource.id)).toBe(false);
        ids.add(resource.id);
      }
      const next: string | undefined = page.link.find(({ relation }) => relation === 'next')?.url;
      page =
        next === undefined
          ? undefined
          : bundleOf(await system.http.get(next.slice(system.url.length)));
    }
    const sql =
      "SELECT COUNT(*) AS n FROM Patients WHERE Surname LIKE 'ng%' OR Firstname LIKE 'ng%'";
    expect(ids.size).toBe(await system.queries.scalar(sql));
    expect(ids.size).toBeGreaterThan(2);
    const posted = await sendFhir(system.http, 'integrator', system.siteId, {
      method: 'POST',
      below: 'Patient/_search',
      body: 'name=ng&_count=1000',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(bundleOf(posted).entry).toHaveLength(ids.size);
  });

  test('tells the practice what a page is a page of', async () => {
    const policy = join(system.linkDir, 'policy.json');
    writeFileSync(policy, JSON.stringify({ audit: { statement: 'text' } }));
    const first = bundleOf(await ask('Patient?name=ng&_count=2'));
    const next = first.link.find(({ relation }) => relation === 'next')?.url ?? '';
    const told = await until('the text of a page is kept', async () => {
      const { headers } = await system.http.get(next.slice(system.url.length));
      const args = ['link', 'audit', '--data-dir', system.linkDir, '--format', 'json'];
      const entries = JSON.parse(await runCommand(args, {})) as Record<string, unknown>[];
      const entry = entries.find(({ queryId }) => queryId === headers['x-query-id']);
      return entry?.['statement'];
    });
    rmSync(policy);
    expect(told).toBe('GET Patient?name=ng&_count=2&_cursor');
  });

  test('describes itself without the database', async () => {
    const answer = await ask('metadata');
    expect(answer.json).toMatchObject({
      resourceType: 'CapabilityStatement',
      id: system.siteId,
      fhirVersion: '4.0.1',
    });
    const record = await system.queries.record(String(answer.headers['x-query-id']));
    expect(record.json).toMatchObject({ mode: 'fhir', status: 'successful' });
    expect(record.json).not.toHaveProperty('metrics');
  });

  test('answers after the gateway and the link were started again, and old links to pages hold', async () => {
    const first = bundleOf(await ask('Patient?_count=2'));
    const next = first.link.find(({ relation }) => relation === 'next')?.url ?? '';
    await system.gateway.stop();
    await system.link.stop();
    await system.restartGateway();
    system.link = system.startLink();
    await system.untilAnswering();
    const second = bundleOf(await system.http.get(next.slice(system.url.length)));
    expect(second.entry).toHaveLength(2);
  });

  test('keeps what was asked and answered out of every log', async () => {
    const mark = `UPDATE Patients SET Surname = '${CANARIES.inRow}' WHERE InternalID = 11`;
    expect((await system.queries.nonQuery(mark)).status).toBe(200);
    const found = bundleOf(await ask(`Patient?family=${CANARIES.inRow}`));
    expect(found.entry?.[0]?.resource.name[0]?.family).toBe(CANARIES.inRow);
    for (const below of [
      `Patient?family:exact=${CANARIES.inText}`,
      `Patient?birthdate=${CANARIES.inParameter}`,
      `Patient?${CANARIES.inName}=1`,
      `Patient/${CANARIES.inPath}`,
      `${CANARIES.inPath}/1?x=${CANARIES.inParameter}`,
      `Patient/%zz${CANARIES.inPath}`,
    ]) {
      const { status, text } = await ask(below);
      expect(status < 500 ? '' : `${below}: ${text}`).toBe('');
    }
    const body = JSON.stringify({ resourceType: 'Patient', name: [{ family: CANARIES.inBody }] });
    const posted = { method: 'POST', below: 'Patient', body };
    const refused = await sendFhir(system.http, 'integrator', system.siteId, posted);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    const logs = system.gateway.output + system.link.output;
    expect(logs).toContain('FHIR request answered');
    for (const canary of Object.values(CANARIES)) expect(logs).not.toContain(canary);
  });
});

test('two sites answer at once, each by its own mapping', { timeout: 120_000 }, async () => {
  const siteId = await createPairedSite(system.admin, 'Z-OTHER', system.integrator.id);
  const issued = await system.admin.post(`/admin/sites/${siteId}/enrolment-tokens`);
  const { token } = issued.json as { token: string };
  plant(token);
  const files = copyPractice(join(folder.path, 'practice'));
  const systemFile = join(folder.path, 'system.json');
  const settings = { dialect: 'tsql', timeZone: 'Australia/Perth' };
  const fhir = { mapping: mappingFolder('other') };
  writeFileSync(systemFile, JSON.stringify({ product: 'Other', driver: 'sqlite', settings, fhir }));
  const dataDir = join(folder.path, 'link');
  const said = await runCommand(
    [
      'link',
      'enrol',
      '--gateway',
      system.url,
      '--token',
      token,
      '--data-dir',
      dataDir,
      '--system',
      systemFile,
      '--catalogue',
      `Patients=${files.Patients}`,
    ],
    {},
  );
  expect(said).toContain('FHIR by the mapping');
  await using _link = new Program(['link', 'run', '--data-dir', dataDir], {});
  await until('the other site answers', async () => (await ask('metadata', siteId)).status === 200);
  const [mine, theirs] = await Promise.all([ask('Patient/2'), ask('Patient/2', siteId)]);
  const { name: families } = mine.json as Patient;
  const { name: texts } = theirs.json as Patient;
  expect(texts).toEqual([{ text: families[0]?.family }]);
});

describe('the tools of a mapping', () => {
  const little = mappingFolder('little');
  const run = async (...args: string[]) => {
    const program = new Program(['fhir', ...args], {});
    const { code } = await program.exit;
    return { code, output: program.output, stdout: program.stdout };
  };

  test('check tells what is wrong with files and database', async () => {
    const good = await run('check', little, '--data-dir', system.linkDir);
    expect(good).toMatchObject({ code: 0, output: expect.stringContaining('has the tables') });
    const bad = join(folder.path, 'bad');
    copyMapping(little, bad, (tables) => {
      const { Patients } = tables;
      if (!Patients) throw new Error('The mapping has no Patients.');
      Patients.columns['NoSuchColumn'] = 'int null';
      Patients.columns['DOB'] = 'date';
      Patients.indexes.push(['DOB', 'Surname']);
    });
    const wrong = await run('check', bad, '--data-dir', system.linkDir);
    expect(wrong.code).toBe(1);
    expect(wrong.output).toContain('Patients has no column NoSuchColumn.');
    expect(wrong.output).toContain('Patients.DOB may be NULL: its type ends with " null".');
    expect(wrong.output).toContain('Patients has no index on DOB, Surname.');
    const nowhere = await run('check', join(folder.path, 'nowhere'));
    expect(nowhere.output).toContain('there is no such folder');
  });

  test('try shows the SQL, the types of its parameters and the answer', async () => {
    const tried = await run(
      'try',
      little,
      'Patient?name=ng&_count=1',
      '--data-dir',
      system.linkDir,
    );
    expect(tried.output).toContain('HTTP 200');
    expect(tried.output).toMatch(/-- Statement 1.*: \d+ rows, \d+ ms/);
    expect(tried.output).toMatch(/SELECT/i);
    expect(tried.output).toMatch(/--\s+@p2 NVarChar/);
    expect(tried.output).toContain('"resourceType": "Bundle"');
  });

  test('try follows the settings of the site, and refuses a zone that there is not', async () => {
    const own = join(folder.path, 'with-settings');
    mkdirSync(own);
    const config = JSON.parse(readFileSync(join(system.linkDir, 'link.json'), 'utf8')) as object;
    const settings = { medicationStatementWithRequests: true };
    const fhir = { mapping: 'demo-practice', timeZone: 'Australia/Sydney', settings };
    writeFileSync(join(own, 'link.json'), JSON.stringify({ ...config, fhir }));
    const request = 'MedicationStatement?_count=20&_elements=contained';
    const asked = ['try', 'demo-practice', request, '--data-dir', own];
    const [tried, nowhere] = await Promise.all([
      run(...asked),
      run(...asked, '--time-zone', 'Australia/Hobbiton'),
    ]);
    expect(tried.output).toContain('HTTP 200');
    expect(tried.output).toMatch(/"contained": \[\s+\{\s+"resourceType": "MedicationRequest"/);
    expect(nowhere).toMatchObject({
      code: 1,
      output: '--time-zone is no IANA name of a time zone, such as Australia/Brisbane.\n',
    });
  });

  test('tables writes what check takes', async () => {
    const { stdout, code } = await run('tables', '--data-dir', system.linkDir);
    expect(code).toBe(0);
    const tables = JSON.parse(stdout) as Record<string, object>;
    expect(tables['Patients']).toMatchObject({
      columns: { InternalID: 'bigint', Surname: 'nvarchar(50) null', DOB: 'date null' },
      key: ['InternalID'],
      indexes: expect.arrayContaining([['Surname', 'Firstname']]),
    });
    expect(tables['DocumentContents']).toBeDefined();
    expect(Object.keys(tables).filter((name) => name.startsWith('__'))).toEqual([]);
  });

  test('get asks the gateway', async () => {
    const env = {
      PARHELION_URL: system.url,
      PARHELION_KEY: system.integrator.primaryKey,
      PARHELION_SITE: system.siteId,
    };
    const printed = await runCommand(['fhir', 'get', 'Patient/3', '--json'], env);
    expect(JSON.parse(printed)).toMatchObject({ resourceType: 'Patient', id: '3' });
    const missing = new Program(['fhir', 'get', 'Patient/1999888777'], env);
    await missing.exit;
    expect(missing.stderr).toMatch(/\S/);
    expect(missing.stderr).not.toContain('{');
  });

  test('link check tells of it', async () => {
    const said = await runCommand(['link', 'check', '--data-dir', system.linkDir], {});
    expect(said).toContain('The FHIR mapping little can be used: 1 resource types.');
    expect(said).toContain('The database has what the FHIR mapping names.');
  });
});

type Tables = Record<string, { columns: Record<string, string>; indexes: string[][] }>;

function copyMapping(from: string, to: string, change: (tables: Tables) => void): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    const content = JSON.parse(readFileSync(join(from, name), 'utf8')) as Tables;
    if (name === 'tables.json') change(content);
    writeFileSync(join(to, name), JSON.stringify(content));
  }
}
