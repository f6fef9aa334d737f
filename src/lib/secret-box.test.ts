import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const KEY = 'k'.repeat(32);
const box = createSecretBox(KEY, 'tests');

it('gives back what it sealed, and never shows it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 8 }), (text) => {
      const sealed = box.seal(text, 'here');
      expect(sealed).toMatch(/^v1\.[\w-]+$/);
      expect(Buffer.from(sealed.slice(3), 'base64url').includes(text)).toBe(false);
      expect(box.open(sealed, 'here')).toBe(text);
      expect(box.seal(text, 'here')).not.toBe(sealed);
    }),
  );
});

it('opens nothing under another key, purpose or context', () => {
  const sealed = box.seal('secret', 'here');
  expect(box.open(sealed, 'there')).toBeUndefined();
  expect(createSecretBox('x'.repeat(32), 'tests').open(sealed, 'here')).toBeUndefined();
  expect(createSecretBox(KEY, 'other').open(sealed, 'here')).toBeUndefined();
});

it('opens nothing that was changed, cut or made up', () => {
  const sealed = box.seal('secret', 'here');
  const at = sealed.length - 4;
  const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
  for (const text of [changed, sealed.slice(0, 20), 'v1.', '', 'secret', `v2${sealed.slice(2)}`]) {
    expect(box.open(text, 'here')).toBeUndefined();
  }
});
