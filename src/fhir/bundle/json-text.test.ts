import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { jsonText } from './json-text.ts';

describe('jsonText', () => {
  const value = { a: new LosslessNumber('1.10'), b: ['x', { c: new LosslessNumber('-0.0e3') }] };

  it('keeps the digits of numbers, in one line and in many', () => {
    expect(jsonText(value, false)).toBe('{"a":1.10,"b":["x",{"c":-0.0e3}]}');
    expect(jsonText(value, true)).toBe(
      '{\n  "a": 1.10,\n  "b": [\n    "x",\n    {\n      "c": -0.0e3\n    }\n  ]\n}',
    );
  });

  it('leaves texts alone that look like what it replaces', () => {
    const text = JSON.stringify({ value: '1', isLosslessNumber: true });
    const note = { note: `x ${text} "${text}"`, n: new LosslessNumber('2.0') };
    expect(jsonText(note, false)).toBe(`{"note":${JSON.stringify(note.note)},"n":2.0}`);
  });
});
