import { expect, test } from 'vitest';
import { createKeyHasher, generateKey } from './subscription-key.ts';

test('a key is 32 random bytes that fit a header', () => {
  const keys = new Set(Array.from({ length: 1000 }, generateKey));
  expect(keys.size).toBe(1000);
  for (const key of keys) expect(key).toMatch(/^[\w-]{43}$/);
});

test('a stored hash depends on the key and on the secret of the gateway', () => {
  const hash = createKeyHasher('secret');
  expect(hash('key')).toMatch(/^[0-9a-f]{64}$/);
  expect(hash('key')).toBe(createKeyHasher('secret')('key'));
  expect(hash('key')).not.toBe(hash('kez'));
  expect(hash('key')).not.toBe(createKeyHasher('other secret')('key'));
});
