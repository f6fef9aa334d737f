import { expect, it } from 'vitest';
import { loggableError } from './loggable-error.ts';
import { ParhelionError } from './parhelion-error.ts';

it('never repeats the message of an error that is not ours', () => {
  const described = loggableError(new TypeError('Cannot read "Mei Ng"\nof Patients'));
  expect(described.errorName).toBe('TypeError');
  expect(described.stack).toMatch(/^\s+at /);
  expect(JSON.stringify(described)).not.toMatch(/Mei Ng|Patients/);
});

it('says the code and the sentence of an error of our own', () => {
  expect(loggableError(new ParhelionError('storeUnavailable', 'The store is closing.'))).toEqual({
    errorName: 'ParhelionError',
    code: 'storeUnavailable',
    message: 'The store is closing.',
  });
});

it('looks behind a bland internal error, and takes anything thrown', () => {
  const cause = new RangeError('canary');
  expect(loggableError(ParhelionError.from(cause)).errorName).toBe('RangeError');
  expect(loggableError('canary')).toEqual({ errorName: 'string' });
});
