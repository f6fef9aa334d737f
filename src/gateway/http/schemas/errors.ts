import { Type } from 'typebox';
import { ERROR_CODES, type ErrorCode } from '../../../errors/codes.ts';

/** The error envelope (contract §3). */
export const ErrorBody = Type.Object(
  {
    error: Type.Object({
      status: Type.Integer(),
      statusText: Type.String(),
      message: Type.String(),
    }),
  },
  { title: 'Error' },
);

/** The answers of an operation that fails with one of these codes, for its `response` schema. */
export function errorResponses(...codes: readonly ErrorCode[]): Record<number, object> {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const { status, message } = ERROR_CODES[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), message]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, messages]) => [
      status,
      { ...ErrorBody, description: messages.join(' · ') },
    ]),
  );
}
