import { type ErrorDetails, HALO_LINK_CODES } from '../../protocol/error-details.ts';
import type { AuditedEnd } from '../audit/audit-record.ts';

/** The numbers of a result, those left out that it does not have. */
export function successfulEnd(
  facts: {
    readonly [Name in 'bytes' | 'rows' | 'rowsAffected' | 'durationMs']?: number | undefined;
  },
): AuditedEnd {
  return { outcome: 'successful', ...present(facts) };
}

/** A failure by its codes: its text may tell of patients. */
export function failedEnd(
  { errorType, errorCode }: ErrorDetails,
  durationMs: number | undefined,
): AuditedEnd {
  const code = errorType === 'haloLink' ? errorCode : undefined;
  const outcome =
    code === HALO_LINK_CODES.refusedByPractice
      ? 'refused'
      : code === HALO_LINK_CODES.outcomeUnknown
        ? 'unknown'
        : 'failed';
  return { outcome, errorType, errorCode, ...present({ durationMs }) };
}

function present<Facts extends object>(
  facts: Facts,
): { [Name in keyof Facts]?: NonNullable<Facts[Name]> } {
  const entries = Object.entries(facts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof Facts]?: NonNullable<Facts[Name]> };
}
