import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommandParameter, PARAMETER_TYPE_NAMES, type ParameterTypeName } from './command.ts';
import { readValue } from './value-grammar.ts';
import type { Value } from './values.ts';

/** Text that every type may be given, by what it looks like. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[-+ ]?\d{0,45}(\.\d{0,45})?(e[+-]?\d{1,3})?$/),
  fc.stringMatching(
    /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,8})?)?)?(Z|[+-]\d{2}:\d{2})?$/,
  ),
  fc.uuid(),
  fc.base64String(),
  fc.constantFrom('', ' ', 'true', 'FALSE', '0', '1', 'null', 'NaN', 'Infinity', '{}', '0x1F'),
);

function isCanonical(value: Value): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'bigint')
    return BigInt.asIntN(64, value) === value && !Number.isSafeInteger(Number(value));
  return value === null || ['boolean', 'string'].includes(typeof value) || Buffer.isBuffer(value);
}

describe('every parameter type', () => {
  const supported = PARAMETER_TYPE_NAMES.filter((name) => name !== 'Structured' && name !== 'Udt');

  it('is one of the thirty-two of the contract', () => {
    expect(PARAMETER_TYPE_NAMES).toHaveLength(32);
    expect(CommandParameter.properties.type.enum).toEqual(PARAMETER_TYPE_NAMES);
  });

  it.each(supported)('%s is NULL for null and for no value', (name) => {
    expect(readValue(name, null)).toEqual({ ok: true, value: null });
    expect(readValue(name, undefined)).toEqual({ ok: true, value: null });
  });

  it.each(['Structured', 'Udt'] as const)('%s is refused, also for NULL', (name) => {
    for (const text of [null, undefined, '', 'x']) {
      expect(readValue(name, text)).toEqual({
        ok: false,
        why: 'has a type that is not supported',
      });
    }
  });

  it.each(PARAMETER_TYPE_NAMES)('%s gives a canonical value or a sentence for any text', (name) => {
    fc.assert(
      fc.property(anyText, (text) => {
        const read = readValue(name, text);
        const isSound = read.ok
          ? isCanonical(read.value)
          : /^(?:is|has) /.test(read.why) && (text.length < 12 || !read.why.includes(text));
        expect(isSound).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('reads its own canonical text as the same value', () => {
    fc.assert(
      fc.property(fc.constantFrom<ParameterTypeName>(...supported), anyText, (name, text) => {
        const first = readValue(name, text);
        fc.pre(first.ok && first.value !== null);
        if (!first.ok || first.value === null) return;
        const { value } = first;
        const again = Buffer.isBuffer(value) ? value.toString('base64') : String(value);
        const canonical = Object.is(value, -0) ? '-0' : again;
        expect(readValue(name, canonical)).toEqual(first);
      }),
      { numRuns: 1_000 },
    );
  });
});
