import { describe, expect, test } from 'vitest';
import { type CannedAnswer, type CliWorld, runCli, startApiServer } from '../cli-test-bed.ts';

const ID = '0199b1c0-0000-7000-8000-00000000000a';
const SITE = '0199b1c0-0000-7000-8000-000000000001';
const PATH = `/integrator/sites/${SITE}/queries/registered`;

const base64 = (text: string) => Buffer.from(text).toString('base64');

const query = {
  id: ID,
  name: 'New \u001b[2Jpatients',
  registeredQueryType: 'query',
  status: 'enabled',
  frequency: 60,
  duration: 120,
  createdAt: '2026-11-22T08:00:00.000Z',
  metrics: {
    lastExecutionDuration: 15,
    executionSucceededCount: 2,
    executionFailedCount: 1,
    resultSizeSum: 8,
    requestSize: 180,
  },
};

const RESULT = { data: base64('[{"n":9007199254740993}]'), parameters: null, rows: 1, size: 24 };

async function registered(
  args: readonly string[],
  answer: (path: string) => CannedAnswer,
  world: CliWorld = {},
) {
  await using api = await startApiServer(({ path }) => answer(path.slice(PATH.length)));
  const env = { PARHELION_URL: api.url, PARHELION_KEY: 'key-1', PARHELION_SITE: SITE };
  const outcome = await runCli(['registered', ...args], { env, ...world });
  return { ...outcome, requests: api.requests };
}

const CREATE = ['create', 'SELECT 1', '--name=New', '--frequency=60', '--duration=120'];

test('create sends the command with its times, and prints the id', async () => {
  const { requests, stdout, exitCode } = await registered(
    [...CREATE, '--catalogue=Documents', '--param=@a:Int=66'],
    () => ({ status: 202, body: { id: ID } }),
  );
  expect(exitCode).toBe(0);
  expect(stdout).toContain(ID);
  expect(requests[0]).toMatchObject({ method: 'POST', path: PATH });
  expect(requests[0]?.headers['ocp-apim-subscription-key']).toBe('key-1');
  expect(requests[0]?.body).toEqual({
    name: 'New',
    registeredQueryType: 'query',
    frequency: 60,
    duration: 120,
    registerCommand: {
      catalogue: 'Documents',
      command: {
        text: 'SELECT 1',
        executionMode: 'reader',
        type: 'text',
        parameters: [{ name: '@a', type: 'Int', direction: 'input', value: '66' }],
      },
    },
  });
});

test('list prints a line for each', async () => {
  const { requests, stdout } = await registered(['list'], () => ({
    body: { registeredQueries: [query] },
  }));
  expect(requests[0]).toMatchObject({ method: 'GET', path: PATH });
  expect(stdout).toContain(ID);
  expect(stdout).toContain('New \\u001b[2Jpatients');
  expect(stdout).toMatch(/enabled +│ 60 s +│ 120 s/);
});

test('show prints every field, and --json the answer', async () => {
  const answer = () => ({ body: query });
  const { requests, stdout } = await registered(['show', ID.toUpperCase()], answer);
  expect(requests[0]).toMatchObject({ method: 'GET', path: `${PATH}/${ID}` });
  expect(stdout).toMatch(/metrics\.executionFailedCount +│ 1\n/);
  const json = await registered(['show', ID, '--json'], answer);
  expect(JSON.parse(json.stdout)).toEqual(query);
});

test('cancel says that it is done', async () => {
  const { requests, stdout } = await registered(['cancel', ID], () => ({ status: 204 }));
  expect(requests[0]).toMatchObject({ method: 'DELETE', path: `${PATH}/${ID}` });
  expect(stdout).toBe(`The registered query ${ID} is cancelled.\n`);
});

describe('results', () => {
  test.each([
    ['a table', [], '        n\n'],
    ['CSV', ['--csv'], 'n\r\n9007199254740993\r\n'],
    ['JSON, byte for byte', ['--json'], '[{"n":9007199254740993}]'],
  ])('are printed as %s, with every digit', async (_, args, expected) => {
    const { requests, stdout, stderr } = await registered(['results', ID, ...args], () => ({
      body: { ...RESULT, parameters: [{ name: '@total', value: '41' }] },
    }));
    expect(requests[0]).toMatchObject({ method: 'GET', path: `${PATH}/${ID}/results` });
    expect(stdout).toContain(expected);
    expect(stdout).toContain('9007199254740993');
    expect(stdout + stderr).toMatch(/@total.+41/);
    expect(stderr).toMatch(/1 row\n$/);
  });

  test('before the first run: the gateway says so', async () => {
    const { exitCode, stderr } = await registered(['results', ID], () => ({
      status: 404,
      body: { error: { message: 'The server cannot find the requested resource.' } },
    }));
    expect(exitCode).toBe(1);
    expect(stderr).toBe('The server cannot find the requested resource.\n');
  });

  test('--watch prints each new result once, until the query has ended', async () => {
    const steps = [
      query,
      { ...query, lastHash: 'a' },
      { ...query, lastHash: 'a' },
      { ...query, lastHash: 'b', status: 'completed' },
    ];
    const data = ['[{"n":1}]', '[{"n":2}]'];
    const { exitCode, stdout, stderr } = await registered(
      ['results', ID, '--watch', '--json'],
      (path) =>
        path.endsWith('/results')
          ? { body: { ...RESULT, data: base64(data.shift() ?? '') } }
          : { body: steps.shift() },
    );
    expect(exitCode).toBe(0);
    expect(stdout).toBe('[{"n":1}]\n[{"n":2}]\n');
    expect(stderr).toBe('1 row\n1 row\nThe query is completed.\n');
  });

  test('--watch ends at Ctrl-C', async () => {
    const controller = new AbortController();
    const { exitCode } = await registered(
      ['results', ID, '--watch'],
      () => {
        controller.abort();
        return { body: query };
      },
      { signal: controller.signal },
    );
    expect(exitCode).toBe(130);
  });
});

test('a refusal is one sentence', async () => {
  const { exitCode, stdout, stderr } = await registered(['list'], () => ({
    status: 403,
    body: { error: { message: 'Not paired.' } },
  }));
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'Not paired.\n',
  });
});

describe('wrong usage ends with exit code 2 and sends nothing', () => {
  test.each([
    ['no SQL', ['create', '--name=n', '--frequency=60', '--duration=60']],
    ['no name', ['create', 'SELECT 1', '--frequency=60', '--duration=60']],
    ['too often', [...CREATE, '--frequency=0']],
    ['too long', [...CREATE, '--duration=86401']],
    ['a statement without rows', [...CREATE, '--mode=nonQuery']],
    ['no id', ['show', 'all']],
  ])('%s', async (_, args) => {
    const { exitCode, requests } = await registered(args, () => ({ body: {} }));
    expect({ exitCode, requests }).toEqual({ exitCode: 2, requests: [] });
  });
});
