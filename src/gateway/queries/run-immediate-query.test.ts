import { expect, test } from 'vitest';
import { describeOnEveryEngine } from '../../../test/support/store-engines.ts';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { newId } from '../../lib/ids.ts';
import { InProcessBus } from '../bus/in-process-bus.ts';
import { Metrics } from '../metrics/index.ts';
import { type SiteBus, SiteCalls, type SiteOutcome } from '../sessions/index.ts';
import type { Database } from '../store/index.ts';
import { QueryStore } from './query-store.ts';
import { type ImmediateQueries, runImmediateQuery } from './run-immediate-query.ts';

const clock = { now: () => 1_790_000_000_000 };
const [integratorId, siteId] = [newId(), newId()];

/** A site that answers every command with one outcome. */
function queriesAnswered(outcome: SiteOutcome, database: Database): ImmediateQueries {
  const bus: SiteBus = new InProcessBus();
  bus.serve(siteId, async () => ({ header: outcome, body: [Buffer.from('[]')] }));
  return {
    limits: {
      admit: async () => ({ withdraw: () => {}, [Symbol.dispose]: () => {} }),
      recordBytes: () => {},
    },
    store: new QueryStore({ database, clock, retentionMs: 1000 }),
    metrics: new Metrics(),
    siteCalls: new SiteCalls(bus),
    isPaired: async () => true,
    clock,
    executionLimitMs: 1000,
    maxResultBytes: 1000,
    siteWaitMs: 0,
  };
}

function run(queries: ImmediateQueries) {
  return runImmediateQuery(queries, {
    owner: { integratorId },
    siteId,
    isOnline: true,
    command: { text: 'UPDATE t SET a = 1' },
    maxTimeInQueueMs: 1000,
    requestSize: 10,
    signal: new AbortController().signal,
  });
}

const successful: SiteOutcome = { kind: 'result', size: 2, rows: 0 };

test('a store that fails after the site has answered is no invitation to try again', async () => {
  const gone = async (): Promise<never> => {
    throw new ParhelionError('storeUnavailable');
  };
  const database: Database = {
    all: gone,
    run: gone,
    insertMany: gone,
    transaction: gone,
    eraseTraces: gone,
    migrate: gone,
    [Symbol.asyncDispose]: async () => {},
  };
  await expect(run(queriesAnswered(successful, database))).rejects.toMatchObject({
    status: 500,
    message: expect.stringContaining('may have run'),
  });
});

describeOnEveryEngine('records', (engine) => {
  test("a database's text that no store takes is answered as it is and recorded legibly", async () => {
    await using store = await engine.createStore();
    const database = await store.open();
    await database.migrate();
    const errorMessage = "Conversion failed when converting 'a\0b\ud83d' \u{1f600}.";
    const queries = queriesAnswered(
      {
        kind: 'failure',
        reason: 'failed',
        errorDetails: { errorType: 'mssql', errorCode: 245, errorMessage },
      },
      database,
    );
    const { query } = await run(queries);
    expect(query.error?.errorMessage).toBe(errorMessage);
    const found = await queries.store.find({ integratorId }, siteId, query.id);
    expect(found?.error).toEqual({
      errorType: 'mssql',
      errorCode: 245,
      errorMessage: "Conversion failed when converting 'a\uFFFDb\uFFFD' \u{1f600}.",
    });
  });
});
