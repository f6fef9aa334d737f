import { expect, test } from 'vitest';
import { startSystem } from './support/system.ts';

const isConnected = ({ msg }: Record<string, unknown>) => msg === 'connected to the gateway';

test('links that share an identity: the newest serves, and both sides are warned', async () => {
  await using system = await startSystem();
  for (const name of ['second', 'third', 'fourth']) {
    const link = system.startCopiedLink(name);
    await link.logged(`the ${name} link is connected`, isConnected);
    expect(await system.queries.answers()).toBe(true);
  }
  await system.link.logged('the first link warns', (line) => line['warning'] === 'identityShared');
  await system.gateway.logged(
    'the gateway warns by name',
    ({ level, msg, siteId }) =>
      level === 40 && siteId === system.siteId && /may share its identity/.test(String(msg)),
  );
  expect(await system.queries.answers()).toBe(true);
}, 90_000);
