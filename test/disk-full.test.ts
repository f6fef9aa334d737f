import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AsyncClient } from './support/async-client.ts';
import { isWithoutDisks, SmallDisk } from './support/small-disk.ts';
import { type System, startSystem } from './support/system.ts';
import { PATIENCE_MS, until } from './support/until.ts';

const ROWS = 3_000;
const read = `WITH r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < ${ROWS})
  SELECT n, REPLICATE('x', 1000) AS filler FROM r`;
const numbers = Array.from({ length: ROWS }, (_, index) => index + 1);

describe.skipIf(isWithoutDisks)('a full disk', { timeout: 120_000 }, () => {
  let system: System;
  let client: AsyncClient;
  let pages: SmallDisk;
  let store: SmallDisk;
  beforeAll(async () => {
    pages = new SmallDisk(2);
    store = new SmallDisk(16);
    system = await startSystem({
      gatewayEnv: {
        PARHELION_BLOB_URL: `file:${pages.path}/pages`,
        PARHELION_STORE_URL: `sqlite:${join(store.path, 'gateway.db')}`,
      },
    });
    client = new AsyncClient(system.http, system.siteId);
  });
  afterAll(async () => {
    await system[Symbol.asyncDispose]();
    pages[Symbol.dispose]();
    store[Symbol.dispose]();
  });

  async function endsWithItsRows(id: string): Promise<void> {
    // What failed again and again is tried more and more rarely.
    const query = await client.untilCompleted(id, 3 * PATIENCE_MS);
    expect(query.status).toBe('successful');
    expect((await client.rows(query)).map(({ n }) => n)).toEqual(numbers);
  }

  test('of the result pages: the query waits, and goes on once there is room', async () => {
    pages.fill();
    const id = await client.create(read);
    await until('a page could not be stored', () =>
      system.gateway.log.some(
        ({ route, status }) => String(route).startsWith('/link/queries/') && Number(status) >= 500,
      ),
    );
    expect((await client.get(id)).completedAt).toBeUndefined();
    // The result has more than the disk takes: only a larger one helps.
    pages.free();
    pages.resize(64);
    await endsWithItsRows(id);
  });

  test('of the store: nothing is accepted that could be lost, and what was accepted goes on', async () => {
    const accepted = await client.create(read);
    store.fill();
    const refused = await until('the store is full', async () => {
      const answer = await client.post('SELECT 1 AS n');
      return answer.status !== 201 && answer;
    });
    expect(refused.status).toBe(503);
    expect((await system.http.get('/healthz')).status).toBe(200);
    store.free();
    await endsWithItsRows(accepted);
    await endsWithItsRows(await client.create(read));
  });

  test('of the site: the query ends as not cached, immediate ones still run', async () => {
    await system.link.stop();
    const saved = `${system.linkDir}-saved`;
    cpSync(system.linkDir, saved, { recursive: true });
    using disk = new SmallDisk(4, system.linkDir);
    cpSync(saved, disk.path, { recursive: true });
    system.link = system.startLink();
    await system.untilAnswering();
    disk.fill();
    const id = await client.create({
      command: { text: `SELECT 1 AS n /* ${'x'.repeat(100_000)} */` },
    });
    const query = await client.untilCompleted(id);
    expect(query.status).toBe('initialisationFailedCacheError');
    expect(await system.queries.answers()).toBe(true);
    disk.free();
    await endsWithItsRows(await client.create(read));
    await system.link.stop();
    rmSync(saved, { recursive: true });
  });
});
