import { describe, expect, it } from 'vitest';
import { readParameters, writeParameters } from './parameters.ts';

describe('parameters', () => {
  it('are decoded, with + as a space, in their order, empty ones too', () => {
    expect(readParameters('name:exact=O%27Brien+Smith&_count=5&&flag&a=b=c')).toEqual([
      { name: 'name:exact', value: "O'Brien Smith" },
      { name: '_count', value: '5' },
      { name: 'flag', value: '' },
      { name: 'a', value: 'b=c' },
    ]);
  });

  it.each([['a=%zz'], ['%E0%A4=1'], ['name=%FF']])('refuses %s by 400', (text) => {
    expect(() => readParameters(text)).toThrow(
      expect.objectContaining({ name: 'FhirProblem', status: 400 }),
    );
  });

  it('refuses an absurd number of parameters', () => {
    expect(() => readParameters('a=1&'.repeat(501))).toThrow('more than 500 parameters');
  });

  it('are written so that they read the same again', () => {
    const parameters = [
      { name: 'identifier', value: 'http://a.b/c|1+2 3&d=e' },
      { name: 'date', value: 'ge2024-01-01T00:00:00+10:00' },
      { name: '_include', value: 'Condition:patient' },
    ];
    const text = writeParameters(parameters);
    expect(text).toContain('_include=Condition:patient');
    expect(readParameters(text)).toEqual(parameters);
  });
});
