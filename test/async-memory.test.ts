import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command } from '../src/protocol/command.ts';
import { AsyncClient } from './support/async-client.ts';
import { type System, startSystem } from './support/system.ts';

const MEGABYTE = 1024 * 1024;

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
}

/** So many rows of 4 KB. */
const rows = (thousands: number): Command => ({
  text: `SELECT a.InternalID AS ID, @pad AS Pad FROM Patients a, Patients b
    WHERE a.InternalID <= 1000 AND b.InternalID <= ${thousands}`,
  parameters: [{ name: '@pad', type: 'VarChar', value: 'x'.repeat(4000) }],
});

test('the memory of link and gateway does not grow with the result', async () => {
  const client = new AsyncClient(system.http, system.siteId);
  const pids = [system.link.pid, system.gateway.pid];
  await client.untilCompleted(await client.create({ command: rows(1) }));
  const before = pids.map((pid) => memoryOf(pid, 'VmRSS'));
  const query = await client.untilCompleted(await client.create({ command: rows(50) }), 200_000);
  expect(query).toMatchObject({ status: 'successful', result: { rows: 50_000 } });
  expect(query.result?.size).toBeGreaterThan(190 * MEGABYTE);
  const grown = pids.map((pid, index) => memoryOf(pid, 'VmHWM') - (before[index] ?? 0));
  expect(Math.max(...grown)).toBeLessThan(64 * MEGABYTE);
}, 240_000);
