import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandParameter } from '../src/protocol/command.ts';
import { dataOf, queryOf, rowsOf } from './support/query-client.ts';
import { type System, startSystem } from './support/system.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

const run = (...query: Parameters<System['queries']['run']>) => system.queries.run(...query);

describe('execution modes', () => {
  test('a reader answers with the rows, in select order', async () => {
    const answer = await run('SELECT InternalID, Surname FROM Patients WHERE InternalID = 1');
    expect(answer.status).toBe(200);
    expect(Object.keys(rowsOf(answer)[0] ?? {})).toEqual(['InternalID', 'Surname']);
    expect(queryOf(answer)).toMatchObject({ mode: 'immediate', status: 'successful' });
    expect(queryOf(answer).result?.rows).toBe(1);
  });

  test('a nonQuery answers with the number of rows and no data', async () => {
    const answer = await system.queries.nonQuery(
      "UPDATE Patients SET Middlename = 'Quincy' WHERE InternalID IN (2, 3)",
    );
    expect(answer.status).toBe(200);
    expect(queryOf(answer).result).toEqual({ rowsAffected: 2, size: 0 });
    expect(
      await system.queries.scalar('SELECT Middlename FROM Patients WHERE InternalID = 3'),
    ).toBe('Quincy');
  });

  test('a scalar answers with one row of one column', async () => {
    const answer = await run({
      command: {
        text: 'SELECT InternalID, Surname FROM Patients WHERE InternalID <= 5 ORDER BY InternalID',
        executionMode: 'scalar',
      },
    });
    expect(rowsOf(answer)).toEqual([{ InternalID: 1 }]);
    expect(queryOf(answer).result?.rows).toBe(1);
  });

  test('a batch runs as one and answers with its first rows', async () => {
    const answer = await run(
      "UPDATE Patients SET Middlename = 'Ann' WHERE InternalID = 4; SELECT 1 AS n; SELECT 2 AS n",
    );
    expect(rowsOf(answer)).toEqual([{ n: 1 }]);
    expect(
      await system.queries.scalar('SELECT Middlename FROM Patients WHERE InternalID = 4'),
    ).toBe('Ann');
  });

  test('an empty result is an empty list', async () => {
    const answer = await run('SELECT InternalID FROM Patients WHERE InternalID = -1');
    expect(dataOf(answer)).toBe('[]');
    expect(queryOf(answer).result).toMatchObject({ rows: 0, size: 2 });
  });

  test('columns without a name and with the same name all come back', async () => {
    const answer = await run('SELECT 1 AS ID, 2 AS ID, 3, 4 AS ID, 5');
    expect(dataOf(answer)).toBe('[{"ID":1,"ID1":2,"Column1":3,"ID2":4,"Column2":5}]');
  });

  test('text comes back as it is, in any script', async () => {
    const text = 'Zoë 李 "quoted" \\ \u2028 😀';
    const parameters = [{ name: '@t', type: 'NVarChar', value: text }] as const;
    const answer = await run({ command: { text: 'SELECT @t AS t', parameters: [...parameters] } });
    expect(rowsOf(answer)).toEqual([{ t: text }]);
  });
});

describe('parameters', () => {
  const cases: [CommandParameter['type'], string | null, string][] = [
    ['BigInt', '9007199254740993', '9007199254740993'],
    ['Binary', 'AAEC', '"AAEC"'],
    ['Bit', 'true', 'true'],
    ['Char', 'abc', '"abc"'],
    ['Date', '2024-01-31', '"2024-01-31T00:00:00"'],
    ['DateTime', '2024-01-31T09:30:00.123', '"2024-01-31T09:30:00.123"'],
    ['DateTime2', '2024-01-31T09:30:00.1234567', '"2024-01-31T09:30:00.1234567"'],
    ['DateTimeOffset', '2024-01-31T09:30:00+10:00', '"2024-01-31T09:30:00+10:00"'],
    ['Decimal', '12345678901234567890.12345', '12345678901234567890.12345'],
    ['Float', '0.1', '0.1'],
    ['Int', '-2147483648', '-2147483648'],
    ['Money', '1.2345', '1.2345'],
    ['NChar', 'äö', '"äö"'],
    ['NVarChar', '李', '"李"'],
    ['NVarChar', null, 'null'],
    ['Real', '1.5', '1.5'],
    ['SmallDateTime', '2024-01-31T09:30:00', '"2024-01-31T09:30:00"'],
    ['SmallInt', '-5', '-5'],
    ['SmallMoney', '-0.5', '-0.5000'],
    ['String', 'abc', '"abc"'],
    ['Time', '09:30:00.5', '"09:30:00.5"'],
    ['TinyInt', '255', '255'],
    [
      'UniqueIdentifier',
      '6F9619FF-8B86-D011-B42D-00C04FC964FF',
      '"6f9619ff-8b86-d011-b42d-00c04fc964ff"',
    ],
    ['VarBinary', '//8=', '"//8="'],
    ['VarChar', "it's", '"it\'s"'],
    ['Xml', '<a/>', '"<a/>"'],
  ];

  test.each(cases)('%s %s comes back without loss', async (type, value, json) => {
    const answer = await run({
      command: { text: 'SELECT @p AS v', parameters: [{ name: '@p', type, value }] },
    });
    expect(answer.status).toBe(200);
    expect(dataOf(answer)).toBe(`[{"v":${json}}]`);
  });

  test('parameters take part in the statement', async () => {
    const answer = await run({
      command: {
        text: 'SELECT InternalID FROM Patients WHERE InternalID IN (@a, @b) ORDER BY InternalID',
        parameters: [
          { name: '@a', type: 'Int', value: '7' },
          { name: '@b', type: 'BigInt', direction: 'input', value: '9' },
        ],
      },
    });
    expect(rowsOf(answer)).toEqual([{ InternalID: 7 }, { InternalID: 9 }]);
  });

  test('output and inputOutput parameters come back as text', async () => {
    const answer = await run({
      command: {
        text: 'SET @out = @in + 1; SET @both = @both * 2; SELECT @in AS n',
        parameters: [
          { name: '@in', type: 'Int', value: '20' },
          { name: '@out', type: 'Int', direction: 'output' },
          { name: '@both', type: 'Int', direction: 'inputOutput', value: '21' },
        ],
      },
    });
    expect(answer.status).toBe(200);
    expect(rowsOf(answer)).toEqual([{ n: 20 }]);
    expect(queryOf(answer).result?.parameters).toMatchObject([
      { name: '@out', direction: 'output', type: 'Int', value: '21' },
      { name: '@both', direction: 'inputOutput', type: 'Int', value: '42' },
    ]);
  });

  test('a stored procedure gives rows, output and its return value', async () => {
    const answer = await run({
      command: {
        text: 'CountPatients',
        type: 'storedProcedure',
        executionMode: 'nonQuery',
        parameters: [
          { name: '@Count', type: 'Int', direction: 'output' },
          { name: '@result', type: 'Int', direction: 'returnValue' },
        ],
      },
    });
    expect(answer.status).toBe(200);
    const count = await system.queries.scalar('SELECT COUNT(*) FROM Patients WHERE IsDeleted = 0');
    expect(queryOf(answer).result?.parameters).toMatchObject([
      { name: '@Count', value: String(count) },
      { name: '@result', value: '0' },
    ]);
  });

  test.each(['text', 'storedProcedure'])(
    'the request of the public reference works as printed (%s)',
    async (type) => {
      const answer = await system.http.post(system.queries.path, {
        maxTimeInQueue: 15000,
        command: {
          text: 'GetPatientID',
          executionMode: 'reader',
          type,
          parameters: [
            { name: '@siteid', direction: 'output', type: 'BigInt', value: '66', size: 43 },
          ],
        },
        catalogue: 'Patients',
      });
      expect(answer.status).toBe(200);
      expect(rowsOf(answer).length).toBeGreaterThan(0);
      expect(queryOf(answer).result?.parameters).toMatchObject([
        {
          name: '@siteid',
          direction: 'output',
          type: 'BigInt',
          value: expect.stringMatching(/^\d+$/),
        },
      ]);
    },
  );
});

describe('catalogues', () => {
  test('Patients is the default, Documents is reached by its name', async () => {
    expect((await run('SELECT COUNT(*) FROM Patients')).status).toBe(200);
    const command = { text: 'SELECT COUNT(*) AS n FROM DocumentIndex' };
    const documents = await run({ command, catalogue: 'Documents' });
    expect(Number(rowsOf(documents)[0]?.['n'])).toBeGreaterThan(0);
    expect((await run({ command: { text: 'SELECT 1 AS n' }, catalogue: 'Patients' })).status).toBe(
      200,
    );
  });

  test('an unknown one is refused with the names there are', async () => {
    const answer = await run({ command: { text: 'SELECT 1' }, catalogue: 'Accounts' });
    expect(answer.status).toBe(400);
    expect(answer.errorMessage).toMatch(/catalogue.*Patients.*Documents/);
  });
});

describe('the query object', () => {
  test('has every field of the contract, and sizes that fit the bytes', async () => {
    const command = { text: "SELECT 'é' AS v" };
    const body = `{ "command" : ${JSON.stringify(command)} }`;
    const answer = await system.http.post(system.queries.path, body);
    const query = queryOf(answer);
    expect(query).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      integratorId: system.integrator.id,
      siteId: system.siteId,
      mode: 'immediate',
      status: 'successful',
      maxTimeInQueue: 30000,
      metrics: { sqlExecutionDuration: expect.any(Number) },
    });
    const decoded = Buffer.byteLength(dataOf(answer));
    expect(query.result?.size).toBe(decoded);
    expect(query.resultSize).toBe(decoded);
    expect(query.commandSize).toBe(Buffer.byteLength(JSON.stringify(command)));
    expect(query.requestSize).toBe(Buffer.byteLength(body));
    expect(query).not.toHaveProperty('errorCode');
  });

  test('has times that follow each other', async () => {
    const query = queryOf(await run({ command: { text: 'SELECT 1 AS n' }, maxTimeInQueue: 1234 }));
    const { initialising, executing, uploading } = query.statusTiming;
    const times = [
      query.createdAt,
      initialising?.startTime,
      executing?.startTime,
      ...(uploading ? [uploading.startTime] : []),
      query.completedAt,
    ];
    for (const time of times) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(times).toEqual(times.toSorted((a = '', b = '') => a.localeCompare(b)));
    expect(query).toMatchObject({ maxTimeInQueue: 1234 });
  });

  test('is told again by its id, without data and parameters', async () => {
    const answer = await run({
      command: {
        text: 'SET @o = 5; SELECT 1 AS n',
        parameters: [{ name: '@o', type: 'Int', direction: 'output' }],
      },
    });
    expect(answer.status).toBe(200);
    const { result, ...rest } = queryOf(answer);
    const { data: _data, parameters: _parameters, ...kept } = result ?? {};
    const record = await system.queries.record(rest.id);
    expect(record.status).toBe(200);
    expect(record.json).toEqual({ ...rest, result: kept });
  });

  test('of failed SQL comes with 400 and the words of the database', async () => {
    const answer = await run('SELECT NoSuchColumn FROM Patients');
    expect(answer.status).toBe(400);
    const query = queryOf(answer);
    expect(query.status).toBe('executionFailed');
    expect(query.errorDetails).toEqual({
      errorType: 'mssql',
      errorCode: 207,
      errorMessage: expect.stringContaining('NoSuchColumn'),
    });
    expect(query.errorCode).toBe(query.errorDetails?.errorCode);
    expect(query.errorMessage).toBe(query.errorDetails?.errorMessage);
    expect(query).not.toHaveProperty('result');
    expect((await system.queries.record(query.id)).json).toEqual(query);
    expect(await system.queries.answers()).toBe(true);
  });

  test.each([
    ['SELECT * FROM NoSuchTable', 208],
    ['NoSuchProcedure', 2812],
    ['SELECT FROM WHERE', 156],
    ['SELECT @missing AS v', 137],
  ])('%s fails with number %i', async (text, number) => {
    const answer = await run(text);
    expect(answer.status).toBe(400);
    expect(queryOf(answer).errorDetails).toMatchObject({ errorType: 'mssql', errorCode: number });
  });

  test('a batch that fails half-way changes nothing unless it says so', async () => {
    const before = await system.queries.scalar(
      'SELECT Middlename FROM Patients WHERE InternalID = 8',
    );
    const text = `BEGIN TRANSACTION; UPDATE Patients SET Middlename = 'Half' WHERE InternalID = 8;
      SELECT * FROM NoSuchTable; COMMIT`;
    expect((await run(text)).status).toBe(400);
    expect(
      await system.queries.scalar('SELECT Middlename FROM Patients WHERE InternalID = 8'),
    ).toBe(before);
    expect(
      (await system.queries.nonQuery('UPDATE Patients SET Title = Title WHERE InternalID = 8'))
        .status,
    ).toBe(200);
  });
});
