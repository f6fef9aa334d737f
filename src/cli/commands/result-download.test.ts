import { describe, expect, test } from 'vitest';
import { type CannedAnswer, runCli, startApiServer } from '../cli-test-bed.ts';
import {
  ASYNC,
  contractAnswers,
  DONE,
  ID,
  PAGES,
  pageAnswer,
  pageList,
  queryBody,
  ROWS,
  runQuery,
  type Script,
  SITE,
} from './async-test-bed.ts';

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
    const { exitCode, stdout, pausesMs } = await runQuery({ ...DONE, instead }, ASYNC);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: ROWS });
    const seconds = Number(trouble.headers?.['retry-after'] ?? 0);
    for (const ms of pausesMs) expect(ms).toBeGreaterThanOrEqual(Math.max(200, seconds * 1000));
  });

  test('that does not pass ends with how to go on', async () => {
    const instead = { [`GET /${ID}/results/2/stream`]: Array(500).fill(later(503, 30)) };
    const { exitCode, stderr, written } = await runQuery({ ...DONE, instead }, [
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
    const { exitCode, stderr } = await runQuery(DONE, [...ASYNC, '--out=o'], {
      fileError: 'ENOSPC',
    });
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
      'Page 1 has 2 rows, but 3 were announced.',
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
          {
            ...queryBody('successful', 2),
            result: { rows: 3, pages: pageList(PAGES, 2).slice(1) },
          },
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
    const { exitCode, stderr, written } = await runQuery({ ...DONE, ...script }, [
      ...ASYNC,
      '--out=o',
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${sentence}\n`);
    expect(written).toEqual({});
  });
});
