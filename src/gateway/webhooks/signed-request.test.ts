import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { signedRequest } from './signed-request.ts';

const message = {
  id: '0199b1c0-0000-7000-8000-000000000001',
  occurredAt: Date.parse('2026-03-05T14:30:00.120Z'),
  siteId: '0199b1c0-0000-7000-8000-000000000002',
  queryId: '0199b1c0-0000-7000-8000-000000000003',
  source: 'registered',
} as const;
const at = Date.parse('2026-03-05T14:31:07Z');

it('says what the contract says, byte by byte', () => {
  const { body, headers } = signedRequest(message, { secret: 'sécret', nextSecret: undefined }, at);
  expect(body).toBe(
    '{"id":"0199b1c0-0000-7000-8000-000000000001","occurredAt":"2026-03-05T14:30:00.1200000+00:00",' +
      '"siteId":"0199b1c0-0000-7000-8000-000000000002","queryId":"0199b1c0-0000-7000-8000-000000000003",' +
      '"webhookSource":"registered"}',
  );
  const timestamp = '2026-03-05T14:31:07.0000000+00:00';
  expect(headers).toEqual({
    'Content-Type': 'application/json',
    'User-Agent': 'Parhelion',
    'X-Halo-Id': message.id,
    'X-Halo-Timestamp': timestamp,
    'X-Halo-Signature-256': createHmac('sha256', Buffer.from('sécret', 'utf8'))
      .update(`${body}.${timestamp}`)
      .digest('hex'),
  });
});

it('signs with both secrets while one replaces the other', () => {
  const both = signedRequest(message, { secret: 'old', nextSecret: 'new' }, at);
  const old = signedRequest(message, { secret: 'old', nextSecret: undefined }, at);
  const next = signedRequest(message, { secret: 'new', nextSecret: undefined }, at);
  expect(both.headers['X-Halo-Signature-256']).toBe(old.headers['X-Halo-Signature-256']);
  expect(both.headers['X-Halo-Signature-256-Next']).toBe(next.headers['X-Halo-Signature-256']);
  expect(both.headers['X-Halo-Signature-256-Next']).not.toBe(both.headers['X-Halo-Signature-256']);
});
