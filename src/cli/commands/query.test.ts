import { describe, expect, test } from 'vitest';
import { type CannedAnswer, type CliWorld, runCli, startApiServer } from '../cli-test-bed.ts';

const SITE = '0199b1c0-0000-7000-8000-000000000001';
const PATH = `/integrator/sites/${SITE}/queries/immediate`;

const base64 = (content: string | Uint8Array) => Buffer.from(content as string).toString('base64');

function rowsAnswer(json: string, rows: number, more: object = {}): CannedAnswer {
  return {
    body: {
      id: SITE,
      status: 'successful',
      metrics: { sqlExecutionDuration: 3.4 },
      result: { rows, size: json.length, data: base64(json), ...more },
    },
  };
}

async function query(answer: CannedAnswer, args: string[] = [], world: CliWorld = {}) {
  await using api = await startApiServer(() => answer);
  const env = { PARHELION_URL: api.url, PARHELION_KEY: 'key-1', PARHELION_SITE: SITE };
  const outcome = await runCli(['query', 'SELECT 1', ...args], { env, ...world });
  return { ...outcome, requests: api.requests, url: api.url };
}

const LOSSLESS = '[{"big":9007199254740993,"exact":12345678901234567890.1234567890,"t":"x"}]';

describe('what is sent', () => {
  test('the command goes to the immediate queries of the site, with the key', async () => {
    const { requests } = await query(rowsAnswer('[]', 0));
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', path: PATH });
    expect(requests[0]?.headers['ocp-apim-subscription-key']).toBe('key-1');
    expect(requests[0]?.body).toEqual({
      command: { text: 'SELECT 1', executionMode: 'reader', type: 'text', parameters: [] },
    });
  });

  test('all options reach the body', async () => {
    const { requests } = await query(rowsAnswer('[]', 0), [
      '--mode=scalar',
      '--procedure',
      '--catalogue=BPSDocs',
      '--max-time-in-queue=0',
      '--param=@a:Int=66',
      '--param=@out:NVarChar(40):output',
    ]);
    expect(requests[0]?.body).toEqual({
      maxTimeInQueue: 0,
      catalogue: 'BPSDocs',
      command: {
        text: 'SELECT 1',
        executionMode: 'scalar',
        type: 'storedProcedure',
        parameters: [
          { name: '@a', type: 'Int', direction: 'input', value: '66' },
          { name: '@out', type: 'NVarChar', direction: 'output', size: 40 },
        ],
      },
    });
  });

  test.each([
    ['a file', ['--file', 'q.sql'], { files: { 'q.sql': '\ufeffSELECT 2' } }],
    ['standard input as argument', ['-'], { stdin: 'SELECT 2' }],
    ['standard input as file', ['--file', '-'], { stdin: 'SELECT 2' }],
  ])('the SQL can come from %s', async (_, args, world) => {
    await using api = await startApiServer(() => rowsAnswer('[]', 0));
    const env = { PARHELION_URL: `${api.url}/`, PARHELION_KEY: 'k', PARHELION_SITE: SITE };
    const { exitCode } = await runCli(['query', ...args], { env, ...world });
    expect(exitCode).toBe(0);
    expect(api.requests[0]).toMatchObject({ path: PATH, body: { command: { text: 'SELECT 2' } } });
  });
});

describe('what is printed', () => {
  test('a table on stdout, the count and times on stderr', async () => {
    const { exitCode, stdout, stderr } = await query(
      rowsAnswer('[{"Id":7,"Name":"Ng","Seen":null},{"Id":12,"Name":"NULL","Seen":true}]', 2),
    );
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toEqual([
      ' Id │ Name │ Seen',
      '────┼──────┼────────',
      '  7 │ Ng   │ <NULL>',
      ' 12 │ NULL │ true',
      '',
    ]);
    expect(stderr).toMatch(/^2 rows in \d+ ms \(database 3 ms\)\n$/);
  });

  test.each([
    ['table', [], ['9007199254740993', '12345678901234567890.1234567890']],
    ['csv', ['--csv'], ['9007199254740993,12345678901234567890.1234567890,x']],
  ])('%s keeps every digit', async (_, args, expected) => {
    const { stdout } = await query(rowsAnswer(LOSSLESS, 1), args);
    for (const part of expected) expect(stdout).toContain(part);
  });

  test('a narrow terminal cuts texts, never numbers', async () => {
    const json = `[{"n":12345678901234567890,"long":"${'word '.repeat(40)}"}]`;
    const { stdout } = await query(rowsAnswer(json, 1), [], { columns: 50 });
    expect(stdout).toContain('12345678901234567890 │ word word');
    expect(stdout).toContain('…');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(50);
  });

  test('--json prints the rows byte for byte', async () => {
    const json = '[ {"b":1.50,\n "2":"é\\u00e9/\u{1f600}\u009b", "1":null} ]';
    const { stdout, stderr } = await query(rowsAnswer(json, 1), ['--json']);
    expect(stdout).toBe(json);
    expect(stderr).toMatch(/^1 row in/);
  });

  test('--csv quotes as RFC 4180 asks, and tells NULL from an empty text', async () => {
    const json = '[{"a,b":"say \\"hi\\"","2":null,"1":""},{"a,b":"x\\r\\ny","2":false,"1":"z"}]';
    const { stdout } = await query(rowsAnswer(json, 2), ['--csv']);
    expect(stdout).toBe('"a,b",2,1\r\n"say ""hi""",,""\r\n"x\r\ny",false,z\r\n');
  });

  test('columns keep their order, whatever their names', async () => {
    const { stdout } = await query(
      rowsAnswer('[{"b\\"{,:":1,"2024":"a}\\\\","2023":null,"__proto__":4}]', 1),
      ['--csv'],
    );
    expect(stdout).toBe('"b""{,:",2024,2023,__proto__\r\n1,a}\\,,4\r\n');
  });

  test.each([
    ['table', []],
    ['json', ['--json']],
    ['csv', ['--csv']],
  ])('control characters never reach a terminal: %s', async (_, args) => {
    const raw = '[{"a\\u001b[2J":"\\u001b]0;owned\\u0007\u009b31m\u202e\u007f\\rx"}]';
    const { stdout } = await query(rowsAnswer(raw, 1), args, { columns: 100 });
    expect(stdout).toContain('\\u001b');
    expect(stdout.replaceAll(/\r?\n/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });

  test('JSON on a terminal is still the same JSON', async () => {
    const { stdout } = await query(rowsAnswer('[{"a":"\u009b31m"}]', 1), ['--json'], {
      columns: 80,
    });
    expect(JSON.parse(stdout)).toEqual([{ a: '\u009b31m' }]);
  });

  test('rows too wide for the terminal stand as blocks', async () => {
    const row = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`Column${at}`, `value ${at} ${'x'.repeat(50)}`]),
    );
    const { stdout } = await query(rowsAnswer(JSON.stringify([row, row]), 2), [], {
      columns: 60,
    });
    expect(stdout).toMatch(/^── row 1 ──\nColumn0 {2}│ value 0 x+…\n/);
    expect(stdout).toContain('── row 2 ──\n');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  });

  const parameters = [
    { name: '@total', value: '41' },
    { name: '@gone', value: null },
  ];

  test('output parameters follow the rows', async () => {
    const { stdout } = await query(rowsAnswer('[{"a":1}]', 1, { parameters }));
    const [rows, params] = stdout.split('Parameter');
    expect(rows).toContain('1');
    expect(params).toMatch(/@total +│ 41[^]*@gone +│ <NULL>/);
  });

  test('output parameters leave JSON and CSV alone', async () => {
    const { stdout, stderr } = await query(rowsAnswer('[{"a":1}]', 1, { parameters }), ['--csv']);
    expect(stdout).toBe('a\r\n1\r\n');
    expect(stderr).toContain('@total = 41\n@gone = <NULL>\n1 row');
  });

  test('a statement without rows tells how many it changed', async () => {
    const answer = { body: { result: { rowsAffected: 3, size: 0 } } };
    const plain = await query(answer, ['--mode', 'nonQuery']);
    expect(plain).toMatchObject({ exitCode: 0, stdout: '' });
    expect(plain.stderr).toMatch(/^3 rows affected in \d+ ms\n$/);
    const json = await query(answer, ['--mode', 'nonQuery', '--json']);
    expect(JSON.parse(json.stdout)).toEqual({ rowsAffected: 3, size: 0 });
  });

  test.each([
    ['table', []],
    ['csv', ['--csv']],
  ])('no rows print nothing: %s', async (_, args) => {
    const { stdout, stderr } = await query(rowsAnswer('[]', 0), args);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^0 rows in/);
  });
});

const envelope = (status: number, message: string): CannedAnswer => ({
  status,
  body: { error: { status, statusText: 'x', message } },
});

const failed = (status: number, errorType: string, errorCode: number, errorMessage: string) => ({
  status,
  body: {
    id: SITE,
    status: 'executionFailed',
    errorDetails: { errorType, errorCode, errorMessage },
  },
});

describe('failures end with one sentence and exit code 1', () => {
  test.each<[string, CannedAnswer, string]>([
    [
      'SQL Server',
      failed(400, 'mssql', 208, "Invalid object name 'x'."),
      "Msg 208: Invalid object name 'x'.",
    ],
    [
      'Firebird',
      failed(400, 'fbsql', 335544569, 'Dynamic SQL Error'),
      'Firebird 335544569: Dynamic SQL Error',
    ],
    ['the link', failed(504, 'haloLink', 1005, 'Site is unreachable.'), 'Site is unreachable.'],
    ['a result too large', failed(413, 'http', 413, 'Result too large.'), 'Result too large.'],
    [
      'escapes in a message',
      failed(400, 'mssql', 50000, 'a\u001b[2J\nb'),
      'Msg 50000: a\\u001b[2J\\nb',
    ],
    [
      '401',
      envelope(401, 'Access denied due to invalid subscription key.'),
      'Access denied due to invalid subscription key.',
    ],
    ['503', envelope(503, 'Site could not be contacted.'), 'Site could not be contacted.'],
    [
      'an error without message',
      { status: 502, body: {} },
      'The gateway answered HTTP 502 Bad Gateway.',
    ],
    [
      'rows that are no UTF-8',
      { body: { result: { rows: 1, data: base64(Uint8Array.of(0xff)) } } },
      'The gateway sent rows that are not UTF-8.',
    ],
    [
      'rows of another shape',
      rowsAnswer('[{"a":{"b":1}}]', 1),
      'The gateway sent rows that cannot be read; --json shows them as they came.',
    ],
    [
      'another API',
      { body: { hello: 1 } },
      'The gateway sent an answer that this version of parhelion does not understand.',
    ],
  ])('%s', async (_, answer, sentence) => {
    const { exitCode, stdout, stderr } = await query(answer);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `${sentence}\n`,
    });
  });

  test('a page that is not JSON names the address', async () => {
    const { exitCode, stderr, url } = await query({ text: '<html>' });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: `What answers at ${url} is not a gateway (HTTP 200, not JSON).\n`,
    });
  });

  test('a redirect is not followed, so that the key stays where it was sent', async () => {
    await using other = await startApiServer(() => ({ body: {} }));
    const { exitCode, stderr, url } = await query({
      status: 307,
      headers: { location: `${other.url}/` },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toBe(`${url} redirects elsewhere (HTTP 307): give the final address.\n`);
    expect(other.requests).toEqual([]);
  });

  test('no gateway there: the address is named', async () => {
    const api = await startApiServer(() => undefined);
    await api[Symbol.asyncDispose]();
    const { exitCode, stderr } = await runCli([
      'query',
      'SELECT 1',
      '--url',
      api.url,
      '--key',
      'k',
      '--site',
      SITE,
    ]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: `No gateway is running at ${api.url}.\n`,
    });
  });

  test('Ctrl-C ends a waiting query silently', async () => {
    const controller = new AbortController();
    await using api = await startApiServer(() => {
      controller.abort();
      return undefined;
    });
    const outcome = await runCli(
      ['query', 'SELECT 1', '--url', api.url, '--key', 'k', '--site', SITE],
      { signal: controller.signal },
    );
    expect(outcome).toEqual({ exitCode: 130, stdout: '', stderr: '' });
  });
});

describe('wrong usage ends with exit code 2 and sends nothing', () => {
  test.each([
    ['no SQL', ['query']],
    ['SQL twice', ['query', 'SELECT 1', '--file', 'q.sql']],
    ['two formats', ['query', 'SELECT 1', '--json', '--csv']],
    ['unknown mode', ['query', 'SELECT 1', '--mode', 'all']],
    ['unknown option', ['query', 'SELECT 1', '--fast']],
    ['parameter without @', ['query', 'SELECT 1', '--param', 'a:Int=1']],
    ['parameter without type', ['query', 'SELECT 1', '--param', '@a=1']],
    ['unknown direction', ['query', 'SELECT 1', '--param', '@a:Int:sideways']],
    ['output with a value', ['query', 'SELECT 1', '--param', '@a:Int:output=3']],
    ['queue time of words', ['query', 'SELECT 1', '--max-time-in-queue', 'soon']],
    ['queue time too long', ['query', 'SELECT 1', '--max-time-in-queue', '60001']],
    ['address of another kind', ['query', 'SELECT 1', '--url', 'ftp://x']],
    ['address with a password', ['query', 'SELECT 1', '--url', 'http://me:secret@x']],
  ])('%s', async (_, args) => {
    const { exitCode, stdout, stderr } = await runCli(args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
    expect(stderr).not.toContain('secret');
  });

  test('a file that does not exist', async () => {
    const outcome = await runCli(['query', '--file', 'missing.sql']);
    expect(outcome).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'The file missing.sql cannot be read.\n',
    });
  });
});
