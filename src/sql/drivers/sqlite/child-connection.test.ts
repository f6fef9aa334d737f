import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../driver.ts';
import { EncodedResult } from '../../encoded-result.ts';
import type { ChildConnection } from './child-connection.ts';
import {
  NO_SIGNAL,
  rowsOf,
  type TemporaryCatalogues,
  temporaryCatalogues,
  textCommand,
} from './testing/temporary-catalogues.ts';

const ENDLESS = 'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT';

let catalogues: TemporaryCatalogues;
beforeAll(() => {
  catalogues = temporaryCatalogues({ Clinic: '' });
});
afterAll(() => catalogues[Symbol.dispose]());

function pidOf(connection: Connection): number {
  return (connection as ChildConnection).pid as number;
}

function rowsUpTo(count: number): string {
  return `WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r LIMIT ${count})
    SELECT n, 'Surname ' || n AS Surname, n * 1.5 AS Amount FROM r`;
}

function residentBytes(pid: number): number {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString();
  return Number(kilobytes) * 1024;
}

describe('large results', () => {
  it('hold a million rows without growing', async () => {
    await using connection = await catalogues.driver.connect(NO_SIGNAL);
    await rowsOf(connection, rowsUpTo(10_000));
    const childBefore = residentBytes(pidOf(connection));
    const result = new EncodedResult(
      connection.execute(textCommand(rowsUpTo(1_000_000)), NO_SIGNAL),
    );
    let bytes = 0;
    for await (const chunk of result.chunks()) bytes += chunk.length;
    expect(result.rows).toBe(1_000_000);
    expect(bytes).toBe(result.sizeBytes);
    expect(bytes).toBeGreaterThan(50_000_000);
    expect(residentBytes(pidOf(connection)) - childBefore).toBeLessThan(64 * 1024 * 1024);
  }, 60_000);

  it('follow each other on one connection', async () => {
    await using connection = await catalogues.driver.connect(NO_SIGNAL);
    for (let round = 0; round < 100; round += 1) {
      const rows = await rowsOf(connection, rowsUpTo(10_000));
      expect(rows).toHaveLength(10_000);
    }
  });

  it('wait for a slow consumer', async () => {
    await using connection = await catalogues.driver.connect(NO_SIGNAL);
    const wide = `${ENDLESS} n, hex(zeroblob(16000)) FROM r`;
    const events = connection.execute(textCommand(wide), NO_SIGNAL)[Symbol.asyncIterator]();
    await events.next();
    await events.next();
    await delay(500);
    const cpuTicks = (): string =>
      execFileSync('ps', ['-o', 'cputimes=', '-p', String(pidOf(connection))]).toString();
    const before = cpuTicks();
    const bytesBefore = residentBytes(pidOf(connection));
    await delay(1_500);
    expect(cpuTicks()).toBe(before);
    expect(residentBytes(pidOf(connection)) - bytesBefore).toBeLessThan(16 * 1024 * 1024);
    await events.return?.();
  });
});
