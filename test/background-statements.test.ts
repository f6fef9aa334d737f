import { expect, test } from 'vitest';
import { openBlobStore } from '../src/gateway/blobs/index.ts';
import { Metrics } from '../src/gateway/metrics/index.ts';
import { endOverdue } from '../src/gateway/queries/async-deadlines.ts';
import { AsyncStore } from '../src/gateway/queries/async-store.ts';
import { PageStore } from '../src/gateway/queries/page-store.ts';
import { eraseDue } from '../src/gateway/queries/retention.ts';
import {
  cancelUnpaired,
  completeDue,
  eraseDue as eraseRegistered,
} from '../src/gateway/registered/endings.ts';
import { RegisteredStore } from '../src/gateway/registered/registered-store.ts';
import { limits } from './support/async-query-bed.ts';
import { TempFolder } from './support/dev-system.ts';
import { recordPlans } from './support/statement-plans.ts';
import { sqliteEngine } from './support/store-engines.ts';

/** Reading every row of these each second would hold up everybody else: SQLite's statements block the gateway. */
const READS_ALL =
  /^SCAN (?:r|queries|registered_queries)\b(?!.* USING COVERING INDEX registered_queries_pending)/;

test('what runs every second reads what is due, and not all queries that there are', async () => {
  await using store = await sqliteEngine.createStore();
  using folder = new TempFolder();
  const [own, planner] = [await store.open(), await store.open()];
  await own.migrate();
  const { database, plans } = recordPlans(own, planner);
  const clock = { now: () => 1_790_000_000_000 };
  const blobs = await openBlobStore(`file:${folder.path}`);
  await endOverdue({ database, clock, metrics: new Metrics(), limits });
  await eraseDue(database, clock, new PageStore(database, blobs, () => {}));
  const asyncStore = new AsyncStore(database, clock);
  await asyncStore.findSitesWithWork();
  await asyncStore.findSitesWithWork(clock.now());
  const registered = { database, blobs, clock, executionLimitMs: 60_000, retentionMs: 1 };
  await completeDue(registered);
  await cancelUnpaired(registered);
  await eraseRegistered(registered);
  await new RegisteredStore(registered).listSitesWithPending();
  expect(plans.length).toBeGreaterThan(10);
  expect(plans.filter((line) => READS_ALL.test(line))).toEqual([]);
});
