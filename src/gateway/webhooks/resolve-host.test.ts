import { expect, it } from 'vitest';
import { resolveHost } from './resolve-host.ts';

it.each(['127.0.0.1', '::1', '203.0.113.7'])('%s is its own address', async (address) => {
  expect(await resolveHost(address)).toEqual([address]);
});

it('knows the names of the machine itself', async () => {
  const addresses = await resolveHost('localhost');
  expect(addresses.length).toBeGreaterThan(0);
  expect(['127.0.0.1', '::1']).toEqual(expect.arrayContaining([...addresses]));
});

it('rejects for a name that nobody knows', async () => {
  await expect(resolveHost('nobody.invalid')).rejects.toBeInstanceOf(Error);
});
