import { expect, it } from 'vitest';
import { PageBuffers } from './page-buffers.ts';

const MEGABYTE = 1024 * 1024;

it('hands a buffer out again once it was given back, whole, and never twice', () => {
  const buffers = new PageBuffers(2);
  const first = buffers.take(10);
  expect(first).toHaveLength(MEGABYTE);
  expect(buffers.take(10).buffer).not.toBe(first.buffer);
  buffers.give(first.subarray(0, 10));
  const again = buffers.take(MEGABYTE);
  expect(again.buffer).toBe(first.buffer);
  expect(again).toHaveLength(MEGABYTE);
  expect(buffers.take(10).buffer).not.toBe(first.buffer);
});

it('keeps only a few, and none of unusual size', () => {
  const buffers = new PageBuffers(1);
  const [a, b] = [buffers.take(1), buffers.take(1)];
  const large = buffers.take(MEGABYTE + 1);
  expect(large.length).toBeGreaterThan(MEGABYTE);
  for (const buffer of [large, a, b]) buffers.give(buffer);
  expect(buffers.take(1).buffer).toBe(a.buffer);
  expect([a.buffer, b.buffer, large.buffer]).not.toContain(buffers.take(1).buffer);
});
