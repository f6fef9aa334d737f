import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const now = Date.parse('Sun, 06 Nov 1994 08:49:37 GMT');

it.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Sun, 06 Nov 1994 08:50:37 GMT', 60_000],
  ['Sun, 06 Nov 1994 08:48:37 GMT', 0],
  ['99999999999999999999', 6 * 60 * 60_000],
  ['Fri, 31 Dec 9999 23:59:59 GMT', 6 * 60 * 60_000],
  [undefined, undefined],
  ['', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['1994-11-06', undefined],
  ['Sun, 99 Foo 1994 08:49:37 GMT', undefined],
])('%s is %s ms', (header, waitMs) => {
  expect(retryAfterMs(header, now)).toBe(waitMs);
});
