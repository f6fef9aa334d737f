import { Agent } from 'node:http';
import { rootCertificates } from 'node:tls';
import { expect, it } from 'vitest';
import { gatewayUrl } from './gateway-url.ts';
import { requestOptions, socketOptions } from './transport.ts';

const inTls = gatewayUrl('https://gateway.example', '/link/connect', 'socket');
const inTheOpen = gatewayUrl('http://gateway.example', '/link/connect', 'socket');

it.each([
  { base: 'https://x.example', kind: 'socket', is: 'wss://x.example/link/connect' },
  { base: 'http://x.example:81/', kind: 'socket', is: 'ws://x.example:81/link/connect' },
  { base: 'https://x.example/halo/?a#b', kind: 'socket', is: 'wss://x.example/halo/link/connect' },
  { base: 'https://x.example', kind: 'http', is: 'https://x.example/link/connect' },
] as const)('finds the gateway below $base by $kind', ({ base, kind, is }) => {
  expect(gatewayUrl(base, '/link/connect', kind).href).toBe(is);
});

it('drops the mask only when asked to, and only inside TLS', () => {
  const options = socketOptions(inTls, { zeroMask: true }, 1_000);
  const mask = Buffer.from([1, 2, 3, 4]);
  options.generateMask?.(mask);
  expect(mask).toEqual(Buffer.alloc(4));
  expect(socketOptions(inTheOpen, { zeroMask: true }, 1_000)).not.toHaveProperty('generateMask');
  expect(socketOptions(inTls, {}, 1_000)).not.toHaveProperty('generateMask');
});

it('trusts a further authority beside the well-known ones, and goes through the agent given', () => {
  const agent = new Agent();
  const options = requestOptions({ agent, extraCa: 'PEM' });
  expect(options).toEqual({ agent, ca: [...rootCertificates, 'PEM'] });
  expect(requestOptions({})).toEqual({});
});
