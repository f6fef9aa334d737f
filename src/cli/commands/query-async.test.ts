import { describe, expect, test } from 'vitest';
import {
  type CannedAnswer,
  type CliWorld,
  type ReceivedRequest,
  runCli,
  startApiServer,
} from '../cli-test-bed.ts';

const SITE = '0199b1c0-0000-7000-8000-000000000001';
const ID = '0199b1c0-0000-7000-8000-00000000000a';
const PATH = `/integrator/sites/${SITE}/queries`;

const PAGES = [
  '[{"n":9007199254740993,"t":"a,b"},{"n":1.50,"t":null}]',
  '[{"n":-12345678901234567890.10,"t":"},{\\"\\\\"}]',
];
const ROWS = [
  '{"n":9007199254740993,"t":"a,b"}\n',
  '{"n":1.50,"t":null}\n',
  '{"n":-12345678901234567890.10,"t":"},{\\"\\\\"}\n',
].join('');

const countOf = (page: string) => (JSON.parse(page) as unknown[]).length;

function pageList(texts: readonly string[], cached: number) {
  let next = 0;
  return texts.map((text, at) => {
    const count = countOf(text);
    const rows = { count, rangeStart: next, rangeEnd: next + count - 1 };
    next += count;
    const status = at < cached ? 'cached' : 'uploading';
    return { pageNumber: at + 1, status, size: Buffer.byteLength(text), rows };
  });
}

/** The query object with so many of the pages cached. */
function queryBody(status: string, cached = 0, texts: readonly string[] = PAGES) {
  const pages = pageList(texts, cached);
  const rows = texts.reduce((sum, text) => sum + countOf(text), 0);
  const metrics = { sqlExecutionDuration: 3.4 };
  return { id: ID, mode: 'async', status, metrics, result: { rows, size: 9, pages } };
}

function pageAnswer(number: number, texts: readonly string[] = PAGES): CannedAnswer {
  const text = texts[number - 1] ?? '';
  const { rows } = pageList(texts, 0)[number - 1] ?? {};
  return {
    text,
    headers: {
      Size: String(Buffer.byteLength(text)),
      'Rows-Count': String(rows?.count),
      'Rows-Range-Start': String(rows?.rangeStart),
      'Rows-Range-End': String(rows?.rangeEnd),
    },
  };
}

interface Script {
  /** Bodies or answers of the status route, one after the other; the last one stays. */
  readonly statuses: readonly (object | CannedAnswer)[];
  readonly texts?: readonly string[];
  /** What stands in for an answer, by the key `METHOD path-below-the-queries`, each once. */
  readonly instead?: Record<string, (CannedAnswer | undefined)[]>;
}

/** Answers as the contract has it for one async query. */
function contractAnswers({ statuses, texts = PAGES, instead = {} }: Script) {
  const left = [...statuses];
  return ({ method, path }: ReceivedRequest): CannedAnswer | undefined => {
    const below = path.slice(PATH.length);
    const substitutes = instead[`${method} ${below}`];
    if (substitutes && substitutes.length > 0) return substitutes.shift();
    if (method === 'POST' && below === '/async') return { status: 201, body: { id: ID } };
    const page = /\/results\/(\d+)\/stream$/.exec(below)?.[1];
    if (page !== undefined) return pageAnswer(Number(page), texts);
    const [now] = left;
    if (left.length > 1) left.shift();
    return now && 'status' in now && typeof now.status === 'number' ? now : { body: now };
  };
}

const DONE: Script = { statuses: [queryBody('successful', 2)] };

async function run(script: Script, args: string[], world: CliWorld = {}) {
  await using api = await startApiServer(contractAnswers(script));
  const env = { PARHELION_URL: api.url, PARHELION_KEY: 'key-1', PARHELION_SITE: SITE };
  const written: Record<string, string> = {};
  const pausesMs: number[] = [];
  const outcome = await runCli(['query', ...args], { env, written, pausesMs, ...world });
  const asked = api.requests.map(({ method, path }) => `${method} ${path.slice(PATH.length)}`);
  return { ...outcome, written, pausesMs, asked, requests: api.requests, url: api.url };
}

const ASYNC = ['--async', 'SELECT 1'];

describe('submitting', () => {
  test('the command goes to the async queries of the site, with all its options', async () => {
    const { requests, exitCode } = await run(DONE, [
      ...ASYNC,
      '--max-time-in-queue=7200000',
      '--catalogue=Documents',
      '--mode=scalar',
      '--param=@a:Int=66',
    ]);
    expect(exitCode).toBe(0);
    expect(requests[0]).toMatchObject({ method: 'POST', path: `${PATH}/async` });
    expect(requests[0]?.headers['ocp-apim-subscription-key']).toBe('key-1');
    expect(requests[0]?.body).toEqual({
      maxTimeInQueue: 7_200_000,
      catalogue: 'Documents',
      command: {
        text: 'SELECT 1',
        executionMode: 'scalar',
        type: 'text',
        parameters: [{ name: '@a', type: 'Int', direction: 'input', value: '66' }],
      },
    });
  });

  test('is never repeated, whatever the answer: the query might run twice', async () => {
    const busy = { status: 503, body: { error: { message: 'Site could not be contacted.' } } };
    const script = { ...DONE, instead: { 'POST /async': [busy] } };
    const { exitCode, stderr, asked } = await run(script, ASYNC);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'Site could not be contacted.\n' });
    expect(asked).toEqual(['POST /async']);
  });
});

describe('rows', () => {
  test('are written one a line, in the order of the pages, with every digit', async () => {
    const { exitCode, stdout, stderr } = await run(DONE, ASYNC);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(ROWS);
    expect(stderr).toMatch(
      new RegExp(`^Query ${ID} is accepted.\n3 rows \\(\\d+ bytes, 2 pages\\) in \\d+ ms \\(data`),
    );
  });

  test('of a page are fetched as soon as it is cached, and each page once', async () => {
    const steps = [
      { id: ID, mode: 'async', status: 'initialising' },
      queryBody('executing', 1),
      queryBody('uploading', 1),
      queryBody('successful', 2),
    ];
    const { stdout, asked } = await run({ statuses: steps }, ASYNC);
    expect(stdout).toBe(ROWS);
    expect(asked).toEqual([
      'POST /async',
      `GET /${ID}`,
      `GET /${ID}`,
      `GET /${ID}/results/1/stream`,
      `GET /${ID}`,
      `GET /${ID}`,
      `GET /${ID}/results/2/stream`,
    ]);
  });

  test('of a later page wait for the page before', async () => {
    const early = queryBody('uploading', 0);
    const second = early.result.pages[1];
    if (second) second.status = 'cached';
    const { stdout } = await run({ statuses: [early, queryBody('successful', 2)] }, ASYNC);
    expect(stdout).toBe(ROWS);
  });

  test('go to a file that stands there only when it is complete', async () => {
    const { stdout, written } = await run(DONE, [...ASYNC, '--out', 'rows.ndjson']);
    expect(stdout).toBe('');
    expect(written).toEqual({ 'rows.ndjson': ROWS });
  });

  test('can be one JSON array', async () => {
    const { stdout } = await run(DONE, [...ASYNC, '--json']);
    expect(stdout).toBe(`[${ROWS.trimEnd().replaceAll('\n', '\n,')}\n]\n`);
    expect(JSON.parse(stdout)).toHaveLength(3);
    const none = { statuses: [queryBody('successful', 1, ['[]'])], texts: ['[]'] };
    expect((await run(none, [...ASYNC, '--json'])).stdout).toBe('[]\n');
  });

  test('can be CSV, with one header for all pages', async () => {
    const { stdout } = await run(DONE, [...ASYNC, '--csv']);
    expect(stdout).toBe(
      'n,t\r\n9007199254740993,"a,b"\r\n1.50,\r\n-12345678901234567890.10,"},{""\\"\r\n',
    );
  });

  test('none: an empty file', async () => {
    const none = { statuses: [queryBody('successful', 1, ['[]'])], texts: ['[]'] };
    const { written, stderr } = await run(none, [...ASYNC, '--out', 'o']);
    expect(written).toEqual({ o: '' });
    expect(stderr).toContain('0 rows (2 bytes, 1 page) in');
  });

  test('cannot drive the terminal', async () => {
    const texts = ['[{"a":"\u009b31m"}]'];
    const script = { statuses: [queryBody('successful', 1, texts)], texts };
    const { stdout } = await run(script, ASYNC, { columns: 80 });
    expect(stdout).toBe('{"a":"\\u009b31m"}\n');
  });

  test('that nobody reads are not fetched to the end', async () => {
    const { exitCode, asked, stderr } = await run(DONE, ASYNC, { maxWrites: 0 });
    expect(exitCode).toBe(0);
    expect(asked.at(-1)).toBe(`GET /${ID}/results/1/stream`);
    expect(stderr).toBe(`Query ${ID} is accepted.\n`);
  });
});

describe('what is not rows', () => {
  const parameters = [{ name: '@total', value: '41' }];
  const lastPage = (page: number, body: object) => ({
    [`GET /${ID}/results/${page}`]: [{ body }],
  });

  test('output parameters come with the last page', async () => {
    const script = { ...DONE, instead: lastPage(2, { data: '', parameters }) };
    const { stdout, stderr } = await run(script, [...ASYNC, '--param=@total:Int:output']);
    expect(stdout).toBe(ROWS);
    expect(stderr).toContain('\n@total = 41\n3 rows');
  });

  const changed = {
    statuses: [{ mode: 'async', status: 'successful', result: { rowsAffected: 3 } }],
  };

  test('a statement without rows tells how many it changed, and makes no file', async () => {
    const args = [...ASYNC, '--mode=nonQuery', '--out=o'];
    const { exitCode, stdout, stderr, written } = await run(changed, args);
    expect({ exitCode, stdout, written }).toEqual({ exitCode: 0, stdout: '', written: {} });
    expect(stderr).toMatch(/\n3 rows affected in \d+ ms\n$/);
  });

  test('and its parameters', async () => {
    const script = { ...changed, instead: lastPage(1, { parameters }) };
    const { stdout } = await run(script, ['--resume', ID, '--json']);
    expect(JSON.parse(stdout)).toEqual({ rowsAffected: 3, parameters });
  });
});

const later = (status: number, seconds: number): CannedAnswer => ({
  status,
  headers: { 'retry-after': String(seconds) },
  body: { error: { message: 'Not now.' } },
});

describe('trouble on the way', () => {
  test.each<[string, CannedAnswer]>([
    ['429 with a time', later(429, 7)],
    ['503 with a time', later(503, 7)],
    ["a proxy's own page", { status: 502, text: '<html>Bad Gateway</html>' }],
    ['a line that goes dead', { ...pageAnswer(1), isCut: true }],
    ['half a page', { ...pageAnswer(1), text: '[{"n":9007199254740993,"t":"a,b"}]' }],
  ])('is waited out, and no row is lost or doubled: %s', async (_, trouble) => {
    const polls = [trouble, trouble].filter(({ headers }) => !headers?.['Size']);
    const instead = {
      [`GET /${ID}`]: polls,
      [`GET /${ID}/results/1/stream`]: [trouble, trouble],
      [`GET /${ID}/results/2/stream`]: polls.slice(1),
    };
    const { exitCode, stdout, pausesMs } = await run({ ...DONE, instead }, ASYNC);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: ROWS });
    const seconds = Number(trouble.headers?.['retry-after'] ?? 0);
    for (const ms of pausesMs) expect(ms).toBeGreaterThanOrEqual(Math.max(200, seconds * 1000));
  });

  test('that does not pass ends with how to go on', async () => {
    const instead = { [`GET /${ID}/results/2/stream`]: Array(500).fill(later(503, 30)) };
    const { exitCode, stderr, written } = await run({ ...DONE, instead }, [
      ...ASYNC,
      '--csv',
      '--out=my rows.csv',
    ]);
    expect(exitCode).toBe(1);
    expect(written).toEqual({});
    expect(stderr).toContain('Not now. The query itself is not affected.');
    expect(stderr).toContain(`parhelion query --resume ${ID} --out 'my rows.csv' --csv\n`);
  });

  test('Ctrl-C says how to fetch the rows later', async () => {
    const controller = new AbortController();
    const script = { statuses: [queryBody('executing')] };
    const answer = contractAnswers(script);
    await using api = await startApiServer((request) => {
      if (request.method === 'GET') controller.abort();
      return answer(request);
    });
    const options = ['--url', api.url, '--key', 'secret-key', '--site', SITE];
    const { exitCode, stderr } = await runCli(['query', ...ASYNC, ...options], {
      signal: controller.signal,
    });
    expect(exitCode).toBe(130);
    expect(stderr).toContain(`parhelion query --resume ${ID} --url ${api.url} --site ${SITE}\n`);
    expect(stderr).not.toContain('secret-key');
  });

  test('a disk that is full', async () => {
    const { exitCode, stderr } = await run(DONE, [...ASYNC, '--out=o'], { fileError: 'ENOSPC' });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('The file o cannot be written (ENOSPC).');
    expect(stderr).toContain(`--resume ${ID} --out o`);
  });
});

describe('an answer that does not hold what it announces is refused', () => {
  const headers = pageAnswer(1).headers ?? {};
  const stream = `GET /${ID}/results/1/stream`;

  test.each<[string, Partial<Script>, string]>([
    [
      'a count',
      { instead: { [stream]: [{ ...pageAnswer(1), headers: { ...headers, 'Rows-Count': '3' } }] } },
      'Page 1 has 2 rows, but 3 and 2 announced.',
    ],
    [
      'a range',
      {
        instead: {
          [stream]: [{ ...pageAnswer(1), headers: { ...headers, 'Rows-Range-Start': '1' } }],
        },
      },
      'Page 1 does not begin behind the last row of the page before.',
    ],
    [
      'no rows at all',
      { instead: { [stream]: [{ ...pageAnswer(1), text: '{'.padEnd(PAGES[0]?.length ?? 0) }] } },
      'Page 1 of the result cannot be read.',
    ],
    [
      'a page missing',
      {
        statuses: [
          { ...queryBody('successful', 2), result: { pages: pageList(PAGES, 2).slice(1) } },
        ],
      },
      'The result has 1 pages, but 0 could be found in order.',
    ],
    [
      'rows missing',
      {
        statuses: [
          { ...queryBody('successful', 2), result: { rows: 4, pages: pageList(PAGES, 2) } },
        ],
      },
      'The result has 4 rows, but its pages have 3.',
    ],
  ])('%s', async (_, script, sentence) => {
    const { exitCode, stderr, written } = await run({ ...DONE, ...script }, [...ASYNC, '--out=o']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${sentence}\n`);
    expect(written).toEqual({});
  });
});

describe('queries that fail', () => {
  const details = { errorType: 'mssql', errorCode: 208, errorMessage: "Invalid object name 'x'." };

  test.each<[string, object, string]>([
    ['executionFailed', { errorDetails: details }, "Msg 208: Invalid object name 'x'."],
    [
      'uploadFailed',
      { errorDetails: { ...details, errorType: 'http' } },
      "Invalid object name 'x'.",
    ],
    ['expiredInQueue', {}, 'The site did not start the query within its time in the queue.'],
    ['initialisationFailedSiteOffline', {}, 'The site went offline before it took the query.'],
    ['initialisationFailedSiteUnreachable', {}, 'The site fell silent before it took the query.'],
    ['initialisationFailedCacheError', {}, 'The gateway could not keep the query.'],
    ['somethingNew', {}, 'The query ended as somethingNew.'],
  ])('%s', async (status, more, sentence) => {
    const { exitCode, stderr, written } = await run(
      { statuses: [{ mode: 'async', status, ...more }] },
      [...ASYNC, '--out=o'],
    );
    expect({ exitCode, written }).toEqual({ exitCode: 1, written: {} });
    expect(stderr).toBe(`Query ${ID} is accepted.\n${sentence}\n`);
  });
});

describe('--resume', () => {
  test('fetches all rows of an earlier query and sends no command', async () => {
    const { stdout, asked } = await run(DONE, ['--resume', ID.toUpperCase()]);
    expect(stdout).toBe(ROWS);
    expect(asked.every((line) => line.startsWith(`GET /${ID}`))).toBe(true);
  });

  test('of rows that are gone says so', async () => {
    const gone = { status: 410, body: { error: { message: 'Permanently no longer available.' } } };
    const instead = { [`GET /${ID}/results/1/stream`]: [gone] };
    const { exitCode, stderr } = await run({ ...DONE, instead }, ['--resume', ID]);
    const expected = { exitCode: 1, stderr: 'Permanently no longer available.\n' };
    expect({ exitCode, stderr }).toEqual(expected);
  });

  test('of an immediate query is refused', async () => {
    const script = { statuses: [{ mode: 'immediate', status: 'successful', result: {} }] };
    const { stderr } = await run(script, ['--resume', ID]);
    expect(stderr).toBe('Only async queries can be fetched again.\n');
  });

  test.each([
    ['no id', ['--resume', 'last']],
    ['SQL', ['--resume', ID, 'SELECT 1']],
    ['a file of SQL', ['--resume', ID, '--file', 'q.sql']],
    ['a mode', ['--resume', ID, '--mode', 'scalar']],
    ['--async', ['--resume', ID, '--async']],
    ['a file without --async', ['SELECT 1', '--out', 'o']],
    ['a longer queue without --async', ['SELECT 1', '--max-time-in-queue', '60001']],
    ['too long a queue', [...ASYNC, '--max-time-in-queue', '7200001']],
  ])('wrong usage ends with exit code 2: %s', async (_, args) => {
    const { exitCode, asked } = await run(DONE, args);
    expect({ exitCode, asked }).toEqual({ exitCode: 2, asked: [] });
  });
});

describe('progress', () => {
  test('is one line of a terminal that is gone in the end', async () => {
    const steps = [
      { mode: 'async', status: 'queued' },
      queryBody('uploading', 1),
      queryBody('successful', 2),
    ];
    const { stderr } = await run({ statuses: steps }, [...ASYNC, '--out=o'], { isStderrTty: true });
    const shown = stderr.split('\r\u001b[2K');
    expect(shown).toContain('queued');
    expect(shown).toContain('uploading · 2 rows, 54 bytes, page 1 of 2');
    expect(shown.at(-1)).toMatch(/^3 rows/);
  });

  test('is not shown where no terminal is', async () => {
    const { stderr } = await run({ statuses: [queryBody('successful', 2)] }, ASYNC);
    expect(stderr).not.toContain('\u001b');
  });
});
