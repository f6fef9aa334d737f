import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TempFolder } from './support/dev-system.ts';
import { callerOf } from './support/example.ts';
import { type Env, Program, runCommand } from './support/program.ts';
import { type System, startSystem } from './support/system.ts';
import { until } from './support/until.ts';

/** Ten megabytes of rows, each of which can be told from all others. */
const ROWS_PER_PATIENT = 50;
const PATIENTS = 2000;
const SQL = `SELECT a.InternalID * 1000 + b.InternalID AS N, a.ExternalID AS E, b.ExternalID AS F
  FROM Patients a, Patients b WHERE b.InternalID <= ${ROWS_PER_PATIENT}`;

const folder = new TempFolder();
let system: System;
let caller: Env;

beforeAll(async () => {
  system = await startSystem();
  caller = callerOf(system);
});

afterAll(async () => {
  await system[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** Starts a download to a file and waits until the first rows are there. */
async function startDownload(out: string): Promise<Program> {
  const command = new Program(['query', '--async', SQL, '--out', out], caller);
  await until('the first rows are in the file', () => {
    if (command.hasEnded) throw new Error(`It ended: ${command.output}`);
    const partial = readdirSync(folder.path).find((name) => name.endsWith('.partial'));
    return partial !== undefined && statSync(join(folder.path, partial)).size > 0;
  });
  return command;
}

function expectEveryRowOnce(path: string): void {
  const numbers = [...readFileSync(path, 'utf8').matchAll(/^\{"N":(\d+),/gm)].map(([, n]) => n);
  expect(numbers).toHaveLength(PATIENTS * ROWS_PER_PATIENT);
  expect(new Set(numbers).size).toBe(numbers.length);
}

const LIMIT = { timeout: 120_000 };

test('a gateway that dies and comes back in the middle costs no row', LIMIT, async () => {
  const out = join(folder.path, 'rows.ndjson');
  await using command = await startDownload(out);
  system.gateway.kill('SIGKILL');
  await system.gateway.exit;
  await system.restartGateway();
  expect(await command.exit).toMatchObject({ code: 0 });
  expectEveryRowOnce(out);
  expect(readdirSync(folder.path)).toEqual(['rows.ndjson']);
});

test('after Ctrl-C, what it says to type brings all rows', LIMIT, async () => {
  const out = join(folder.path, 'later rows.ndjson');
  await using command = await startDownload(out);
  command.kill('SIGINT');
  expect(await command.exit).toMatchObject({ code: 130 });
  expect(readdirSync(folder.path)).not.toContain('later rows.ndjson');
  const said = /parhelion (query --resume \S+) --out '(.+)'\n$/.exec(command.stderr);
  await runCommand([...(said?.[1]?.split(' ') ?? []), '--out', said?.[2] ?? ''], caller);
  expectEveryRowOnce(out);
});
