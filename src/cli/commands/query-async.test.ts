import { describe, expect, test } from 'vitest';
import { ASYNC, DONE, ID, PAGES, PATH, queryBody, ROWS, runQuery } from './async-test-bed.ts';

describe('submitting', () => {
  test('the command goes to the async queries of the site, with all its options', async () => {
    const { requests, exitCode } = await runQuery(DONE, [
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
    const { exitCode, stderr, asked } = await runQuery(script, ASYNC);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'Site could not be contacted.\n' });
    expect(asked).toEqual(['POST /async']);
  });
});

describe('rows', () => {
  test('are written one a line, in the order of the pages, with every digit', async () => {
    const { exitCode, stdout, stderr } = await runQuery(DONE, ASYNC);
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
    const { stdout, asked } = await runQuery({ statuses: steps }, ASYNC);
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

  test('of a page that the site writes anew are fetched when it is there again', async () => {
    const replaced = ['[{"n":1}]', ...PAGES.slice(1)];
    const script = {
      statuses: [queryBody('uploading', 1, replaced), queryBody('successful', 2)],
      instead: { [`GET /${ID}/results/1/stream`]: [{ status: 404, body: {} }] },
    };
    const { stdout, exitCode } = await runQuery(script, ASYNC);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: ROWS });
  });

  test('of a later page wait for the page before', async () => {
    const early = queryBody('uploading', 0);
    const second = early.result.pages[1];
    if (second) second.status = 'cached';
    const { stdout } = await runQuery({ statuses: [early, queryBody('successful', 2)] }, ASYNC);
    expect(stdout).toBe(ROWS);
  });

  test('go to a file that stands there only when it is complete', async () => {
    const { stdout, written } = await runQuery(DONE, [...ASYNC, '--out', 'rows.ndjson']);
    expect(stdout).toBe('');
    expect(written).toEqual({ 'rows.ndjson': ROWS });
  });

  test('can be one JSON array', async () => {
    const { stdout } = await runQuery(DONE, [...ASYNC, '--json']);
    expect(stdout).toBe(`[${ROWS.trimEnd().replaceAll('\n', '\n,')}\n]\n`);
    expect(JSON.parse(stdout)).toHaveLength(3);
    const none = { statuses: [queryBody('successful', 1, ['[]'])], texts: ['[]'] };
    expect((await runQuery(none, [...ASYNC, '--json'])).stdout).toBe('[]\n');
  });

  test('can be CSV, with one header for all pages', async () => {
    const { stdout } = await runQuery(DONE, [...ASYNC, '--csv']);
    expect(stdout).toBe(
      'n,t\r\n9007199254740993,"a,b"\r\n1.50,\r\n-12345678901234567890.10,"},{""\\"\r\n',
    );
  });

  test('none: an empty file', async () => {
    const none = { statuses: [queryBody('successful', 1, ['[]'])], texts: ['[]'] };
    const { written, stderr } = await runQuery(none, [...ASYNC, '--out', 'o']);
    expect(written).toEqual({ o: '' });
    expect(stderr).toContain('0 rows (2 bytes, 1 page) in');
  });

  test('cannot drive the terminal', async () => {
    const texts = ['[{"a":"\u009b31m"}]'];
    const script = { statuses: [queryBody('successful', 1, texts)], texts };
    const { stdout } = await runQuery(script, ASYNC, { columns: 80 });
    expect(stdout).toBe('{"a":"\\u009b31m"}\n');
  });

  test('that nobody reads are not fetched to the end', async () => {
    const { exitCode, asked, stderr } = await runQuery(DONE, ASYNC, { maxWrites: 0 });
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
    const { stdout, stderr } = await runQuery(script, [...ASYNC, '--param=@total:Int:output']);
    expect(stdout).toBe(ROWS);
    expect(stderr).toContain('\n@total = 41\n3 rows');
  });

  const changed = {
    statuses: [{ mode: 'async', status: 'successful', result: { rowsAffected: 3 } }],
  };

  test('a statement without rows tells how many it changed, and makes no file', async () => {
    const args = [...ASYNC, '--mode=nonQuery', '--out=o'];
    const { exitCode, stdout, stderr, written } = await runQuery(changed, args);
    expect({ exitCode, stdout, written }).toEqual({ exitCode: 0, stdout: '', written: {} });
    expect(stderr).toMatch(/\n3 rows affected in \d+ ms\n$/);
  });

  test('and its parameters', async () => {
    const script = { ...changed, instead: lastPage(1, { parameters }) };
    const { stdout } = await runQuery(script, ['--resume', ID, '--json']);
    expect(JSON.parse(stdout)).toEqual({ rowsAffected: 3, parameters });
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
    const { exitCode, stderr, written } = await runQuery(
      { statuses: [{ mode: 'async', status, ...more }] },
      [...ASYNC, '--out=o'],
    );
    expect({ exitCode, written }).toEqual({ exitCode: 1, written: {} });
    expect(stderr).toBe(`Query ${ID} is accepted.\n${sentence}\n`);
  });
});

describe('--resume', () => {
  test('fetches all rows of an earlier query and sends no command', async () => {
    const { stdout, asked } = await runQuery(DONE, ['--resume', ID.toUpperCase()]);
    expect(stdout).toBe(ROWS);
    expect(asked.every((line) => line.startsWith(`GET /${ID}`))).toBe(true);
  });

  test('of rows that are gone says so', async () => {
    const gone = { status: 410, body: { error: { message: 'Permanently no longer available.' } } };
    const instead = { [`GET /${ID}/results/1/stream`]: [gone] };
    const { exitCode, stderr } = await runQuery({ ...DONE, instead }, ['--resume', ID]);
    const expected = { exitCode: 1, stderr: 'Permanently no longer available.\n' };
    expect({ exitCode, stderr }).toEqual(expected);
  });

  test('of an immediate query is refused', async () => {
    const script = { statuses: [{ mode: 'immediate', status: 'successful', result: {} }] };
    const { stderr } = await runQuery(script, ['--resume', ID]);
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
    const { exitCode, asked } = await runQuery(DONE, args);
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
    const { stderr } = await runQuery({ statuses: steps }, [...ASYNC, '--out=o'], {
      isStderrTty: true,
    });
    const shown = stderr.split('\r\u001b[2K');
    expect(shown).toContain('queued');
    expect(shown).toContain('uploading · 2 rows, 54 bytes, page 1 of 2');
    expect(shown.at(-1)).toMatch(/^3 rows/);
  });

  test('is not shown where no terminal is', async () => {
    const { stderr } = await runQuery({ statuses: [queryBody('successful', 2)] }, ASYNC);
    expect(stderr).not.toContain('\u001b');
  });
});
