import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDeviceHasher, problemOfDeviceId } from './device-id.ts';

/** Mostly printable, so that most are taken. */
const texts = fc.oneof(
  { weight: 9, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 205 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
);

test('every device id that is taken comes through a header unchanged', () => {
  fc.assert(
    fc.property(texts, (deviceId) => {
      fc.pre(problemOfDeviceId(deviceId) === undefined);
      expect(new Headers({ deviceid: deviceId }).get('deviceid')).toBe(deviceId);
    }),
  );
});

test.each(['a', 'example-device-123', 'Surgery 2 (PC 07)', '{9F1C}', '~!@#$%^&*', 'x'.repeat(200)])(
  '%s is a device id',
  (deviceId) => {
    expect(problemOfDeviceId(deviceId)).toBeUndefined();
  },
);

test.each(['', ' ', ' a', 'a ', 'a\tb', 'a\r\nb', 'a\0', 'é', '💻', 'x'.repeat(201)])(
  '%j is none',
  (deviceId) => {
    expect(problemOfDeviceId(deviceId)).toMatch(/^must /);
  },
);

test('a hash is of one device and one secret key', () => {
  const hash = createDeviceHasher('secret');
  expect(hash('a')).toBe(createDeviceHasher('secret')('a'));
  expect(hash('a')).not.toBe(hash('A'));
  expect(hash('a')).not.toBe(createDeviceHasher('other')('a'));
  expect(hash('a')).toMatch(/^[\w-]{43}$/);
});
