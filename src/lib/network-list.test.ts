import { expect, it } from 'vitest';
import { NetworkList } from './network-list.ts';

it.each([
  ['10.0.0.0/8', '10.255.0.1', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['10.0.0.0/8', '::ffff:10.0.0.1', true],
  ['127.0.0.1', '127.0.0.1', true],
  ['127.0.0.1', '127.0.0.2', false],
  ['0.0.0.0/0', '203.0.113.1', true],
  ['0.0.0.0/0', '2001:db8::1', false],
  ['fd00::/8', 'fd12::1', true],
  ['::1', '::1', true],
  ['::1', 'localhost', false],
])('%s, %s: %s', (entry, address, isIn) => {
  expect(new NetworkList(['192.0.2.7', entry]).contains(address)).toBe(isIn);
});

it.each(['localhost', '10.0.0.0/33', '10.0.0/8', '::/129', '10.0.0.0/', '', '10.0.0.0/8/8'])(
  'refuses "%s"',
  (entry) => {
    expect(() => new NetworkList([entry])).toThrow(`"${entry}" is neither`);
  },
);
