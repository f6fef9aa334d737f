import { expect, test } from 'vitest';
import { hashPairingCode, normalisePairingCode } from './pairing-code.ts';

const SITE = '0199b1f4-0000-7000-8000-000000000001';

test('a code typed with spaces, hyphens and lower case is the same code', () => {
  expect(normalisePairingCode(' abcd-EFGH 23\t')).toBe('ABCDEFGH23');
  expect(hashPairingCode(SITE, 'abcd efgh')).toBe(hashPairingCode(SITE, 'ABCD-EFGH'));
});

test('the hash is the one both sides must compute', () => {
  expect(hashPairingCode(SITE, 'ABCD-EFGH')).toBe(
    // printf '0199b1f4-0000-7000-8000-000000000001:ABCDEFGH' | sha256sum
    '8bc0fda3adeee8d2fb9c77e48dd8a52d484e1e1922e4cc350420147de24d1b0c',
  );
});

test('one code has another hash at another site', () => {
  expect(hashPairingCode(SITE, 'ABCD')).not.toBe(hashPairingCode(`${SITE}x`, 'ABCD'));
});
