import { describe, expect, test } from 'vitest';
import { runCli, startApiServer } from './cli-test-bed.ts';

const SITE = '0199b1c0-0000-7000-8000-000000000001';

function devFile(baseUrl: string): string {
  return JSON.stringify({
    baseUrl,
    adminKey: 'dev-admin',
    integrator: { id: 'i', primaryKey: 'dev-key', secondaryKey: 'dev-key-2' },
    site: { siteId: SITE, pmsId: 'p', pmsName: 'Best Practice', pairingCode: 'c' },
  });
}

const startApi = () =>
  startApiServer(({ method }) => ({
    body: method === 'GET' ? { sites: [] } : { result: { rowsAffected: 0 } },
  }));

describe('where the settings come from', () => {
  test('without any, those of the development gateway in this folder', async () => {
    await using api = await startApi();
    const files = { '.parhelion/dev.json': devFile(api.url) };
    expect(await runCli(['query', 'SELECT 1'], { files })).toMatchObject({ exitCode: 0 });
    expect(await runCli(['admin', 'sites', 'list'], { files })).toMatchObject({ exitCode: 0 });
    const [query, admin] = api.requests;
    expect(query?.path).toBe(`/integrator/sites/${SITE}/queries/immediate`);
    expect(query?.headers['ocp-apim-subscription-key']).toBe('dev-key');
    expect(admin?.headers.authorization).toBe('Bearer dev-admin');
  });

  test('PARHELION_DATA_DIR tells where that file is', async () => {
    await using api = await startApi();
    const { exitCode } = await runCli(['query', 'SELECT 1'], {
      env: { PARHELION_DATA_DIR: '/data' },
      files: { '/data/dev.json': devFile(api.url), '.parhelion/dev.json': 'not this one' },
    });
    expect(exitCode).toBe(0);
  });

  test('options stand above the environment, the environment above the file', async () => {
    await using api = await startApi();
    const world = {
      env: { PARHELION_URL: 'http://nowhere.invalid', PARHELION_KEY: 'env', PARHELION_SITE: 's1' },
      files: { '.parhelion/dev.json': devFile(api.url) },
    };
    await runCli(['query', 'SELECT 1', '--url', api.url], world);
    await runCli(['query', 'SELECT 1', '--url', api.url, '--key', 'k', '--site', 's/2'], world);
    expect(
      api.requests.map(({ path, headers }) => [path, headers['ocp-apim-subscription-key']]),
    ).toEqual([
      ['/integrator/sites/s1/queries/immediate', 'env'],
      ['/integrator/sites/s%2F2/queries/immediate', 'k'],
    ]);
  });

  test('the secrets of the development gateway are sent to no other address', async () => {
    await using other = await startApi();
    const files = { '.parhelion/dev.json': devFile('http://127.0.0.1:1') };
    const query = await runCli(['query', 'SELECT 1', '--url', other.url], { files });
    const admin = await runCli(['admin', 'sites', 'list', '--url', other.url], { files });
    expect(query.stderr).toBe(`No key for ${other.url}: give --key or set PARHELION_KEY.\n`);
    expect(admin.stderr).toBe(`No operator's key for ${other.url}: set PARHELION_ADMIN_KEY.\n`);
    expect(other.requests).toEqual([]);
  });
});

test.each([
  [
    'no gateway',
    {},
    'No gateway is known: give --url, set PARHELION_URL, or start `parhelion dev` in this folder.',
  ],
  [
    'no site',
    { env: { PARHELION_URL: 'http://h/p/', PARHELION_KEY: 'k', PARHELION_SITE: '' } },
    'No site at http://h/p: give --site or set PARHELION_SITE.',
  ],
  [
    'a broken file',
    { files: { '.parhelion/dev.json': '{' } },
    '.parhelion/dev.json is not a file of this version of parhelion.',
  ],
  [
    'a file of another shape',
    { files: { '.parhelion/dev.json': '{"baseUrl":1}' } },
    '.parhelion/dev.json is not a file of this version of parhelion.',
  ],
])('%s: one sentence, exit code 1', async (_, world, sentence) => {
  const outcome = await runCli(['query', 'SELECT 1'], world);
  expect(outcome).toEqual({ exitCode: 1, stdout: '', stderr: `${sentence}\n` });
});
