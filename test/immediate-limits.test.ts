import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionsOf, untilBusy, untilIdle } from './support/process-tree.ts';
import { dataOf, queryOf, rowsOf } from './support/query-client.ts';
import {
  ENDLESS_READ,
  LARGE_RESULT,
  readMark,
  resultOfBytes,
  slowWrite,
} from './support/statements.ts';
import { type System, startSystem } from './support/system.ts';
import { until } from './support/until.ts';

const MAX_RESULT_BYTES = 8_388_608;
const MAX_CONNECTIONS = 4;

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

/** A query whose caller hangs up at the end of the block; its outcome is nobody's. */
function underWay(text: string) {
  const caller = new AbortController();
  const gone = system.queries.run(text, { signal: caller.signal }).catch(() => 'hung up' as const);
  return {
    async hangUp() {
      caller.abort();
      expect(await gone).toBe('hung up');
    },
  };
}

describe('sizes', () => {
  test('a result of exactly 8 MiB is given', async () => {
    const answer = await system.queries.run({ command: resultOfBytes(MAX_RESULT_BYTES) });
    expect(answer.status).toBe(200);
    expect(queryOf(answer).result?.size).toBe(MAX_RESULT_BYTES);
    expect(dataOf(answer)).toHaveLength(MAX_RESULT_BYTES);
  });

  test('one byte more is 413 with the query object', async () => {
    const answer = await system.queries.run({ command: resultOfBytes(MAX_RESULT_BYTES + 1) });
    expect(answer.status).toBe(413);
    expect(queryOf(answer)).toMatchObject({
      status: 'executionFailed',
      errorDetails: { errorType: 'http', errorCode: 413 },
    });
    expect(queryOf(answer)).not.toHaveProperty('result');
    expect(await system.queries.answers()).toBe(true);
  });

  test('a result without end is stopped, and nothing goes on computing', async () => {
    const answer = await system.queries.run(LARGE_RESULT);
    expect(answer.status).toBe(413);
    expect((await system.queries.record(queryOf(answer).id)).json).toEqual(answer.json);
    await untilIdle(system.link.pid);
  });

  test.each([66_000, 3_000_000, 20_000_000])('a command of %i bytes runs', async (bytes) => {
    const value = 'y'.repeat(bytes);
    const answer = await system.queries.run({
      command: {
        text: 'SELECT 7 AS n WHERE @v <> @w',
        parameters: [
          { name: '@v', type: 'VarChar', value, size: -1 },
          { name: '@w', type: 'VarChar', value: 'z' },
        ],
      },
    });
    expect(answer.status).toBe(200);
    expect(rowsOf(answer)).toEqual([{ n: 7 }]);
    expect(queryOf(answer).commandSize).toBeGreaterThan(bytes);
  });

  test('a body above 32 MiB is 413', async () => {
    const text = `SELECT '${'x'.repeat(33 * 1024 * 1024)}'`;
    const answer = await system.queries.run(text);
    expect(answer.status).toBe(413);
    expect(answer.errorMessage).toBe('The request body is too large.');
    expect(await system.queries.answers()).toBe(true);
  });
});

describe('while all connections are busy', () => {
  test('a query that may not wait, or not long enough, is 504; one that may is answered', async () => {
    const busy = Array.from({ length: MAX_CONNECTIONS }, () => underWay(ENDLESS_READ));
    await untilBusy(system.link.pid, MAX_CONNECTIONS);
    const small = { text: 'SELECT 1 AS n' };
    for (const maxTimeInQueue of [0, 250]) {
      const answer = await system.queries.run({ command: small, maxTimeInQueue });
      expect(answer.status).toBe(504);
      expect(answer.errorMessage).toBe(
        `Query was not started within ${maxTimeInQueue} milliseconds.`,
      );
    }
    const patient = system.queries.run({ command: small, maxTimeInQueue: 60_000 });
    await Promise.all(busy.map((query) => query.hangUp()));
    expect(rowsOf(await patient)).toEqual([{ n: 1 }]);
    await untilIdle(system.link.pid);
  });

  test('with a connection free, a query that may not wait runs', async () => {
    const answer = await system.queries.run({
      command: { text: 'SELECT 1 AS n' },
      maxTimeInQueue: 0,
    });
    expect(answer.status).toBe(200);
  });
});

describe('when the caller hangs up', () => {
  test('a read is stopped in the database', async () => {
    const query = underWay(ENDLESS_READ);
    await untilBusy(system.link.pid);
    await query.hangUp();
    await untilIdle(system.link.pid);
    expect(await system.queries.answers()).toBe(true);
  });

  test('a write that has started finishes', async () => {
    const query = underWay(slowWrite('Afterwards'));
    await untilBusy(system.link.pid);
    await query.hangUp();
    await until('the write is done', async () => {
      return (await system.queries.scalar(readMark())) === 'Afterwards';
    });
    expect(await system.queries.answers()).toBe(true);
  });
});

describe('execution limit', () => {
  test('a statement over it is 504, and stops', async () => {
    await using limited = await startSystem({
      gatewayEnv: { PARHELION_IMMEDIATE_EXECUTION_LIMIT_MS: '1500' },
    });
    const answer = await limited.queries.run(ENDLESS_READ);
    expect(answer.status).toBe(504);
    expect(answer.errorMessage).toBe('Query took more than 1.5 seconds to return a result.');
    await untilIdle(limited.link.pid);
    expect(await limited.queries.answers()).toBe(true);
    expect(connectionsOf(limited.link.pid).length).toBeLessThanOrEqual(MAX_CONNECTIONS);
  });
});
