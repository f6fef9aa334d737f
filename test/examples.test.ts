import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TempFolder } from './support/dev-system.ts';
import { callerOf, SECRET, sendWebhooksTo, startExample, untilSays } from './support/example.ts';
import { freePort } from './support/free-port.ts';
import { type Env, runCommand } from './support/program.ts';
import { type System, startSystem } from './support/system.ts';

const COPIES = 20;
/** 40000 rows of some four megabytes, so several pages. */
const MANY_ROWS = `SELECT a.InternalID AS A, b.InternalID AS B, CAST('9007199254740993' AS bigint) AS Big,
  a.Surname AS Surname, a.Address1 AS Address
  FROM Patients a, Patients b WHERE b.InternalID <= ${COPIES} ORDER BY a.InternalID, b.InternalID`;
const ROW_COUNT = 2000 * COPIES;

const folder = new TempFolder();
let system: System;
let caller: Env;

beforeAll(async () => {
  system = await startSystem({
    gatewayEnv: { PARHELION_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' },
  });
  caller = callerOf(system);
});

afterAll(async () => {
  await system[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

describe('a large result, row by row', { timeout: 120_000 }, () => {
  function expectEveryRow(path: string): void {
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(ROW_COUNT);
    const isRight = (line: string, at: number) =>
      line.startsWith(
        `{"A":${Math.floor(at / COPIES) + 1},"B":${(at % COPIES) + 1},"Big":9007199254740993,"Surname":`,
      );
    expect(lines.findIndex((line, at) => !isRight(line, at))).toBe(-1);
  }

  test('extract-to-ndjson.mjs', async () => {
    const path = join(folder.path, 'example.ndjson');
    const program = startExample('extract-to-ndjson.mjs', [MANY_ROWS, path], caller);
    expect(await program.exit).toMatchObject({ code: 0 });
    expectEveryRow(path);
    expect(program.stderr).toContain('page 3: ');
  });

  test('parhelion query --async', async () => {
    const path = join(folder.path, 'command.ndjson');
    const said = await runCommand(['query', '--async', MANY_ROWS, '--out', path], caller);
    expect(said).toBe('');
    expectEveryRow(path);
    const printed = await runCommand(['query', '--async', MANY_ROWS], caller);
    expect(printed).toBe(readFileSync(path, 'utf8'));
  });

  test('a failure is told, and leaves no file', async () => {
    const out = join(folder.path, 'failing');
    mkdirSync(out);
    const sql = 'SELECT * FROM NoSuchTable';
    const program = startExample('extract-to-ndjson.mjs', [sql, join(out, 'rows')], caller);
    expect(await program.exit).toMatchObject({ code: 1 });
    expect(program.stderr).toContain("executionFailed: Invalid object name 'NoSuchTable'.");
    const command = runCommand(['query', '--async', sql, '--out', join(out, 'rows')], caller);
    await expect(command).rejects.toThrow("Msg 208: Invalid object name 'NoSuchTable'.");
    expect(readdirSync(out)).toEqual([]);
  });

  test('the rows of an earlier query, and the output parameters of its last page', async () => {
    const created = await system.http.post(`/integrator/sites/${system.siteId}/queries/async`, {
      command: {
        text: 'GetPatient',
        type: 'storedProcedure',
        parameters: [{ name: '@InternalID', type: 'Int', value: '66' }],
      },
    });
    expect(created.status).toBe(201);
    const { id } = created.json as { id: string };
    const printed = await runCommand(['query', '--resume', id], caller);
    expect(JSON.parse(printed)).toMatchObject({ InternalID: 66 });
  });
});

test('webhook-receiver.mjs is told of a query that is done', async () => {
  const port = await freePort();
  await using receiver = startExample('webhook-receiver.mjs', [], {
    ...caller,
    WEBHOOK_SECRET: SECRET,
    PORT: String(port),
  });
  await untilSays(receiver, 'Listening at');
  await sendWebhooksTo(system, port, 'async');
  const created = await system.http.post(`/integrator/sites/${system.siteId}/queries/async`, {
    command: { text: 'SELECT 1 AS n' },
  });
  expect(created.status).toBe(201);
  await untilSays(receiver, `async query ${(created.json as { id: string }).id}`);
});
