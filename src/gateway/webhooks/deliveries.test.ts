import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeOnEveryEngine, type TestStore } from '../../../test/support/store-engines.ts';
import { until } from '../../../test/support/until.ts';
import { WebhookBed } from '../../../test/support/webhook-bed.ts';
import { expectedSignature, WebhookReceiver } from '../../../test/support/webhook-receiver.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describeOnEveryEngine('the deliveries of webhooks', (engine) => {
  let store: TestStore;
  let bed: WebhookBed;
  let receiver: WebhookReceiver;

  beforeEach(async () => {
    store = await engine.createStore();
    const database = await store.open();
    await database.migrate();
    bed = new WebhookBed(database);
    receiver = await WebhookReceiver.listen();
  });

  afterEach(async () => {
    await bed[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  });

  const find = async (integratorId: string) => {
    const webhook = await bed.webhooks.registry.find(integratorId, 'async');
    if (!webhook) throw new Error('The webhook is gone.');
    return webhook;
  };
  const failuresOf = async (integratorId: string) =>
    bed.webhooks.deliveries.listTroubled((await find(integratorId)).id);

  /** Makes attempts until none is left; resolves to the times at which they were made. */
  async function attemptTimes(): Promise<number[]> {
    const times: number[] = [];
    const { answer } = receiver;
    receiver.answer = (request, response) => {
      times.push(bed.clock.now());
      if (typeof answer === 'number') response.writeHead(answer).end();
      else answer?.(request, response);
    };
    await bed.deliverAll();
    return times;
  }

  describe('what is announced', () => {
    test('is delivered once, signed, at the address of its templates', async () => {
      const { integratorId, secret } = await bed.addWebhook(
        `${receiver.url}/{source}/{siteId}?q={queryId}`,
      );
      const { siteId, queryId } = await bed.announce(integratorId);
      expect(await bed.deliverDue()).toBe(1);
      bed.clock.time += 24 * HOUR_MS;
      expect(await bed.deliverDue()).toBe(0);
      const [request] = receiver.requests;
      if (!request) throw new Error('Nothing came.');
      expect(receiver.requests).toHaveLength(1);
      expect(request).toMatchObject({ method: 'POST', path: `/async/${siteId}?q=${queryId}` });
      expect(JSON.parse(request.body)).toEqual({
        id: request.headers['x-halo-id'],
        occurredAt: '2026-03-05T14:29:59.9990000+00:00',
        siteId,
        queryId,
        webhookSource: 'async',
      });
      expect(request.headers['content-type']).toBe('application/json');
      expect(request.headers['x-halo-timestamp']).toBe('2026-03-05T14:30:00.0000000+00:00');
      expect(request.headers['x-halo-signature-256']).toBe(expectedSignature(request, secret));
      expect(request.headers).not.toHaveProperty('x-halo-signature-256-next');
      expect((await find(integratorId)).statistics).toEqual({
        pending: 0,
        delivered: 1,
        failed: 0,
        attempts: 1,
        lastDeliveredAt: bed.clock.time - 24 * HOUR_MS,
        lastFailedAt: null,
      });
    });

    test('leaves nothing when its transaction is rolled back', async () => {
      const { integratorId } = await bed.addWebhook(receiver.url);
      const event = { integratorId, siteId: 's', queryId: 'q', occurredAt: 1 };
      const failing = bed.database.transaction(async (session) => {
        await bed.webhooks.outbox.announce(session, { ...event, source: 'async' });
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await bed.deliverDue()).toBe(0);
      expect(await bed.nextDueAt()).toBeUndefined();
    });

    test('leaves nothing where nobody wants to be told', async () => {
      const { integratorId } = await bed.addWebhook(receiver.url);
      await bed.announce(integratorId, 'registered');
      await bed.announce(await bed.addIntegrator());
      expect(await bed.nextDueAt()).toBeUndefined();
    });

    test('goes to the webhook of its own source', async () => {
      const { integratorId } = await bed.addWebhook(`${receiver.url}/a`);
      const url = `${receiver.url}/r/{source}`;
      await bed.webhooks.registry.put(integratorId, 'registered', { url });
      await bed.announce(integratorId, 'registered');
      await bed.deliverDue();
      expect(receiver.requests.map(({ path }) => path)).toEqual(['/r/registered']);
    });

    test('begins at once when somebody wakes the worker', async () => {
      const { integratorId } = await bed.addWebhook(receiver.url);
      bed.webhooks.worker.start();
      await bed.announce(integratorId);
      bed.webhooks.outbox.wake();
      expect(await receiver.untilReceived(1)).toHaveLength(1);
    });
  });

  describe('a receiver that fails', () => {
    test('is tried ten times within hours, with one id, and a signature for each time', async () => {
      receiver.answer = 500;
      const { integratorId, secret } = await bed.addWebhook(receiver.url);
      const { siteId, queryId, occurredAt } = await bed.announce(integratorId);
      const times = await attemptTimes();
      expect(times).toHaveLength(10);
      const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      expect(waits[0]).toBeGreaterThanOrEqual(5000);
      expect(waits[0]).toBeLessThanOrEqual(7000);
      expect(Math.max(...waits)).toBeLessThanOrEqual(90 * MINUTE_MS);
      const lastedMs = (times[9] ?? 0) - (times[0] ?? 0);
      expect(lastedMs).toBeGreaterThan(1.5 * HOUR_MS);
      expect(lastedMs).toBeLessThan(5 * HOUR_MS);
      expect(new Set(receiver.ids).size).toBe(1);
      expect(new Set(receiver.requests.map(({ body }) => body)).size).toBe(1);
      for (const request of receiver.requests) {
        expect(request.headers['x-halo-signature-256']).toBe(expectedSignature(request, secret));
      }
      const signatures = receiver.requests.map(({ headers }) => headers['x-halo-signature-256']);
      expect(new Set(signatures).size).toBe(10);
      expect((await find(integratorId)).statistics).toMatchObject({
        pending: 0,
        delivered: 0,
        failed: 1,
        attempts: 10,
        lastFailedAt: times[9],
      });
      expect(await failuresOf(integratorId)).toEqual([
        {
          id: receiver.ids[0],
          siteId,
          queryId,
          occurredAt,
          attempts: 10,
          lastAttemptAt: times[9],
          error: 'httpStatus',
          statusCode: 500,
          nextAttemptAt: null,
        },
      ]);
    });

    test('and recovers gets it, and the failure is forgotten', async () => {
      receiver.answer = (_, response) =>
        response.writeHead(receiver.requests.length < 3 ? 503 : 200).end();
      const { integratorId } = await bed.addWebhook(receiver.url);
      await bed.announce(integratorId);
      await bed.deliverDue();
      expect(await failuresOf(integratorId)).toMatchObject([
        { attempts: 1, statusCode: 503, nextAttemptAt: await bed.nextDueAt() },
      ]);
      await bed.deliverAll();
      expect(receiver.requests).toHaveLength(3);
      expect(await failuresOf(integratorId)).toEqual([]);
      expect((await find(integratorId)).statistics).toMatchObject({ delivered: 1, attempts: 3 });
    });

    test.each([400, 401, 404, 410, 301, 307])('with %i is not asked again', async (status) => {
      receiver.answer = (_, response) =>
        response.writeHead(status, { location: `${receiver.url}/elsewhere` }).end();
      const { integratorId } = await bed.addWebhook(receiver.url);
      await bed.announce(integratorId);
      expect(await attemptTimes()).toHaveLength(1);
      expect(receiver.requests).toHaveLength(1);
      expect(await failuresOf(integratorId)).toMatchObject([
        { statusCode: status, error: status < 400 ? 'redirect' : 'httpStatus' },
      ]);
    });

    test.each([408, 429, 502])('with %i is asked again', async (status) => {
      receiver.answer = status;
      const { integratorId } = await bed.addWebhook(receiver.url);
      await bed.announce(integratorId);
      expect(await attemptTimes()).toHaveLength(10);
    });

    test('is left alone for as long as it asks, in seconds or until a date', async () => {
      const date = new Date(bed.clock.time + 3 * HOUR_MS).toUTCString();
      receiver.answer = (_, response) => {
        const count = receiver.requests.length;
        if (count === 1) response.writeHead(429, { 'retry-after': '3600' }).end();
        else if (count === 2) response.writeHead(503, { 'retry-after': date }).end();
        else response.writeHead(204).end();
      };
      const { integratorId } = await bed.addWebhook(receiver.url);
      await bed.announce(integratorId);
      const begin = bed.clock.time;
      expect(await attemptTimes()).toEqual([begin, begin + HOUR_MS, begin + 3 * HOUR_MS]);
    });

    test('is asked anew after it was given up, when the operator says so', async () => {
      receiver.answer = 404;
      const { integratorId } = await bed.addWebhook(receiver.url);
      await bed.announce(integratorId);
      await bed.deliverAll();
      const { id } = await find(integratorId);
      const [failure] = await failuresOf(integratorId);
      const redeliver = () => bed.webhooks.deliveries.redeliver(id, failure?.id ?? '');
      receiver.answer = 204;
      expect(await redeliver()).toBe(true);
      expect(await redeliver()).toBe(false);
      await bed.deliverAll();
      expect(new Set(receiver.ids).size).toBe(1);
      expect(receiver.requests).toHaveLength(2);
      expect(await redeliver()).toBe(false);
      expect((await find(integratorId)).statistics).toMatchObject({ delivered: 1, failed: 1 });
    });
  });

  describe('the last failures', () => {
    test('are gone after a day, the numbers stay', async () => {
      receiver.answer = 404;
      const { integratorId } = await bed.addWebhook(receiver.url);
      await bed.announce(integratorId);
      await bed.announce(integratorId);
      await bed.deliverAll();
      bed.clock.time += 24 * HOUR_MS - 1;
      await bed.webhooks.deliveries.removeEnded();
      expect(await failuresOf(integratorId)).toHaveLength(2);
      bed.clock.time += 1;
      await bed.webhooks.deliveries.removeEnded();
      expect(await failuresOf(integratorId)).toEqual([]);
      expect(await bed.database.all('SELECT id FROM webhook_deliveries')).toEqual([]);
      expect((await find(integratorId)).statistics).toMatchObject({ failed: 2, attempts: 2 });
    });

    test('are the fifty newest, the latest first', async () => {
      receiver.answer = 404;
      const { integratorId } = await bed.addWebhook(receiver.url);
      for (let count = 0; count < 53; count += 1) await bed.announce(integratorId);
      while ((await bed.nextDueAt()) !== undefined) {
        bed.clock.time += 1;
        await bed.deliverDue();
      }
      const times = (await failuresOf(integratorId)).map(({ lastAttemptAt }) => lastAttemptAt);
      expect(times).toHaveLength(50);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expect(times[0]).toBe(bed.clock.time);
    });
  });

  describe('a receiver that does not answer', () => {
    test('delays no other, nor does a crowd of them', async () => {
      await using slow = await WebhookReceiver.listen();
      slow.answer = undefined;
      for (let count = 0; count < 5; count += 1) {
        const { integratorId } = await bed.addWebhook(slow.url);
        for (let each = 0; each < 20; each += 1) await bed.announce(integratorId);
      }
      const { integratorId } = await bed.addWebhook(receiver.url);
      bed.webhooks.worker.start();
      await slow.untilReceived(40);
      for (let each = 0; each < 20; each += 1) await bed.announce(integratorId);
      bed.webhooks.outbox.wake();
      await receiver.untilReceived(20);
      // So many attempts at a time, and not one of them has ended.
      expect(slow.requests).toHaveLength(40);
    });

    test('times out and is tried again', async () => {
      receiver.answer = undefined;
      await using hasty = new WebhookBed(bed.database, { timeoutMs: 200 });
      const { integratorId } = await hasty.addWebhook(receiver.url);
      await hasty.announce(integratorId);
      await hasty.deliverDue();
      expect(await failuresOf(integratorId)).toMatchObject([
        { error: 'timeout', statusCode: null, attempts: 1, nextAttemptAt: expect.any(Number) },
      ]);
    });
  });

  describe('two gateways', () => {
    test('deliver each once', async () => {
      await using other = new WebhookBed(await store.open(), { clock: bed.clock });
      const { integratorId } = await bed.addWebhook(receiver.url);
      const count = 60;
      for (let each = 0; each < count; each += 1) await bed.announce(integratorId);
      bed.webhooks.worker.start();
      other.webhooks.worker.start();
      await until('all are delivered', async () => {
        const { statistics } = await find(integratorId);
        return statistics.delivered === count;
      });
      expect(receiver.requests).toHaveLength(count);
      expect(new Set(receiver.ids).size).toBe(count);
    });

    test('one takes over what the other was killed with, once its lease is over', async () => {
      const { integratorId } = await bed.addWebhook(receiver.url);
      await bed.announce(integratorId);
      const [webhook] = await bed.webhooks.deliveries.findDueWebhooks(bed.clock.now());
      if (!webhook) throw new Error('Nothing is due.');
      const limits = { now: bed.clock.now(), leaseMs: 15_000, atMost: 8 };
      const [claimed] = await bed.webhooks.deliveries.claim(webhook, limits);
      if (!claimed) throw new Error('Nothing was claimed.');
      bed.clock.time += 14_999;
      expect(await bed.deliverDue()).toBe(0);
      bed.clock.time += 1;
      expect(await bed.deliverDue()).toBe(1);
      expect(receiver.ids).toEqual([claimed.message.id]);
      // Late news of the killed one, which was not dead after all.
      await bed.webhooks.deliveries.record({
        delivery: claimed,
        result: { error: 'timeout' },
        next: { step: 'retry', waitMs: 1, delayMs: 1 },
        endedAt: bed.clock.now(),
      });
      expect(await bed.nextDueAt()).toBeUndefined();
      expect((await find(integratorId)).statistics).toMatchObject({ delivered: 1, attempts: 1 });
    });

    test('killed with it again and again: ten attempts and no more', async () => {
      const { integratorId } = await bed.addWebhook(receiver.url);
      await bed.announce(integratorId);
      for (let count = 0; count < 10; count += 1) {
        const [webhook] = await bed.webhooks.deliveries.findDueWebhooks(bed.clock.now());
        if (!webhook) throw new Error('Nothing is due.');
        const limits = { now: bed.clock.now(), leaseMs: 1000, atMost: 8 };
        expect(await bed.webhooks.deliveries.claim(webhook, limits)).toHaveLength(1);
        bed.clock.time += 1000;
      }
      await bed.deliverAll();
      expect(receiver.requests).toEqual([]);
      expect(await failuresOf(integratorId)).toMatchObject([
        { error: 'interrupted', attempts: 10, nextAttemptAt: null },
      ]);
    });

    test('one that stops leaves its attempt to the other at once', async () => {
      receiver.answer = undefined;
      const other = new WebhookBed(await store.open(), { clock: bed.clock });
      const { integratorId } = await bed.addWebhook(receiver.url);
      await bed.announce(integratorId);
      const attempts = await other.webhooks.worker.step();
      await receiver.untilReceived(1);
      await other[Symbol.asyncDispose]();
      await Promise.all(attempts);
      receiver.answer = 204;
      expect(await bed.deliverDue()).toBe(1);
      expect(new Set(receiver.ids).size).toBe(1);
    });
  });

  describe('a webhook that is deleted', () => {
    test('takes its deliveries with it, also those announced at that moment', async () => {
      const { integratorId } = await bed.addWebhook(receiver.url);
      const { id } = await find(integratorId);
      await bed.announce(integratorId);
      expect(await bed.webhooks.registry.delete(integratorId, 'async')).toBe(true);
      expect(await bed.webhooks.registry.delete(integratorId, 'async')).toBe(false);
      expect(await bed.nextDueAt()).toBeUndefined();
      await bed.database.run(
        `INSERT INTO webhook_deliveries (id, webhook_id, site_id, query_id, occurred_at, attempts, due_at)
         VALUES ('late', ?, 's', 'q', 0, 0, ?)`,
        [id, bed.clock.now()],
      );
      expect(await bed.deliverDue()).toBe(0);
      bed.clock.time += HOUR_MS;
      await bed.webhooks.deliveries.removeEnded();
      expect(await bed.nextDueAt()).toBeUndefined();
    });
  });
});
