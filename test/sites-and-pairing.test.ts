import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DevSystem, TempFolder } from './support/dev-system.ts';
import type { Answer, HttpClient } from './support/http-client.ts';
import { runCommand } from './support/program.ts';
import { QueryClient } from './support/query-client.ts';
import { asIntegrator, createIntegrator, type IntegratorKeys } from './support/system.ts';
import { until } from './support/until.ts';

const folder = new TempFolder();
let dev: DevSystem;
beforeAll(async () => {
  dev = await DevSystem.start(folder.path);
});
afterAll(async () => {
  await dev.program.stop();
  folder[Symbol.dispose]();
});

const newcomer = async (name: string) => {
  const keys = await createIntegrator(dev.admin, name);
  return { keys, http: asIntegrator(dev.facts.baseUrl, keys.primaryKey) };
};

/** A new code, made on the practice's machine. */
async function newCode(): Promise<string> {
  const output = await runCommand(['link', 'pair-code', '--data-dir', `${folder.path}/link`], {});
  return output.split('\n')[0] ?? '';
}

function pair(http: HttpClient, query: Record<string, string> = {}, path = 'pair-site') {
  const { pmsId, pmsName } = dev.facts.site;
  const parameters = { practiceManagementSiteId: pmsId, practiceManagementName: pmsName, ...query };
  return http.post(`/integrator/${path}?${new URLSearchParams(parameters).toString()}`);
}

function find(http: HttpClient, practiceManagementSiteId: string, practiceManagementName: string) {
  const parameters = new URLSearchParams({ practiceManagementSiteId, practiceManagementName });
  return http.get(`/integrator/sites?${parameters.toString()}`);
}

const sitesOf = (answer: Answer) => (answer.json as { sites: { id: string }[] }).sites;

const sitePath = () => `/integrator/sites/${dev.facts.site.siteId}`;

describe('the site object', () => {
  test('has every field of the contract', async () => {
    const { siteId, pmsId } = dev.facts.site;
    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
    const version = expect.stringMatching(/^[1-9]\d*\.[1-9]\d*\.\d+$/) as string;
    const practice = expect.stringMatching(/\S/) as string;
    expect((await dev.integrator.get(sitePath())).json).toEqual({
      id: siteId,
      pmsType: 'BestPractice',
      availability: 'online',
      status: 'active',
      haloLinkVersion: version,
      enrichedAt: instant,
      catalogue: [
        { name: 'Patients', isDefault: true },
        { name: 'Documents', isDefault: false },
      ],
      practiceMetadata: {
        pmsType: 'BestPractice',
        practiceName: practice,
        practiceManagementSiteId: pmsId,
        practiceManagementVersion: practice,
      },
      name: practice,
      practiceManagementSiteId: pmsId,
      practiceManagementName: 'Best Practice',
      practiceManagementVersion: practice,
      createdAt: instant,
      authoritative: true,
      clientTimestampUTC: instant,
      heartbeatTimestampUTC: instant,
    });
  });

  test('of a site that was never there leaves out what it does not know', async () => {
    const created = await dev.admin.post('/admin/sites', {
      practiceManagementName: 'Zedmed',
      practiceManagementSiteId: 'Z-1',
    });
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({ status: 'initialising', availability: 'offline' });
    expect(created.text).not.toContain('null');
    expect(created.json).not.toHaveProperty('haloLinkVersion');
  });

  test('is found in upper case too', async () => {
    const path = `/integrator/sites/${dev.facts.site.siteId.toUpperCase()}`;
    expect((await dev.integrator.get(path)).status).toBe(200);
  });
});

describe('finding sites', () => {
  test('gives those that are paired and match, and an empty list otherwise', async () => {
    const { siteId, pmsId } = dev.facts.site;
    const mine = await find(dev.integrator, pmsId, 'Best Practice');
    expect(mine.status).toBe(200);
    expect(mine.json).toEqual({ sites: [(await dev.integrator.get(sitePath())).json] });
    expect(sitesOf(mine)[0]?.id).toBe(siteId);
    const { http } = await newcomer('Unpaired');
    for (const answer of [
      await find(dev.integrator, 'NOBODY', 'Best Practice'),
      await find(dev.integrator, pmsId, 'D4w'),
      await find(http, pmsId, 'Best Practice'),
    ]) {
      expect(answer.status).toBe(200);
      expect(sitesOf(answer)).toEqual([]);
    }
  });

  test.each([
    ['?practiceManagementSiteId=X', /practiceManagementName is required/],
    ['?practiceManagementName=D4w', /practiceManagementSiteId is required/],
    [
      '?practiceManagementSiteId=X&practiceManagementName=BestPractice',
      /practiceManagementName must be one of Best Practice, Zedmed, D4w/,
    ],
    ['?practiceManagementSiteId=&practiceManagementName=D4w', /practiceManagementSiteId/],
    [
      '?practiceManagementSiteId=X&practiceManagementSiteId=Y&practiceManagementName=D4w',
      /practiceManagementSiteId/,
    ],
  ])('%s is 400', async (query, message) => {
    const answer = await dev.integrator.get(`/integrator/sites${query}`);
    expect(answer.status).toBe(400);
    expect(answer.errorMessage).toMatch(message);
  });
});

describe('pairing', () => {
  test('with a code of the practice gives the site, and access', async () => {
    const { http } = await newcomer('With code');
    expect((await http.get(sitePath())).status).toBe(403);
    const answer = await pair(http, { pairingCode: await newCode() });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ id: dev.facts.site.siteId, pmsType: 'BestPractice' });
    expect(await new QueryClient(http, dev.facts.site.siteId).answers()).toBe(true);
  });

  test('takes the code of the banner, and takes codes as people type them', async () => {
    const { http } = await newcomer('Banner');
    const code = dev.facts.site.pairingCode.toLowerCase().replace('-', ' ');
    expect((await pair(http, { pairingCode: code })).status).toBe(200);
  });

  test('works by its old name', async () => {
    const { http } = await newcomer('Old name');
    expect((await pair(http, { pairingCode: await newCode() }, 'pairSite')).status).toBe(200);
  });

  test('again is 200, whatever the code', async () => {
    for (const query of [{}, { pairingCode: 'wrong' }]) {
      expect((await pair(dev.integrator, query)).status).toBe(200);
    }
  });

  test('with a used code is 400 for anybody else', async () => {
    const [first, second] = [await newcomer('First'), await newcomer('Second')];
    const pairingCode = await newCode();
    expect((await pair(first.http, { pairingCode })).status).toBe(200);
    const answer = await pair(second.http, { pairingCode });
    expect(answer.status).toBe(400);
    expect(answer.errorMessage).toBe('The pairing code is wrong, already used or expired.');
    expect((await second.http.get(sitePath())).status).toBe(403);
    expect((await pair(second.http, { pairingCode: await newCode() })).status).toBe(200);
  });

  test('of two who use one code at once, one succeeds', async () => {
    const both = await Promise.all([newcomer('Left'), newcomer('Right')]);
    const pairingCode = await newCode();
    const answers = await Promise.all(both.map(({ http }) => pair(http, { pairingCode })));
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, 400]);
  });

  test('without a code is 400', async () => {
    const { http } = await newcomer('No code');
    const answer = await pair(http);
    expect(answer.status).toBe(400);
    expect(answer.errorMessage).toMatch(/pairingCode is required for Best Practice/);
  });

  test('with an unknown practice is 404, with an unknown system 400', async () => {
    const { http } = await newcomer('Lost');
    const unknown = await pair(http, { practiceManagementSiteId: 'NOBODY', pairingCode: 'x' });
    expect(unknown.status).toBe(404);
    const wrong = await pair(http, { practiceManagementName: 'BestPractice', pairingCode: 'x' });
    expect(wrong.status).toBe(400);
    expect(wrong.errorMessage).toMatch(/practiceManagementName must be one of Best Practice/);
    expect((await http.post('/integrator/pair-site')).status).toBe(400);
  });

  test('with a practice whose system needs no code works without', async () => {
    const created = await dev.admin.post('/admin/sites', {
      practiceManagementName: 'D4w',
      practiceManagementSiteId: 'D-1',
    });
    const { http } = await newcomer('Dentist');
    const answer = await pair(http, {
      practiceManagementSiteId: 'D-1',
      practiceManagementName: 'D4w',
    });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual(created.json);
  });

  // Last: the practice takes no codes for a while afterwards.
  test('with wrong codes again and again is 429, and says when to come back', async () => {
    const { http } = await newcomer('Guesser');
    const refused = await until('guessing is stopped', async () => {
      const answer = await pair(http, { pairingCode: 'AAAA-AAAA' });
      return answer.status === 400 ? undefined : answer;
    });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await pair(dev.integrator, { pairingCode: 'x' })).status).toBe(200);
  });
});

describe('the operator', () => {
  const keysOf = (keys: IntegratorKeys) => `/admin/integrators/${keys.id}/keys`;
  const isAccepted = async (key: string) =>
    (await find(asIntegrator(dev.facts.baseUrl, key), 'X', 'D4w')).status === 200;

  test('rotates one key without touching the other, at once', async () => {
    const { keys } = await newcomer('Rotating');
    expect(await isAccepted(keys.primaryKey)).toBe(true);
    const rotated = await dev.admin.post(`${keysOf(keys)}/primary`);
    expect(rotated.status).toBe(201);
    const { key } = rotated.json as { key: string };
    expect(await isAccepted(keys.primaryKey)).toBe(false);
    expect(await isAccepted(key)).toBe(true);
    expect(await isAccepted(keys.secondaryKey)).toBe(true);
  });

  test('revokes a key at once', async () => {
    const { keys } = await newcomer('Revoked');
    expect(await isAccepted(keys.secondaryKey)).toBe(true);
    const path = `${keysOf(keys)}/secondary`;
    expect((await dev.admin.send({ method: 'DELETE', path })).status).toBe(204);
    expect(await isAccepted(keys.secondaryKey)).toBe(false);
    expect(await isAccepted(keys.primaryKey)).toBe(true);
  });

  test('ends a pairing at once', async () => {
    const { keys, http } = await newcomer('Leaving');
    const path = `/admin/sites/${dev.facts.site.siteId}/pairings/${keys.id}`;
    expect((await dev.admin.send({ method: 'PUT', path })).status).toBe(204);
    expect((await http.get(sitePath())).status).toBe(200);
    expect((await dev.admin.send({ method: 'DELETE', path })).status).toBe(204);
    expect((await http.get(sitePath())).status).toBe(403);
  });

  test('sees integrators and sites, and never a key', async () => {
    const { keys } = await newcomer('Listed');
    const list = await dev.admin.get('/admin/integrators');
    expect(list.json).toMatchObject({
      integrators: expect.arrayContaining([expect.objectContaining({ id: keys.id })]) as object[],
    });
    expect(list.text).not.toContain(keys.primaryKey);
    const one = await dev.admin.get(`/admin/integrators/${keys.id}`);
    expect(one.text).not.toContain(keys.primaryKey);
    const sites = await dev.admin.get('/admin/sites');
    expect(sitesOf(sites).map(({ id }) => id)).toContain(dev.facts.site.siteId);
  });

  test('gets 404 for what is not there and 400 for what cannot be', async () => {
    const id = dev.facts.integrator.id.replace(/^.{8}/, '00000000');
    expect((await dev.admin.get(`/admin/integrators/${id}`)).status).toBe(404);
    expect((await dev.admin.get(`/admin/sites/${id}`)).status).toBe(404);
    expect((await dev.admin.post(`/admin/sites/${id}/enrolment-tokens`)).status).toBe(404);
    expect((await dev.admin.post('/admin/integrators', { name: ' ' })).status).toBe(400);
    expect((await dev.admin.post('/admin/integrators', {})).status).toBe(400);
    expect(
      (await dev.admin.post(`/admin/integrators/${dev.facts.integrator.id}/keys/third`)).status,
    ).toBe(400);
  });
});
