import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type AsyncQueryBed,
  limits,
  openAsyncQueryBed,
} from '../../../test/support/async-query-bed.ts';
import { sqliteEngine } from '../../../test/support/store-engines.ts';
import { newId } from '../../lib/ids.ts';
import { openBlobStore } from '../blobs/index.ts';
import { InProcessBus } from '../bus/in-process-bus.ts';
import type { SiteSession } from '../sessions/index.ts';
import { AsyncQueries } from './async-queries.ts';

let bed: AsyncQueryBed;
let queries: AsyncQueries;

beforeEach(async () => {
  bed = await openAsyncQueryBed(sqliteEngine);
  queries = new AsyncQueries({
    database: bed.database,
    blobs: await openBlobStore(`file:${bed.folder}`),
    bus: new InProcessBus(),
    clock: bed.clock,
    metrics: bed.metrics,
    limits,
    pageBytes: 1_000_000,
    announce: async () => {},
    onPageStored: () => {},
    onAnnounced: () => {},
    onFailed: (error) => {
      throw error;
    },
  });
});

afterEach(async () => {
  await queries[Symbol.asyncDispose]();
  await bed[Symbol.asyncDispose]();
});

/** A site that is connected; what it is sent goes to `sendCommand`. */
function connect(site: string, sendCommand: () => Promise<void>): Disposable {
  const session = {
    siteId: site,
    capabilities: new Set(['async']),
    ended: new AbortController().signal,
    subscribe: () => {},
    send: () => {},
    sendCommand,
  };
  return queries.attach(session as unknown as SiteSession);
}

/** As another gateway accepts it: nobody here is told. */
const acceptElsewhere = (site: string) =>
  bed.store.accept({
    id: newId(),
    integratorId: newId(),
    siteId: site,
    catalogue: undefined,
    commandJson: '{"text":"SELECT 1"}',
    maxTimeInQueueMs: 3_600_000,
    requestSize: 10,
    waitsForSite: false,
    createdAt: bed.now,
  });

test('a site that takes nothing does not hold up what is handed to the others', async () => {
  // Sites are woken in the order of their ids.
  const sites = [newId(), newId()].toSorted();
  let handedOver = 0;
  using _stuck = connect(sites[0] ?? '', () => new Promise(() => {}));
  using _well = connect(sites[1] ?? '', async () => void (handedOver += 1));
  for (const site of sites) await acceptElsewhere(site);
  void queries.wakeWaiting();
  await expect.poll(() => handedOver).toBe(1);
});
