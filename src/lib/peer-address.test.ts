import { expect, it } from 'vitest';
import { NetworkList } from './network-list.ts';
import { peerAddress } from './peer-address.ts';

it.each([
  { trusted: [], peer: '203.0.113.7', said: '10.0.0.1', is: '203.0.113.7' },
  { trusted: ['10.0.0.0/8'], peer: '203.0.113.7', said: '10.0.0.1', is: '203.0.113.7' },
  { trusted: ['10.0.0.0/8'], peer: '10.0.0.2', said: undefined, is: '10.0.0.2' },
  { trusted: ['10.0.0.0/8'], peer: '10.0.0.2', said: '', is: '10.0.0.2' },
  { trusted: ['10.0.0.0/8'], peer: '10.0.0.2', said: '198.51.100.1', is: '198.51.100.1' },
  { trusted: ['10.0.0.0/8'], peer: '::ffff:10.0.0.2', said: '198.51.100.1', is: '198.51.100.1' },
  { trusted: [], peer: '::ffff:198.51.100.1', said: undefined, is: '198.51.100.1' },
  // What the caller itself wrote stands on the left of what the proxy saw.
  { trusted: ['10.0.0.2'], peer: '10.0.0.2', said: '192.0.2.1, 198.51.100.1', is: '198.51.100.1' },
  {
    trusted: ['10.0.0.0/8'],
    peer: '10.0.0.2',
    said: '192.0.2.1, 198.51.100.1 , 10.9.9.9',
    is: '198.51.100.1',
  },
  { trusted: ['10.0.0.0/8'], peer: '10.0.0.2', said: '10.0.0.7, 10.0.0.8', is: '10.0.0.7' },
  { trusted: ['10.0.0.0/8'], peer: '10.0.0.2', said: '198.51.100.1:5000', is: '198.51.100.1' },
  { trusted: ['10.0.0.0/8'], peer: '10.0.0.2', said: '[2001:db8::1]:5000', is: '2001:db8::1' },
  { trusted: ['fd00::/8'], peer: 'fd00::1', said: '2001:db8::1', is: '2001:db8::1' },
  { trusted: ['10.0.0.0/8'], peer: '10.0.0.2', said: 'unknown', is: 'unknown' },
])('$peer, which says $said, of which $trusted is trusted: $is', ({ trusted, peer, said, is }) => {
  const facts = {
    headers: said === undefined ? {} : { 'x-forwarded-for': said },
    socket: { remoteAddress: peer },
  };
  expect(peerAddress(facts, new NetworkList(trusted))).toBe(is);
});
