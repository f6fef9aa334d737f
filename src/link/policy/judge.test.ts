import { expect, it } from 'vitest';
import { judge } from './judge.ts';
import { type Policy, policyProblem } from './policy.ts';

const OURS = '018f0000-0000-7000-8000-00000000000a';
const THEIRS = '018f0000-0000-7000-8000-00000000000B';
const NOW = Date.parse('2026-11-23T09:00:00+11:00');

const say = (policy: Policy, integratorId = OURS) =>
  judge({ kind: 'policy', policy, fileHash: undefined }, integratorId, NOW);
const why = (policy: Policy, integratorId = OURS) => {
  const judgement = say(policy, integratorId);
  return judgement.isAllowed ? undefined : judgement.why;
};

it('allows everything where nothing is said', () => {
  expect(say({})).toEqual({ isAllowed: true, isReadOnly: false });
});

it('allows nothing when the file cannot be read', () => {
  const judgement = judge({ kind: 'broken', message: 'secret/path: is not JSON.' }, OURS, NOW);
  expect(judgement).toEqual({ isAllowed: false, why: 'its policy cannot be read.' });
});

it('puts being refused above being allowed, and knows ids in either case', () => {
  expect(why({ allowedIntegrators: [OURS] })).toBeUndefined();
  expect(why({ allowedIntegrators: [OURS] }, THEIRS)).toContain('not among');
  expect(why({ allowedIntegrators: [] })).toContain('not among');
  expect(why({ allowedIntegrators: [OURS], refusedIntegrators: [OURS] })).toContain('not allowed');
  expect(why({ refusedIntegrators: [THEIRS] }, THEIRS.toLowerCase())).toContain('not allowed');
  expect(why({ refusedIntegrators: [THEIRS] })).toBeUndefined();
});

it('lets one integrator only read', () => {
  expect(say({ readOnly: true })).toMatchObject({ isReadOnly: true });
  expect(say({ readOnlyIntegrators: [THEIRS] })).toMatchObject({ isReadOnly: false });
  expect(say({ readOnlyIntegrators: [THEIRS] }, THEIRS)).toMatchObject({ isReadOnly: true });
});

it('pauses with a reason until a moment', () => {
  expect(why({ paused: true })).toBe('queries are paused.');
  const pauseUntil = '2026-11-23T09:00:01+11:00';
  expect(why({ paused: true, pauseUntil, pauseReason: 'a backup' })).toBe(
    `queries are paused until ${pauseUntil} (a backup).`,
  );
  expect(why({ paused: true, pauseUntil: '2026-11-22T22:00:00Z' })).toBeUndefined();
  expect(why({ paused: false, pauseReason: 'a backup' })).toBeUndefined();
});

it('keeps to the hours', () => {
  const hours = { days: ['mon' as const], from: '08:00', to: '09:00' };
  const timeZone = 'Australia/Sydney';
  expect(why({ timeZone, allowedHours: [hours] })).toContain('this time of the week');
  expect(why({ timeZone, allowedHours: [hours, { ...hours, to: '10:00' }] })).toBeUndefined();
});

it.each([
  [[], 'the whole file must be an object'],
  [{ readonly: true }, 'readonly is no known field'],
  [{ readOnly: 'yes' }, 'readOnly must be boolean'],
  [{ refusedIntegrators: ['Example Health'] }, 'refusedIntegrators.0 must match'],
  [{ allowedHours: [] }, 'allowedHours must have at least 1'],
  [{ allowedHours: [{ days: ['mon'], from: '08:00', to: '09:00' }] }, 'timeZone is missing'],
  [
    { timeZone: 'UTC', allowedHours: [{ days: ['monday'], from: '08:00', to: '09:00' }] },
    'allowedHours.0.days.0 must be one of',
  ],
  [
    { timeZone: 'UTC', allowedHours: [{ days: ['mon'], from: '8am', to: '09:00' }] },
    'allowedHours.0.from must be a time',
  ],
  [{ timeZone: 'Sydney' }, 'timeZone is no IANA name'],
  [{ paused: true, pauseUntil: '2026-11-23T07:00' }, 'pauseUntil must be a date and time'],
  [{ audit: { statement: 'all' } }, 'audit.statement must be one of'],
])('names what is wrong with %j', (policy, problem) => {
  expect(policyProblem(policy)).toContain(problem);
});
