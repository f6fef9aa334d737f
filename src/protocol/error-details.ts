import { type Static, Type } from 'typebox';

/** Why a query failed, as callers read it (contract §7). */
export const ErrorDetails = Type.Object({
  errorType: Type.Union(
    [Type.Literal('mssql'), Type.Literal('fbsql'), Type.Literal('http'), Type.Literal('haloLink')],
    { description: 'Where it failed: SQL Server, Firebird, the transfer, or the agent.' },
  ),
  errorCode: Type.Integer({
    description: "The engine's own number, an HTTP status, or a code of the agent.",
  }),
  errorMessage: Type.String({ description: "The database's own text, or a sentence." }),
});
export type ErrorDetails = Static<typeof ErrorDetails>;

/** `errorCode` when `errorType` is `haloLink` (contract §7). */
export const HALO_LINK_CODES = {
  unexpected: 1000,
  outcomeUnknown: 1001,
  refusedByPractice: 1002,
  executionLimit: 1003,
  databaseUnreachable: 1004,
  siteWentAway: 1005,
} as const;

/** Makes the details of a failure of the agent. */
export function haloLinkError(
  code: keyof typeof HALO_LINK_CODES,
  errorMessage: string,
): ErrorDetails {
  return { errorType: 'haloLink', errorCode: HALO_LINK_CODES[code], errorMessage };
}

/** Why a command is refused whose pairing has ended while it waited; gateway and link say the same. */
export const PAIRING_ENDED: ErrorDetails = haloLinkError(
  'refusedByPractice',
  'Refused by the practice: the pairing has ended.',
);
