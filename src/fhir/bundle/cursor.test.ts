import { describe, expect, it } from 'vitest';
import { createCursorBox } from './cursor.ts';

const KEY = new Uint8Array(32).fill(7);
const cursor = {
  parameters: [
    { name: 'family', value: 'Citizen' },
    { name: '_sort', value: '-birthdate' },
  ],
  after: ['1980-02-03', null, '12'],
  beganAt: 1_700_000_000_000,
  total: 321,
};

describe('cursors', () => {
  const box = createCursorBox(KEY);

  it('come back as they were sealed, and show nothing', () => {
    const text = box.seal('Patient', cursor);
    expect(box.open('Patient', text)).toEqual(cursor);
    expect(text).toMatch(/^[\w.-]+$/);
    const bytes = Buffer.from(text.slice(3), 'base64url').toString('latin1');
    expect(bytes).not.toContain('Citizen');
  });

  it('open for their type and key only, and not when changed', () => {
    const text = box.seal('Patient', cursor);
    const other = createCursorBox(new Uint8Array(32).fill(8));
    const at = text.length >> 1;
    const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    const attempts = [
      () => box.open('Condition', text),
      () => other.open('Patient', text),
      () => box.open('Patient', changed),
      () => box.open('Patient', text.slice(0, -4)),
      () => box.open('Patient', ''),
      () => box.open('Patient', 'v1.AAAA'),
    ];
    for (const attempt of attempts) {
      expect(attempt).toThrow(expect.objectContaining({ status: 400, name: 'FhirProblem' }));
    }
  });

  it('refuse what would be too long for a URL', () => {
    const value = Array.from({ length: 4_000 }, (_, index) => index * 7919).join(',');
    const parameters = [{ name: '_id', value }];
    expect(() => box.seal('Patient', { ...cursor, parameters })).toThrow(
      expect.objectContaining({ status: 400, message: expect.stringContaining('too long') }),
    );
  });
});
