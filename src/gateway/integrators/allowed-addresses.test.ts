import { expect, it } from 'vitest';
import { allowsAddress } from './allowed-addresses.ts';
import { checkSettings } from './integrator.ts';

it.each([
  [undefined, '203.0.113.7', true],
  [[], '203.0.113.7', false],
  [['203.0.113.7'], '203.0.113.7', true],
  [['203.0.113.0/24', '2001:db8::/32'], '203.0.113.200', true],
  [['203.0.113.0/24', '2001:db8::/32'], '2001:db8:1::1', true],
  [['203.0.113.0/24', '2001:db8::/32'], '203.0.114.1', false],
  [['203.0.113.0/24'], '::ffff:203.0.113.9', true],
  [['0.0.0.0/0', '::/0'], 'unknown', false],
  [['0.0.0.0/0', '::/0'], '', false],
])('%j allows %s: %s', (allowedAddresses, address, isAllowed) => {
  const settings = allowedAddresses === undefined ? {} : { allowedAddresses };
  expect(allowsAddress(settings, address)).toBe(isAllowed);
});

it.each(['example.com', '203.0.113.0/33', '203.0.113', '2001:db8::/129', '203.0.113.7/'])(
  'the list cannot hold "%s"',
  (entry) => {
    expect(() => checkSettings({ allowedAddresses: ['203.0.113.7', entry] })).toThrow(
      'allowedAddresses[1] must be an address or a CIDR block',
    );
  },
);
