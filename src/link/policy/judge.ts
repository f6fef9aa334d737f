import { isWithinHours } from './allowed-hours.ts';
import type { Policy } from './policy.ts';
import type { ReadPolicy } from './policy-file.ts';

/** What the practice says to a command of an integrator at one moment. */
export type Judgement =
  | { readonly isAllowed: true; readonly isReadOnly: boolean }
  | { readonly isAllowed: false; readonly why: string };

/** The link's reading of `policy.json`; a file that cannot be read allows nothing. */
export type PolicyState =
  | ({ readonly kind: 'policy' } & ReadPolicy)
  | { readonly kind: 'broken'; readonly message: string };

const has = (ids: readonly string[] | undefined, id: string) =>
  ids?.some((candidate) => candidate.toLowerCase() === id.toLowerCase()) ?? false;

/** Whether the pause holds at the moment. */
export function isPaused({ paused, pauseUntil }: Policy, now: number): boolean {
  return paused === true && (pauseUntil === undefined || now < Date.parse(pauseUntil));
}

/** The order is from what concerns all to what concerns one; being refused goes above being allowed. */
export function judge(state: PolicyState, integratorId: string, now: number): Judgement {
  if (state.kind === 'broken') return refused('its policy cannot be read.');
  const { policy } = state;
  if (isPaused(policy, now)) return refused(pauseSentence(policy));
  if (has(policy.refusedIntegrators, integratorId)) {
    return refused('this integrator is not allowed to query it.');
  }
  if (policy.allowedIntegrators && !has(policy.allowedIntegrators, integratorId)) {
    return refused('this integrator is not among those that may query it.');
  }
  const { allowedHours, timeZone } = policy;
  if (allowedHours && timeZone !== undefined && !isWithinHours(allowedHours, timeZone, now)) {
    return refused('queries are not allowed at this time of the week.');
  }
  const isReadOnly = policy.readOnly === true || has(policy.readOnlyIntegrators, integratorId);
  return { isAllowed: true, isReadOnly };
}

function pauseSentence({ pauseReason, pauseUntil }: Policy): string {
  const until = pauseUntil === undefined ? '' : ` until ${pauseUntil}`;
  return pauseReason === undefined
    ? `queries are paused${until}.`
    : `queries are paused${until} (${pauseReason}).`;
}

const refused = (why: string): Judgement => ({ isAllowed: false, why });
