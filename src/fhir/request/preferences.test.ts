import { describe, expect, it } from 'vitest';
import { readPreferences } from './preferences.ts';

describe('readPreferences', () => {
  it.each([
    [undefined, { handling: 'lenient' }],
    ['handling=strict', { handling: 'strict' }],
    ['return=minimal; handling=strict', { handling: 'strict', returned: 'minimal' }],
    [
      'Return="OperationOutcome", handling=lenient',
      { handling: 'lenient', returned: 'OperationOutcome' },
    ],
    ['respond-async, return=representation', { handling: 'lenient', returned: 'representation' }],
    ['handling=strict, handling=lenient', { handling: 'strict' }],
    ['handling=harsh; return=everything', { handling: 'lenient' }],
  ])('reads %s', (header, preferences) => {
    expect(readPreferences(header)).toEqual(preferences);
  });
});
