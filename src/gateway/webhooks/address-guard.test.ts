import { describe, expect, it } from 'vitest';
import { AddressGuard } from './address-guard.ts';

const strict = new AddressGuard([]);

describe('an operator who allows nothing', () => {
  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '10.255.255.255',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.0.170',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.0.1',
    '192.168.255.255',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.7',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::808:808',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:0:7f00:1::',
    '2001:2::1',
    '2001:10::1',
    '2001:20::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2002:a00:1::1',
    '3fff::1',
    '4000::1',
    '5f00::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'febf::1',
    'fec0::1',
    'ff02::1',
    'ff0e::1',
    '::1%lo',
    'localhost',
    '',
  ])('reaches no address such as %s', (address) => {
    expect(strict.admits(address, true)).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '126.255.255.255',
    '128.0.0.1',
    '169.253.0.1',
    '172.15.255.255',
    '172.32.0.1',
    '192.0.1.1',
    '192.167.1.1',
    '198.17.0.1',
    '198.20.0.1',
    '223.255.255.255',
    '2001:200::1',
    '2001:4860:4860::8888',
    '2003::1',
    '2606:4700::1111',
    '2a00:1450::1',
    '3ffe::1',
  ])('reaches %s, but never in the clear', (address) => {
    expect(strict.admits(address, true)).toBe(true);
    expect(strict.admits(address, false)).toBe(false);
  });
});

describe('an operator who allows networks', () => {
  const lenient = new AddressGuard(['127.0.0.0/8', '10.1.0.0/16', 'fd00::/8']);

  it.each(['127.0.0.1', '127.3.2.1', '10.1.255.1', 'fd00::1'])(
    'reaches %s, also in the clear',
    (address) => {
      expect(lenient.admits(address, true)).toBe(true);
      expect(lenient.admits(address, false)).toBe(true);
    },
  );

  it.each(['10.2.0.1', '192.168.0.1', '169.254.169.254', 'fc00::1', '::1'])(
    'still not %s',
    (address) => {
      expect(lenient.admits(address, true)).toBe(false);
    },
  );
});
