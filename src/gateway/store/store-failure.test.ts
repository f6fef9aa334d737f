import { expect, test } from 'vitest';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { describeEngineError, storeFailure } from './store-failure.ts';

function engineError(message: string, facts: Record<string, string>): Error {
  return Object.assign(new Error(message), facts);
}

test.each([
  ['a refused connection', engineError('connect ECONNREFUSED', { code: 'ECONNREFUSED' })],
  ['a server that shuts down', engineError('terminating connection', { code: '57P01' })],
  ['too many connections', engineError('sorry, too many clients', { code: '53300' })],
  ['a connection that broke', new Error('Connection terminated unexpectedly')],
  ['a connection known to be broken', new Error('Client has encountered a connection error')],
  ['a full disk', engineError('database or disk is full', { code: 'SQLITE_FULL' })],
  ['a file locked for too long', engineError('database is locked', { code: 'SQLITE_BUSY' })],
])('%s is the store being unavailable', (_name, error) => {
  expect(storeFailure(error, [])).toMatchObject({ code: 'storeUnavailable', isRetryable: true });
});

test('a refused statement is an internal error that names the constraint but no stored value', () => {
  const failure = storeFailure(
    engineError('duplicate key value violates unique constraint', {
      code: '23505',
      constraint: 'people_pkey',
      detail: 'Key (name)=(Ng) already exists.',
    }),
    [],
  );
  expect(failure.code).toBe('internal');
  expect(String(failure.cause)).toContain('(23505) people_pkey');
  expect(JSON.stringify([failure.message, String(failure.cause)])).not.toContain('Ng');
});

test('a data exception, whose message quotes the value, keeps its code only', () => {
  const error = engineError('invalid input syntax for type bigint: "Ng"', { code: '22P02' });
  expect(describeEngineError(error, [])).toBe('data exception (22P02)');
});

test('secrets are blotted out', () => {
  expect(describeEngineError(new Error('cannot use s3cret at host'), ['s3cret'])).toBe(
    'cannot use *** at host',
  );
});

test('an error of the project passes unchanged', () => {
  const error = new ParhelionError('configInvalid');
  expect(storeFailure(error, [])).toBe(error);
});
