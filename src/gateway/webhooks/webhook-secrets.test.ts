import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeOnEveryEngine, type TestStore } from '../../../test/support/store-engines.ts';
import { TestClock, WebhookBed } from '../../../test/support/webhook-bed.ts';
import { expectedSignature, WebhookReceiver } from '../../../test/support/webhook-receiver.ts';

describeOnEveryEngine('the secrets of webhooks', (engine) => {
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

  test('are not readable in the store', async () => {
    const { integratorId, secret } = await bed.addWebhook(receiver.url);
    const next = await bed.webhooks.registry.rotateSecret(integratorId, 'async');
    const stored = JSON.stringify(await bed.database.all('SELECT * FROM webhooks'));
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain(next);
  });

  test('both sign while one replaces the other, then the new one alone', async () => {
    const { integratorId, secret } = await bed.addWebhook(receiver.url);
    const { registry } = bed.webhooks;
    const deliver = async () => {
      await bed.announce(integratorId);
      await bed.deliverDue();
      const request = receiver.requests.at(-1);
      if (!request) throw new Error('Nothing came.');
      const { headers } = request;
      const [current, next] = [
        headers['x-halo-signature-256'],
        headers['x-halo-signature-256-next'],
      ];
      return { current, next, by: (key = '') => expectedSignature(request, key) };
    };
    expect(await registry.activateSecret(integratorId, 'async')).toBe(false);
    await registry.rotateSecret(integratorId, 'async');
    const newer = await registry.rotateSecret(integratorId, 'async');
    const during = await deliver();
    expect(during).toMatchObject({ current: during.by(secret), next: during.by(newer) });
    expect(await registry.activateSecret(integratorId, 'async')).toBe(true);
    const after = await deliver();
    expect(after).toMatchObject({ current: after.by(newer), next: undefined });
    expect(await registry.activateSecret(integratorId, 'async')).toBe(false);
    const brought = 'a secret that receivers know';
    await registry.put(integratorId, 'async', { url: receiver.url, secret: brought });
    const last = await deliver();
    expect(last.current).toBe(last.by(brought));
  });

  test('of a gateway with another secret key are told, not guessed', async () => {
    const { integratorId } = await bed.addWebhook(receiver.url);
    await bed.announce(integratorId);
    const secretKey = 'another secret of thirty-two characters';
    await using other = new WebhookBed(bed.database, { secretKey, clock: new TestClock() });
    await other.deliverDue();
    expect(receiver.requests).toEqual([]);
    const webhook = await bed.webhooks.registry.find(integratorId, 'async');
    const failures = await bed.webhooks.deliveries.listTroubled(webhook?.id ?? '');
    expect(failures).toMatchObject([{ error: 'secretUnreadable' }]);
    await bed.deliverAll();
    expect(receiver.requests).toHaveLength(1);
  });
});
